import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Database, Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { partySubjects } from '../account/index.ts';
import { openLedger } from '../ledger/index.ts';
import { payeeAccount, payeeAccounts } from './payee-accounts.ts';
import { recover } from './recover.ts';

interface DueReserve {
  readonly id: string;
  readonly payeeId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly releaseAt: Date;
}

const AT_ONCE = 500;
/** A fixed namespace: the same reserve is released by the same transaction. */
const RELEASES = 'b1a9c2de-6a4d-5f0e-9a55-3f0c7d2e4c12';

/** Releases every reserve whose date has come; gives how many. Several processes share them. */
export async function releaseReserves(database: Database, now: Date): Promise<number> {
  for (let released = 0; ; ) {
    const count = await database.transaction((tx) => releaseSome(tx, now));
    released += count;
    if (count < AT_ONCE) return released;
  }
}

async function releaseSome(tx: Tx, now: Date): Promise<number> {
  const due = await tx.rows(sql<DueReserve>`
    select id, payee_id as "payeeId", currency, amount_minor as "amountMinor", release_at as "releaseAt" from reserve
    where released_at is null and release_at <= ${now} order by release_at, id limit ${AT_ONCE} for update skip locked`);
  if (due.length === 0) return 0;
  await tx.rows(sql`
    update reserve r set released_at = ${now}, release_transaction_id = v.transaction_id
    from unnest(${due.map(({ id }) => id)}::uuid[], ${due.map(({ id }) => v5(id, RELEASES))}::uuid[]) v (id, transaction_id)
    where r.id = v.id`);
  const subjectOf = await partySubjects(
    tx,
    due.map(({ payeeId }) => payeeId),
  );
  await announce(
    tx,
    due.map(({ payeeId, amountMinor, currency }) => ({
      kind: 'RESERVE_RELEASED' as const,
      subject: subjectOf(payeeId),
      to: [payeeId],
      data: { amountMinor: String(amountMinor), currency },
    })),
    now,
  );
  const ledger = await openLedger(
    tx,
    due.flatMap((one) => [payeeAccount(one, 'RESERVE'), ...payeeAccounts(one)]),
  );
  await ledger.post(due.map(toTransaction), now);
  // What was kept against returns goes against them first, all of it.
  for (const one of due) await recover(tx, ledger, [{ ...one, kind: 'OFFSET' }], now);
  return due.length;
}

const toTransaction = (one: DueReserve) => ({
  id: v5(one.id, RELEASES),
  transfers: [
    {
      kind: 'RESERVE_RELEASED' as const,
      from: payeeAccount(one, 'RESERVE'),
      to: payeeAccount(one, 'PAYABLE'),
      amountMinor: one.amountMinor,
      occurredAt: one.releaseAt,
    },
  ],
});
