import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import type { EngagementSide, MilestoneRow } from './engagement.entity.ts';
import { type LockedEngagement, lockEngagement, moveMilestones } from './move-milestones.ts';
import { aboutMilestone } from './tell-sides.ts';

export interface Cancelling {
  readonly engagementId: string;
  /** These milestones; all that are still to be delivered without. */
  readonly milestoneIds: readonly string[] | null;
  readonly reason: string;
  /** The sides that the caller speaks for. An operator speaks for both. */
  readonly by: readonly EngagementSide[];
}

/**
 * Cancels milestones that have not been delivered: at once what both sides want or what is overdue and the brand wants;
 * of the rest it is noted that one side asks, and the other's asking for the same is its consent.
 */
export async function cancelEngagement(tx: Sql, cancelling: Cancelling, now: Date): Promise<void> {
  new Checks().text(cancelling.reason, 'reason', 1, 500).done();
  const locked = await lockEngagement(tx, cancelling.engagementId);
  const chosen = choose(locked, cancelling.milestoneIds);
  const ends = chosen.filter((milestone) => mayEnd(milestone, cancelling.by, now));
  const asks = chosen.filter((milestone) => !ends.includes(milestone));
  const { reason, by } = cancelling;
  await tx.rows(sql`
    update engagement_milestone set cancel_reason = ${reason}, cancel_asked_by = ${by[0]}
    where id = any(${chosen.map(({ id }) => id)}::uuid[])`);
  if (ends.length > 0)
    await moveMilestones(
      tx,
      ends.map((milestone) => ({ milestone, to: 'CANCELLED', at: now })),
    );
  await announce(
    tx,
    [
      ...ends.map((milestone) => aboutMilestone('MILESTONE_CANCELLED', locked.engagement, milestone)),
      ...asks.map((milestone) => aboutMilestone('MILESTONE_CANCEL_ASKED', locked.engagement, milestone)),
    ],
    now,
  );
}

/** The milestones that are meant, all of which must still be at work. */
function choose({ milestones }: LockedEngagement, ids: readonly string[] | null): MilestoneRow[] {
  const path = ['input', ids === null ? 'engagementId' : 'milestoneIds'];
  const chosen = milestones.filter(({ id, state }) =>
    ids === null ? state === 'ACCEPTED' : ids.includes(id),
  );
  if (ids !== null && chosen.length !== ids.length) throw unknown(path, 'milestone of the engagement');
  const wrong =
    chosen.find(({ state }) => state !== 'ACCEPTED') ?? (chosen.length === 0 ? milestones[0] : undefined);
  if (wrong === undefined) return chosen;
  throw wrongState(path, wrong.state, 'Only accepted work that is not delivered can be cancelled.');
}

function mayEnd({ cancelAskedBy, dueAt }: MilestoneRow, by: readonly EngagementSide[], now: Date): boolean {
  if (by.includes('BRAND') && dueAt <= now) return true;
  const agreed = new Set([...by, cancelAskedBy]);
  return agreed.has('BRAND') && agreed.has('PROVIDER');
}
