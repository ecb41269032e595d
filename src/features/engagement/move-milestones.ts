import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import type { EngagementRow, MilestoneRow } from './engagement.entity.ts';
import { entriesOf } from './milestone-money.ts';
import { MILESTONE_MACHINE, type MilestoneState } from './milestone-state.ts';

export const ENGAGEMENT_COLUMNS = [
  'id',
  'brandId',
  'providerId',
  'providerKind',
  'title',
  'brief',
  'currency',
  'reviewDays',
  'changeRounds',
  'offeredAt',
  'lapsesAt',
  'answeredAt',
  'note',
] as const;

export const MILESTONE_COLUMNS = [
  'id',
  'engagementId',
  'no',
  'kind',
  'title',
  'priceMinor',
  'dueAt',
  'state',
  'since',
  'answerDueAt',
  'changesAsked',
  'cancelAskedBy',
  'cancelReason',
  'disputeReason',
  'toProviderMinor',
  'resolution',
] as const;

export interface LockedEngagement {
  readonly engagement: EngagementRow;
  readonly milestones: readonly MilestoneRow[];
}

/**
 * Locks an engagement, then its milestones in the order of their ids, and gives them as they stand. Chores lock
 * milestones only and pass over those that are held, so that nobody waits in a circle.
 */
export async function lockEngagement(tx: Sql, id: string): Promise<LockedEngagement> {
  const [engagement] = await tx.rows(sql<EngagementRow>`
    select ${select('t', ENGAGEMENT_COLUMNS)} from engagement t where t.id = ${id} for update`);
  if (engagement === undefined) throw unknown(['input', 'engagementId'], 'engagement');
  return { engagement, milestones: await lockMilestones(tx, [id]) };
}

/** Locks the milestones of these engagements, in the order of their ids. */
export const lockMilestones = (tx: Sql, engagementIds: readonly string[]): Promise<MilestoneRow[]> =>
  tx.rows(sql<MilestoneRow>`
    select ${select('t', MILESTONE_COLUMNS)} from engagement_milestone t
    where t.engagement_id = any(${engagementIds}::uuid[]) order by t.id for update`);

/** One milestone with its engagement, both locked. */
export async function lockMilestone(
  tx: Sql,
  milestone: { readonly id: string; readonly engagementId: string },
): Promise<{ engagement: EngagementRow; milestone: MilestoneRow }> {
  const { engagement, milestones } = await lockEngagement(tx, milestone.engagementId);
  const found = milestones.find(({ id }) => id === milestone.id);
  if (found === undefined) throw unknown(['input', 'milestoneId'], 'milestone');
  return { engagement, milestone: found };
}

export interface Move {
  readonly milestone: MilestoneRow;
  readonly to: MilestoneState;
  /** The moment of the move, which of a time-out is the one that was due. */
  readonly at: Date;
}

/**
 * The one way in which milestones change their state, with the money that the move holds, releases or returns. The rows
 * must be locked. Two statements, however many there are. `path` is that of the refusal.
 */
export async function moveMilestones(tx: Sql, moves: readonly Move[], path = ['input']): Promise<void> {
  for (const { milestone, to } of moves) {
    if (mayMove(MILESTONE_MACHINE, milestone.state, to)) continue;
    throw wrongState(path, milestone.state, `A milestone that is ${milestone.state} does not become ${to}.`);
  }
  await tx.rows(sql`
    update engagement_milestone m
    set state = v.state, since = v.at, cancel_asked_by = null,
      cancel_reason = case v.state when 'CANCELLED' then m.cancel_reason end,
      -- Days of 24 hours: an answer is due at the same clock time in every session's time zone.
      answer_due_at = case v.state when 'DELIVERED' then v.at + make_interval(hours => 24 * e.review_days) end,
      answer_told_at = null
    from unnest(${moves.map(({ milestone }) => milestone.id)}::uuid[], ${moves.map(({ to }) => to)}::text[],
      ${moves.map(({ at }) => at.toISOString())}::timestamptz[]) v (id, state, at), engagement e
    where m.id = v.id and e.id = m.engagement_id`);
  await postEntries(tx, moves);
}

/** Adds what the moves do to the money. The database refuses an entry that does not follow from the one before it. */
async function postEntries(tx: Sql, moves: readonly Move[]): Promise<void> {
  const entries = moves.flatMap(({ milestone, to, at }) =>
    entriesOf(milestone, to).map((entry) => ({ ...entry, id: milestone.id, at })),
  );
  if (entries.length === 0) return;
  await tx.rows(sql`
    insert into engagement_entry (milestone_id, no, kind, amount_minor, held_before_minor, held_after_minor, at)
    select * from unnest(
      ${entries.map(({ id }) => id)}::uuid[],
      ${entries.map(({ no }) => no)}::int[],
      ${entries.map(({ kind }) => kind)}::text[],
      ${entries.map(({ amountMinor }) => amountMinor)}::bigint[],
      ${entries.map(({ heldBeforeMinor }) => heldBeforeMinor)}::bigint[],
      ${entries.map(({ heldAfterMinor }) => heldAfterMinor)}::bigint[],
      ${entries.map(({ at }) => at.toISOString())}::timestamptz[])`);
}
