import type { Sql } from '../../db/database.ts';
import { toDecimal } from '../../kernel/money.ts';
import { orderLinesOf, type StatementOrderLine } from './read-order-lines.ts';
import { type Posting, postingsOf } from './read-postings.ts';
import type { WholeStatement } from './statement-rows.ts';

/** Without it Excel takes UTF-8 for the code page of the machine and shows Chinese names as noise. */
const BYTE_ORDER_MARK = '\uFEFF';

const LINE_COLUMNS = [
  'statement',
  'account',
  'posting',
  'posted_at',
  'occurred_at',
  'kind',
  'counterpart',
  'counterpart_account',
  'currency',
  'amount_in',
  'amount_out',
  'balance',
  'transaction_id',
  'transfer_no',
] as const;

/** A statement as CSV (RFC 4180): one row a line, amounts as exact decimals. */
export async function* linesCsv(db: Sql, { statement, accounts }: WholeStatement): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + record(LINE_COLUMNS);
  for await (const page of postingsOf(db, accounts)) {
    yield page.map((line) => record(lineFields(statement.number, line))).join('');
  }
}

function lineFields(number: string, line: Posting): string[] {
  const amount = (minor: bigint): string => (minor > 0n ? toDecimal(minor, line.currency) : '');
  return [
    number,
    line.accountKind,
    String(line.posting),
    line.postedAt.toISOString(),
    line.occurredAt.toISOString(),
    line.kind,
    text(line.counterpartName),
    line.counterpartAccount,
    line.currency,
    amount(line.changeMinor),
    amount(-line.changeMinor),
    toDecimal(line.balanceMinor, line.currency),
    line.transactionId,
    String(line.transferNo),
  ];
}

const ORDER_LINE_COLUMNS = [
  'statement',
  'account',
  'posting',
  'kind',
  'counterpart',
  'order_no',
  'line_no',
  'product',
  'placed_at',
  'received_at',
  'settled_at',
  'currency',
  'base',
  'role',
  'rate_percent',
  'rate_of',
  'gross',
  'net',
] as const;

/**
 * The order lines behind the settlements and clawbacks of a statement as CSV: one row for each place of the payee in the
 * division of a line. The nets behind a posting sum to what is settled, or taken back, by its group.
 */
export async function* orderLinesCsv(
  db: Sql,
  { statement, accounts }: WholeStatement,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + record(ORDER_LINE_COLUMNS);
  for await (const page of postingsOf(db, accounts)) {
    for await (const lines of orderLinesOf(db, page)) {
      yield lines.map((each) => orderLineRecords(statement.number, each)).join('');
    }
  }
}

interface OrderLineOfPosting {
  readonly line: Posting;
  readonly orderLine: StatementOrderLine;
}

function orderLineRecords(number: string, { line, orderLine }: OrderLineOfPosting): string {
  const { currency } = orderLine;
  const rows = orderLine.parts.map((part) =>
    record([
      number,
      line.accountKind,
      String(line.posting),
      line.kind,
      text(line.counterpartName),
      text(orderLine.orderNo),
      String(orderLine.lineNo),
      text(orderLine.productTitle),
      orderLine.placedAt.toISOString(),
      orderLine.receivedAt?.toISOString() ?? '',
      orderLine.settledAt.toISOString(),
      currency,
      toDecimal(orderLine.baseMinor, currency),
      part.role,
      toPercent(part.rateBp),
      part.of,
      toDecimal(part.grossMinor, currency),
      toDecimal(part.netMinor, currency),
    ]),
  );
  return rows.join('');
}

/** Basis points as a percentage, exactly: 2050 is `20.50`. */
export function toPercent(rateBp: number): string {
  const digits = String(rateBp).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A text that others have written: what a spreadsheet would run as a formula gets an apostrophe before it (OWASP). */
const text = (value: string): string => (/^[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : value);

const record = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;

const quoted = (field: string): string =>
  /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
