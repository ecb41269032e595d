import type { Sql } from '../../db/database.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import type { PayoutRow } from './payout-rows.ts';
import type { PayoutState } from './payout-state.ts';

/** What is told of each state when it is entered. */
const KINDS: Readonly<Record<PayoutState, EventKind>> = {
  REQUESTED: 'PAYOUT_REQUESTED',
  SENT: 'PAYOUT_SENT',
  CONFIRMED: 'PAYOUT_CONFIRMED',
  FAILED: 'PAYOUT_FAILED',
};

/** Tells the payees which states their payouts have entered. One statement. */
export function tellOf(
  tx: Sql,
  news: readonly { readonly payout: PayoutRow; readonly state: PayoutState }[],
  now: Date,
): Promise<void> {
  const events = news.map(({ payout, state }) => {
    const { id, currency, grossMinor, netMinor, failureCode } = payout;
    const amounts = { currency, grossMinor: String(grossMinor), netMinor: String(netMinor) };
    return {
      kind: KINDS[state],
      subject: { type: 'Payout', id },
      to: [payout.payeeId],
      data: state === 'FAILED' ? { ...amounts, code: failureCode } : amounts,
    };
  });
  return announce(tx, events, now);
}
