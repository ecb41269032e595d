import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { findAlliance } from '../../src/features/account/index.ts';
import { ingestOrderEvents, openCase, settleDue } from '../../src/features/settlement/index.ts';

const SETTLED_AT = new Date('2011-01-01T00:00:00Z');
const REFUNDED_AT = new Date('2011-01-02T00:00:00Z');

interface Line {
  readonly brandId: string;
  readonly id: string;
  readonly sourceId: string;
  readonly orderNo: string;
  readonly lineNo: number;
}

/**
 * Settles the line of one order with a reserve and takes all of it back, of which the reserve's part stays owed; the
 * lines of the others are held by a case.
 */
export async function makeSettlement(database: Database, orderNo: string): Promise<void> {
  const lines = await database.rows(sql<Line>`
    select brand_id as "brandId", id, source_id as "sourceId", order_no as "orderNo", line_no as "lineNo"
    from order_line where creator_id is not null`);
  for (const line of lines.filter((one) => one.orderNo !== orderNo)) {
    const wish = { kind: 'RETURN', reason: 'Torn', openedBy: line.brandId } as const;
    await database.transaction((tx) => openCase(tx, line, wish, SETTLED_AT));
  }
  await database.rows(sql`update line_due set reserve_bp = 1000, reserve_days = 30`);
  await settleDue(database, { asOf: SETTLED_AT, now: SETTLED_AT });
  const brandId = lines.find((one) => one.orderNo === orderNo)?.brandId ?? '';
  const refund = {
    eventId: 'returned',
    source: 'online-retail',
    brandId,
    kind: 'REFUNDED' as const,
    orderNo,
    lineNo: 1,
    occurredAt: REFUNDED_AT,
    refund: { amountMinor: 1_000_000n, quantity: 0 },
  };
  await ingestOrderEvents(database, (await findAlliance(database))?.id ?? '', [refund], REFUNDED_AT);
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_SETTLEMENT: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'a balance is a penny more',
    `update ledger_account set balance_minor = balance_minor + 1 where kind = 'ESCROW'`,
    ['balances-are-sums-of-transfers', 'balances-sum-to-zero'],
  ],
  [
    'a transfer is of another amount',
    `update ledger_transfer set amount_minor = amount_minor + 1 where kind = 'SETTLEMENT' and transfer_no = 1`,
    ['balances-are-sums-of-transfers', 'histories-run-on', 'sub-ledger-equals-ledger'],
  ],
  [
    'a transfer is gone',
    `delete from ledger_transfer where kind = 'CLAWBACK_TAKEN'`,
    ['balances-are-sums-of-transfers', 'recoveries-are-posted'],
  ],
  [
    'more was paid than was there',
    `update ledger_account set balance_minor = -1 where kind = 'PAYABLE'`,
    ['balances-are-sums-of-transfers', 'balances-sum-to-zero', 'accounts-on-their-side'],
  ],
  [
    'a step after settlement is said to be from before',
    `update commission_step set transaction_id = null`,
    ['sub-ledger-equals-ledger', 'steps-are-on-their-track'],
  ],
  ['lines are forgotten', `delete from line_due`, ['lines-wait-or-are-settled']],
  [
    'a date is moved',
    `update line_due set due_at = due_at + interval '1 second'`,
    ['lines-wait-or-are-settled'],
  ],
  [
    'a line was settled before it was due',
    `update settlement_run set as_of = as_of - interval '1 year', started_at = started_at - interval '1 year'`,
    ['only-due-lines-are-settled'],
  ],
  [
    'a batch counts a line too many',
    `update settlement_batch set lines = lines + 1`,
    ['only-due-lines-are-settled'],
  ],
  [
    'more is clawed back than was lost',
    `update clawback set amount_minor = amount_minor + 1 where state = 'WAITING'`,
    ['clawbacks-are-what-was-lost', 'what-is-owed-is-receivable'],
  ],
  [
    'a recovery is a penny short',
    `update clawback_recovery set amount_minor = amount_minor - 1`,
    ['clawbacks-are-what-was-lost', 'recoveries-are-posted'],
  ],
  ['a reserve is a penny more', `update reserve set amount_minor = amount_minor + 1`, ['reserves-are-kept']],
];
