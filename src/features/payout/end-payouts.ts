import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { findAlliance } from '../account/index.ts';
import { openLedger } from '../ledger/index.ts';
import { recoverFromBalance } from '../settlement/index.ts';
import { endAccounts, endPosting, payoutTransactionId } from './payout-accounts.ts';
import type { PayoutRow } from './payout-rows.ts';
import { isFinal } from './payout-state.ts';

/**
 * Posts the ends of payouts that are locked and have just come to one: what arrived leaves the alliance, what failed is
 * in the balance again, and pays first what the payee owes. The last thing that a transaction does.
 */
export async function endPayouts(tx: Sql, ended: readonly PayoutRow[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  await keepPostings(tx, ended);
  const allianceId = (await findAlliance(tx))?.id ?? '';
  const ledger = await openLedger(
    tx,
    ended.flatMap((payout) => endAccounts(payout, allianceId)),
  );
  const postings = ended.flatMap((payout) => {
    const { endings: no, state: to } = payout;
    return isFinal(to) ? [endPosting({ payout, no, to, allianceId, occurredAt: now })] : [];
  });
  await ledger.post(postings, now);
  const returned = ended.filter(({ state }) => state === 'FAILED');
  const payees = new Map(returned.map((payout) => [`${payout.payeeId}/${payout.currency}`, payout]));
  for (const payee of payees.values()) await recoverFromBalance(tx, ledger, payee, now);
}

/** Notes which transactions of the ledger are of which payouts: those that they have come to with their last move. */
export async function keepPostings(
  tx: Sql,
  payouts: readonly Pick<PayoutRow, 'id' | 'endings'>[],
): Promise<void> {
  await tx.rows(sql`
    insert into payout_posting (payout_id, no, transaction_id)
    select * from unnest(
      ${payouts.map(({ id }) => id)}::uuid[], ${payouts.map(({ endings }) => endings)}::int[],
      ${payouts.map(({ id, endings }) => payoutTransactionId(id, endings))}::uuid[]) v`);
}
