import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { lockPayouts, writePayouts } from './apply-answers.ts';
import { endPayouts } from './end-payouts.ts';
import type { PayoutRow } from './payout-rows.ts';
import { CORRECTIONS, type FinalState } from './payout-state.ts';
import { tellOf } from './tell-payouts.ts';

export interface PayoutCorrection {
  readonly payoutId: string;
  readonly to: FinalState;
  readonly reason: string;
}

/**
 * An operator ends a payout the other way round, where the first answer turned out to be wrong. What had failed and has
 * arrived after all goes out of the balance again, which may fall below zero by it, since the money is gone; what was
 * confirmed and has not arrived comes back. The mark of a contradiction is taken away.
 */
export async function correctPayout(
  tx: Sql,
  { payoutId, to, reason }: PayoutCorrection,
  now: Date,
): Promise<PayoutRow> {
  new Checks().text(reason, 'reason', 1, 500).done();
  const before = (await lockPayouts(tx, [payoutId])).get(payoutId);
  if (before === undefined) throw new Error(`There is no payout ${payoutId}.`);
  if (!mayMove(CORRECTIONS, before.state, to)) {
    const message = `A payout that is ${before.state} cannot be corrected to ${to}.`;
    throw wrongState(['input', 'payoutId'], before.state, message);
  }
  const failure = { failureCode: to === 'FAILED' ? 'CORRECTED' : null, failureDetail: null };
  const endings = before.endings + 1;
  const after: PayoutRow = { ...before, ...failure, state: to, endings, endedAt: now, contradicted: false };
  await writePayouts(tx, [after]);
  await tx.rows(sql`
    insert into payout_correction (payout_id, no, to_state, reason, corrected_at)
    values (${payoutId}, ${endings}, ${to}, ${reason.trim()}, ${now})`);
  await tellOf(tx, [{ payout: after, state: to }], now);
  await endPayouts(tx, [after], now);
  return after;
}
