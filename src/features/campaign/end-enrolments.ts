import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { rulesAt } from '../account/index.ts';
import { lockRates, withdrawLocksAt } from '../plan/index.ts';
import { enrolmentEnd, enrolmentTables } from './in-force.ts';
import { moveEnrolments } from './move-enrolments.ts';

/** An enrolment that is to end, and when. */
export interface EnrolmentEnd {
  readonly id: string;
  readonly at: Date;
}

/** What an ending concerns: the enrolment as it was, and the version of the brand's terms in force until then. */
interface Ended extends EnrolmentEnd {
  readonly before: Date | null;
  readonly brandId: string;
  readonly agencyId: string;
  readonly productId: string;
  /** The enrolment that the brand's terms stand on: the first agency's, also for a second-level one. */
  readonly offerId: string;
  readonly termsId: string | null;
  readonly secondAgencyIds: readonly string[];
}

/**
 * Ends enrolments at a moment: approved ones run until then, the place is free afterwards, and who promotes the
 * product keeps the rate for the alliance's lock days; pending ones are closed now. One that ends earlier anyway, or
 * has ended, is left as it is. Second-level enrolments end with the first one. Both sides are told.
 */
export async function endEnrolments(
  tx: Tx,
  ids: readonly string[],
  at: Date,
  now: Date,
  note: string | null = null,
): Promise<void> {
  await moveEnrolments(tx, { ids, from: ['PENDING'], to: 'ENDED', at: now, note });
  await scheduleEnds(
    tx,
    ids.map((id) => ({ id, at })),
    now,
    note,
  );
}

/** Sets when approved enrolments end, each at a moment of its own; a fixed number of statements. */
export async function scheduleEnds(
  tx: Tx,
  ends: readonly EnrolmentEnd[],
  now: Date,
  note: string | null,
): Promise<void> {
  if (ends.length === 0) return;
  const ended = await setEnds(tx, ends, note);
  if (ended.length === 0) return;
  const rescheduled = ended.filter(({ before }) => before !== null && before > now);
  await withdrawLocksAt(
    tx,
    rescheduled.map(({ offerId, before }) => ({ offerId, at: before as Date })),
  );
  const kept = ended.filter((end): end is Ended & { termsId: string } => end.termsId !== null);
  const endings = kept.map((end) => ({ ...end, kind: 'CAMPAIGN' as const, creatorId: null }));
  await lockRates(tx, await rulesAt(tx, now), endings);
  await announce(
    tx,
    ended.map(({ id, at, brandId, agencyId, secondAgencyIds }) => ({
      kind: 'ENROLMENT_ENDS',
      subject: { type: 'Enrolment', id },
      to: [brandId, agencyId, ...secondAgencyIds],
      data: { endsAt: at.toISOString() },
    })),
    now,
  );
}

function setEnds(tx: Sql, ends: readonly EnrolmentEnd[], note: string | null): Promise<Ended[]> {
  return tx.rows(sql<Ended>`
    with asked as (
      select * from unnest(${ends.map(({ id }) => id)}::uuid[], ${ends.map(({ at }) => at)}::timestamptz[]) a (id, at)
    ), due as (
      select e.id, a.at, ${enrolmentEnd} as before, coalesce(e.parent_id, e.id) as offer_id
      from ${enrolmentTables} join asked a on a.id = e.id
      where e.state = 'APPROVED' and coalesce(${enrolmentEnd} > a.at, true)
      order by e.id for update of e
    ), ended as (
      update enrolment e set ends_at = d.at, note = coalesce(${note}::text, e.note),
        leave_asked_by = null, leave_asked_at = null, leave_agreed_by = '{}'
      from due d where e.id = d.id returning e.*, d.at, d.before, d.offer_id
    )
    select d.id, d.at, d.before, d.brand_id as "brandId", d.agency_id as "agencyId", d.product_id as "productId",
      d.offer_id as "offerId", t.id as "termsId",
      array(select s.agency_id from enrolment s where s.parent_id = d.id and s.state = 'APPROVED') as "secondAgencyIds"
    from ended d
    left join lateral (select t.id from enrolment_terms t
      where t.enrolment_id = d.offer_id and t.valid_from < d.at
        and (t.valid_to is null or (t.valid_to >= d.at and t.valid_to > t.valid_from))
      order by t.valid_from desc limit 1) t on true`);
}

/** As many are moved at once, so that no transaction grows without bound; what is left waits for the next time. */
const MOST_MOVED = 5000;

/**
 * Moves approved enrolments whose end has come to ENDED, stamped with that moment, and frees their places; of one
 * campaign, whose row the caller has locked, or of all that no other process is at. Gives how many were moved.
 */
export async function moveEnded(tx: Sql, now: Date, campaignId?: string): Promise<number> {
  const among =
    campaignId === undefined
      ? sql`select distinct e.campaign_id from ${enrolmentTables} where e.state = 'APPROVED' and ${enrolmentEnd} <= ${now}`
      : sql`select ${campaignId}::uuid`;
  const moved = await tx.rows(sql<{ id: string; brandId: string; agencyId: string; endsAt: Date }>`
    with campaign as (
      select c.id from recruiting_campaign c where c.id in (${among}) order by c.id for no key update skip locked
    ), due as (
      select e.id, ${enrolmentEnd} as at from ${enrolmentTables}
      where e.campaign_id in (select id from campaign) and e.state = 'APPROVED' and ${enrolmentEnd} <= ${now}
      order by e.id limit ${MOST_MOVED} for update of e
    ), ended as (
      update enrolment e set state = 'ENDED', ends_at = d.at, leave_asked_by = null, leave_asked_at = null,
        leave_agreed_by = '{}'
      from due d where e.id = d.id returning e.id, e.campaign_id, e.brand_id, e.agency_id, e.ends_at
    ), freed as (
      update recruiting_campaign c set places_taken = c.places_taken - n.count
      from (select campaign_id, count(*) from ended group by campaign_id) n where c.id = n.campaign_id
    )
    select id, brand_id as "brandId", agency_id as "agencyId", ends_at as "endsAt" from ended order by id`);
  await announce(
    tx,
    moved.map(({ id, brandId, agencyId, endsAt }) => ({
      kind: 'ENROLMENT_ENDED',
      subject: { type: 'Enrolment', id },
      to: [brandId, agencyId],
      data: { endedAt: endsAt.toISOString() },
    })),
    now,
  );
  return moved.length;
}

/** The chore: what has ended by its dates is moved. Nothing that is read depends on its having run. */
export const moveEndedEnrolments = (database: Database, now: Date): Promise<number> =>
  database.transaction((tx) => moveEnded(tx, now));
