import { type RawBuilder, sql } from 'kysely';

/**
 * Enrolments `e` with their campaigns `g`; for a second-level agency's, the first one `f` and its campaign `fg`. The
 * other fragments of this file are written for these names.
 */
export const enrolmentTables = sql`enrolment e
  join recruiting_campaign g on g.id = e.campaign_id
  left join enrolment f on f.id = e.parent_id
  left join recruiting_campaign fg on fg.id = f.campaign_id`;

/**
 * When an enrolment ends, null while that is open: at a moment agreed on, with its campaign but not before the brand's
 * commitment is over, and below another one with that.
 */
export const enrolmentEnd = sql<Date | null>`least(
  e.ends_at, case when g.closes_at is not null then greatest(g.closes_at, e.committed_until) end,
  f.ends_at, case when fg.closes_at is not null then greatest(fg.closes_at, f.committed_until) end)`;

/** Whether an enrolment is approved and has not ended at a moment, also where no chore has moved it yet. */
export const isInForce = (at: Date) =>
  sql<boolean>`(e.state = 'APPROVED' and g.opens_at <= ${at} and coalesce(${enrolmentEnd} > ${at}, true))`;

/** The state of an enrolment at a moment: what has ended by its dates has ended. */
export const stateAt = (at: Date) =>
  sql<string>`case when e.state = 'APPROVED' and ${enrolmentEnd} <= ${at} then 'ENDED' else e.state end`;

/** Whether campaign `g` is open to a creator to pick from. */
export const isOpenToCreator = (creatorId: RawBuilder<unknown>) =>
  sql<boolean>`(g.access <> 'NAMED_CREATORS' or exists (
    select from campaign_party v where v.campaign_id = g.id and v.party_id = ${creatorId}))`;
