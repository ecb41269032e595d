import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { findAlliance } from '../account/index.ts';
import { openLedger } from '../ledger/index.ts';
import type { ClawbackRow } from './clawback.loaders.ts';
import { payeeAccount, payeeAccounts, revenueOf } from './payee-accounts.ts';
import { transactionOfRecovery } from './recover.ts';

/**
 * Gives up what is still owed of a clawback, at the alliance's cost. Refused where nothing is owed any more. The accounts
 * of the payee are locked first, since what is owed changes with every settlement.
 */
export async function writeOffClawback(
  tx: Tx,
  { id, payeeId, currency }: Pick<ClawbackRow, 'id' | 'payeeId' | 'currency'>,
  reason: string,
  now: Date,
): Promise<void> {
  const revenue = revenueOf((await findAlliance(tx))?.id ?? '', currency);
  const ledger = await openLedger(tx, [revenue, ...payeeAccounts({ payeeId, currency })]);
  const [open] = await tx.rows(sql<{ owedMinor: bigint; recoveries: number }>`
    select amount_minor - taken_minor - offset_minor - written_off_minor as "owedMinor",
      (select count(*)::int from clawback_recovery where clawback_id = ${id}) as recoveries
    from clawback where id = ${id} and state = 'WAITING'`);
  if (open === undefined) {
    throw wrongState(['input', 'clawbackId'], 'CLOSED', 'Nothing is owed of this clawback any more.');
  }
  const no = open.recoveries + 1;
  const transactionId = transactionOfRecovery(id, no);
  await tx.rows(sql`
    insert into clawback_recovery (clawback_id, no, kind, amount_minor, transaction_id, posted_at)
    values (${id}, ${no}, 'WRITTEN_OFF', ${open.owedMinor}, ${transactionId}, ${now})`);
  await tx.rows(sql`
    update clawback set written_off_minor = ${open.owedMinor}, state = 'WRITTEN_OFF', reason = ${reason}, closed_at = ${now}
    where id = ${id}`);
  const data = { amountMinor: String(open.owedMinor), currency };
  await announce(
    tx,
    [{ kind: 'CLAWBACK_WRITTEN_OFF', subject: { type: 'Clawback', id }, to: [payeeId], data }],
    now,
  );
  const to = payeeAccount({ payeeId, currency }, 'RECEIVABLE');
  const transfer = {
    kind: 'WRITE_OFF',
    from: revenue,
    to,
    amountMinor: open.owedMinor,
    occurredAt: now,
  } as const;
  await ledger.post([{ id: transactionId, transfers: [transfer] }], now);
}
