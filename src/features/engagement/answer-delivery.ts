import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { lockMilestone, moveMilestones } from './move-milestones.ts';
import { aboutMilestone } from './tell-sides.ts';

interface Named {
  readonly id: string;
  readonly engagementId: string;
}

const PATH = ['input', 'milestoneId'];
/** Whoever has to change something gets at least so long for it. */
const CHANGE_DAYS = 3;

/** The brand accepts the work: its price is released to the provider. */
export async function acceptDelivery(tx: Sql, named: Named, now: Date): Promise<void> {
  const { engagement, milestone } = await lockDelivered(tx, named, now);
  await moveMilestones(tx, [{ milestone, to: 'ACCEPTED_BY_BRAND', at: now }], PATH);
  await announce(tx, [aboutMilestone('MILESTONE_ACCEPTED', engagement, milestone)], now);
}

/**
 * The brand asks for changes, as often as was agreed. The milestone goes back to the provider, who has three days for
 * them at least: work that was delivered in time is not overdue the moment after.
 */
export async function askChanges(tx: Sql, named: Named, note: string, now: Date): Promise<void> {
  new Checks().text(note, 'note', 1, 2000).done();
  const { engagement, milestone } = await lockDelivered(tx, named, now);
  if (milestone.changesAsked >= engagement.changeRounds) {
    const message = `Changes were agreed on ${engagement.changeRounds} times at most. Accept the work or dispute it.`;
    throw wrongState(PATH, 'NO_CHANGES_LEFT', message);
  }
  await moveMilestones(tx, [{ milestone, to: 'ACCEPTED', at: now }], PATH);
  await tx.rows(sql`
    update engagement_milestone set changes_asked = changes_asked + 1, due_told_at = null, overdue_told_at = null,
      due_at = greatest(due_at, ${now}::timestamptz + make_interval(hours => ${24 * CHANGE_DAYS}))
    where id = ${milestone.id}`);
  await tx.rows(sql`
    update engagement_delivery set changes_note = ${note}, changes_asked_at = ${now}
    where milestone_id = ${milestone.id} and round = ${milestone.changesAsked + 1}`);
  await announce(tx, [aboutMilestone('MILESTONE_CHANGES_ASKED', engagement, milestone)], now);
}

/** The brand does not take the work: an operator decides, and the money stays held until then. */
export async function disputeDelivery(tx: Sql, named: Named, reason: string, now: Date): Promise<void> {
  new Checks().text(reason, 'reason', 1, 2000).done();
  const { engagement, milestone } = await lockDelivered(tx, named, now);
  await tx.rows(sql`update engagement_milestone set dispute_reason = ${reason} where id = ${milestone.id}`);
  await moveMilestones(tx, [{ milestone, to: 'DISPUTED', at: now }], PATH);
  await announce(tx, [aboutMilestone('MILESTONE_DISPUTED', engagement, milestone)], now);
}

/** The answer must come in time: what was not answered counts as accepted, also when no chore has come by yet. */
async function lockDelivered(tx: Sql, named: Named, now: Date) {
  const locked = await lockMilestone(tx, named);
  const { state, answerDueAt } = locked.milestone;
  if (state !== 'DELIVERED') throw wrongState(PATH, state, 'Nothing waits for an answer here.');
  if (answerDueAt != null && answerDueAt <= now) {
    const message = 'The time to answer is over, and the work counts as accepted.';
    throw wrongState(PATH, 'ACCEPTED_BY_BRAND', message);
  }
  return locked;
}
