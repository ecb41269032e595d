import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { newId } from '../../kernel/ids.ts';
import { type Draft, keysOf } from './draft-statements.ts';
import { hashOfStatement } from './statement-hash.ts';
import type { Month } from './statement-month.ts';
import { statementNumber } from './statement-number.ts';

type Numbered = Draft & { readonly id: string; readonly number: string; readonly sha256: string };

/**
 * Gives drafts their numbers and keeps them, in the order given; gives how many. The month is locked for that, so that
 * its numbers have no gaps. Those that another process has kept meanwhile are left out.
 */
export async function keepStatements(
  tx: Sql,
  month: Month,
  drafts: readonly Draft[],
  now: Date,
): Promise<number> {
  const place = await lockMonth(tx, month);
  if (place === undefined) return 0;
  const fresh = await withoutKept(tx, month, drafts);
  if (fresh.length === 0) return 0;
  const numbered = fresh.map((draft, i) => withNumber(draft, month, place + i + 1));
  await tx.rows(
    sql`update statement_month set last_number = ${place + fresh.length} where month = ${month.month}`,
  );
  await insertStatements(tx, month, numbered, now);
  await insertAccounts(tx, numbered);
  await insertTotals(tx, numbered);
  await tell(tx, numbered, now);
  return fresh.length;
}

/** Locks the month until the transaction ends and gives its last number; undefined where it is complete. */
async function lockMonth(tx: Sql, { month, startsAt, endsAt }: Month): Promise<number | undefined> {
  await tx.rows(sql`
    insert into statement_month (month, starts_at, ends_at) values (${month}, ${startsAt}, ${endsAt})
    on conflict (month) do nothing`);
  const [row] = await tx.rows(sql<{ lastNumber: number; isComplete: boolean }>`
    select last_number as "lastNumber", completed_at is not null as "isComplete" from statement_month
    where month = ${month} for update`);
  return row === undefined || row.isComplete ? undefined : row.lastNumber;
}

async function withoutKept(tx: Sql, { month }: Month, drafts: readonly Draft[]): Promise<Draft[]> {
  const rows = await tx.rows(sql<{ key: string }>`
    select s.party_id || '/' || s.currency as key from ${keysOf(drafts)} join statement s using (party_id, currency)
    where s.month >= ${month}`);
  const kept = new Set(rows.map(({ key }) => key));
  return drafts.filter(({ partyId, currency }) => !kept.has(`${partyId}/${currency}`));
}

function withNumber(draft: Draft, month: Month, place: number): Numbered {
  const { accounts, totals, ...party } = draft;
  const number = statementNumber(month.month, place);
  const sha256 = hashOfStatement({ statement: { ...party, ...month, number }, accounts, totals });
  return { ...draft, id: newId(), number, sha256 };
}

async function insertStatements(
  tx: Sql,
  { month }: Month,
  rows: readonly Numbered[],
  now: Date,
): Promise<void> {
  const column = <Value>(value: (row: Numbered) => Value) => rows.map(value);
  await tx.rows(sql`
    insert into statement (id, number, party_id, party_name, currency, opening_minor, closing_minor, sha256, month, made_at)
    select v.*, ${month}, ${now} from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ number }) => number)}::text[],
      ${column(({ partyId }) => partyId)}::uuid[], ${column(({ partyName }) => partyName)}::text[],
      ${column(({ currency }) => currency)}::text[], ${column(({ openingMinor }) => openingMinor)}::bigint[],
      ${column(({ closingMinor }) => closingMinor)}::bigint[], ${column(({ sha256 }) => sha256)}::text[]) v`);
}

async function insertAccounts(tx: Sql, statements: readonly Numbered[]): Promise<void> {
  const rows = statements.flatMap(({ id, accounts }) =>
    accounts.map((account) => ({ ...account, statementId: id })),
  );
  const column = <Value>(value: (row: (typeof rows)[number]) => Value) => rows.map(value);
  await tx.rows(sql`
    insert into statement_account (statement_id, account_id, kind, first_posting, last_posting, opening_minor, in_minor,
      out_minor, closing_minor, lines_sha256)
    select * from unnest(
      ${column(({ statementId }) => statementId)}::uuid[], ${column(({ accountId }) => accountId)}::uuid[],
      ${column(({ kind }) => kind)}::text[], ${column(({ firstPosting }) => firstPosting)}::bigint[],
      ${column(({ lastPosting }) => lastPosting)}::bigint[], ${column(({ openingMinor }) => openingMinor)}::bigint[],
      ${column(({ inMinor }) => inMinor)}::bigint[], ${column(({ outMinor }) => outMinor)}::bigint[],
      ${column(({ closingMinor }) => closingMinor)}::bigint[], ${column(({ linesSha256 }) => linesSha256)}::text[])`);
}

async function insertTotals(tx: Sql, statements: readonly Numbered[]): Promise<void> {
  const rows = statements.flatMap(({ id, totals }) => totals.map((total) => ({ ...total, statementId: id })));
  const column = <Value>(value: (row: (typeof rows)[number]) => Value) => rows.map(value);
  await tx.rows(sql`
    insert into statement_total (statement_id, account_id, kind, transfers, in_minor, out_minor)
    select * from unnest(
      ${column(({ statementId }) => statementId)}::uuid[], ${column(({ accountId }) => accountId)}::uuid[],
      ${column(({ kind }) => kind)}::text[], ${column(({ transfers }) => transfers)}::bigint[],
      ${column(({ inMinor }) => inMinor)}::bigint[], ${column(({ outMinor }) => outMinor)}::bigint[])`);
}

const tell = (tx: Sql, rows: readonly Numbered[], now: Date): Promise<void> =>
  announce(
    tx,
    rows.map(({ id, number, partyId }) => ({
      kind: 'STATEMENT_MADE' as const,
      subject: { type: 'Statement', id },
      to: [partyId],
      data: { number },
    })),
    now,
  );
