import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { Sql } from '../../db/database.ts';
import { maxOf, minOf, sumOf } from '../../kernel/money.ts';
import type { AccountKey, OpenLedger, TransferKind } from '../ledger/index.ts';
import { payeeAccount } from './payee-accounts.ts';
import { type OpenClawback, planRecovery, type Recovery } from './plan-recovery.ts';

/** Of one payee, what is spent on what it owes. */
export interface RecoveryWish {
  readonly payeeId: string;
  readonly currency: string;
  /** At most so much, as far as the balance and what is owed reach. */
  readonly amountMinor: bigint;
  /** From the balance that there is, or from earnings that have just come. */
  readonly kind: 'TAKEN' | 'OFFSET';
  /** Only these clawbacks; all that wait when left out. */
  readonly only?: ReadonlySet<string>;
}

const KINDS = {
  TAKEN: 'CLAWBACK_TAKEN',
  OFFSET: 'CLAWBACK_OFFSET',
} as const satisfies Record<string, TransferKind>;

interface WaitingRow extends OpenClawback {
  readonly payeeId: string;
  readonly currency: string;
  readonly recoveries: number;
}

type Planned = Recovery & {
  readonly wish: RecoveryWish;
  readonly no: number;
  readonly transactionId: string;
};

/**
 * Spends what payees have on what they owe after clawbacks, the oldest first (money.md, "Settlement"). PAYABLE and
 * RECEIVABLE of each are open in the ledger; a balance is never taken below zero. A fixed number of statements, none
 * where nobody owes anything.
 */
export async function recover(
  tx: Sql,
  ledger: OpenLedger,
  wishes: readonly RecoveryWish[],
  now: Date,
): Promise<void> {
  const able = wishes
    .map((wish) => ({ ...wish, amountMinor: spendable(ledger, wish) }))
    .filter(({ amountMinor }) => amountMinor > 0n);
  if (able.length === 0) return;
  const waiting = Map.groupBy(
    await readWaiting(tx, able),
    ({ payeeId, currency }) => `${payeeId}/${currency}`,
  );
  const planned = able.flatMap((wish) => planOf(wish, waiting.get(`${wish.payeeId}/${wish.currency}`) ?? []));
  await ledger.post(
    planned.map(({ wish, amountMinor, transactionId }) => ({
      id: transactionId,
      transfers: [
        {
          kind: KINDS[wish.kind],
          from: payeeAccount(wish, 'PAYABLE'),
          to: payeeAccount(wish, 'RECEIVABLE'),
          amountMinor,
          occurredAt: now,
        },
      ],
    })),
    now,
  );
  await keepRecoveries(tx, planned, now);
}

/** Takes all that a payee owes out of the balance that it has: when money has come back to it, from a payout say. */
export function recoverFromBalance(
  tx: Sql,
  ledger: OpenLedger,
  payee: Pick<RecoveryWish, 'payeeId' | 'currency'>,
  now: Date,
): Promise<void> {
  const amountMinor = maxOf(ledger.balanceMinor(payeeAccount(payee, 'PAYABLE')), 0n);
  return recover(tx, ledger, [{ ...payee, amountMinor, kind: 'TAKEN' }], now);
}

function spendable(ledger: OpenLedger, wish: RecoveryWish): bigint {
  const balance = (kind: AccountKey['kind']) => ledger.balanceMinor(payeeAccount(wish, kind));
  return minOf(minOf(wish.amountMinor, balance('PAYABLE')), -balance('RECEIVABLE'));
}

function planOf(wish: RecoveryWish, waiting: readonly WaitingRow[]): Planned[] {
  const candidates = waiting.filter(({ id }) => wish.only?.has(id) ?? true);
  const counts = new Map(candidates.map(({ id, recoveries }) => [id, recoveries]));
  return planRecovery(candidates, wish.amountMinor).map((recovery) => {
    const no = (counts.get(recovery.clawbackId) ?? 0) + 1;
    return { ...recovery, wish, no, transactionId: transactionOfRecovery(recovery.clawbackId, no) };
  });
}

/** A fixed namespace: the same recovery has the same transaction. */
const RECOVERIES = '5b0c2c0e-8f0a-5c64-8d3f-8b1f1a7d9b11';
export const transactionOfRecovery = (clawbackId: string, no: number): string =>
  v5(`${clawbackId}/${no}`, RECOVERIES);

/** The clawbacks of payees that wait, oldest first. The accounts of the payees are locked, and so are these by them. */
function readWaiting(tx: Sql, wishes: readonly RecoveryWish[]): Promise<WaitingRow[]> {
  return tx.rows(sql<WaitingRow>`
    select c.id, c.payee_id as "payeeId", c.currency,
      c.amount_minor - c.taken_minor - c.offset_minor - c.written_off_minor as "owedMinor",
      (select count(*)::int from clawback_recovery r where r.clawback_id = c.id) as recoveries
    from (select distinct * from unnest(${wishes.map(({ payeeId }) => payeeId)}::uuid[],
      ${wishes.map(({ currency }) => currency)}::text[])) k (payee_id, currency)
    join clawback c using (payee_id, currency) where c.state = 'WAITING' order by c.id`);
}

async function keepRecoveries(tx: Sql, planned: readonly Planned[], now: Date): Promise<void> {
  if (sumOf(planned.map(({ amountMinor }) => amountMinor)) === 0n) return;
  const column = <Value>(value: (recovery: Planned) => Value) => planned.map(value);
  await tx.rows(sql`
    with r as (
      insert into clawback_recovery (clawback_id, no, kind, amount_minor, transaction_id, posted_at)
      select v.*, ${now} from unnest(
        ${column(({ clawbackId }) => clawbackId)}::uuid[], ${column(({ no }) => no)}::int[],
        ${column(({ wish }) => wish.kind)}::text[], ${column(({ amountMinor }) => amountMinor)}::bigint[],
        ${column(({ transactionId }) => transactionId)}::uuid[]) v
      returning clawback_id, kind, amount_minor)
    update clawback c set
      taken_minor = c.taken_minor + case r.kind when 'TAKEN' then r.amount_minor else 0 end,
      offset_minor = c.offset_minor + case r.kind when 'OFFSET' then r.amount_minor else 0 end,
      state = case when k.closes then r.kind else c.state end,
      closed_at = case when k.closes then ${now}::timestamptz end
    from r join unnest(${column(({ clawbackId }) => clawbackId)}::uuid[],
      ${column(({ closes }) => closes)}::boolean[]) k (clawback_id, closes) using (clawback_id)
    where c.id = r.clawback_id`);
}
