import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/** What one run has posted in one currency, in its minor units. */
export interface RunAmounts {
  /** What became the payees', with what is kept back of it. */
  readonly payeesMinor: bigint;
  /** What became the alliance's. */
  readonly feesMinor: bigint;
  /** What of the payees' is kept back until a date. */
  readonly reservesMinor: bigint;
}

/** What a run has posted so far, by currency. */
export async function runAmounts(db: Sql, runId: string): Promise<Record<string, RunAmounts>> {
  const rows = await db.rows(sql<RunAmounts & { currency: string }>`
    select t.currency,
      coalesce(sum(t.amount_minor) filter (where t.kind = 'SETTLEMENT' and a.kind = 'PAYABLE'), 0)::bigint as "payeesMinor",
      coalesce(sum(t.amount_minor) filter (where t.kind = 'SETTLEMENT' and a.kind = 'REVENUE'), 0)::bigint as "feesMinor",
      coalesce(sum(t.amount_minor) filter (where t.kind = 'RESERVE_KEPT'), 0)::bigint as "reservesMinor"
    from settlement_batch b
    join ledger_transfer t on t.transaction_id = b.id
    join ledger_account a on a.id = t.to_account_id
    where b.run_id = ${runId}
    group by t.currency order by t.currency`);
  return Object.fromEntries(rows.map(({ currency, ...amounts }) => [currency, amounts]));
}
