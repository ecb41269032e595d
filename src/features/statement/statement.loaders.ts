import { type RawBuilder, sql } from 'kysely';
import { partyIds } from '../../graphql/actor.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import {
  type Key,
  keyColumns,
  manyByKey,
  oneByKey,
  type PageByKey,
  pageByKey,
} from '../../graphql/loaders.ts';
import { linesKeyOf, NONE_BEFORE, readOrderLines, type StatementOrderLine } from './read-order-lines.ts';
import { POSTING_FIELDS, POSTING_JOINS, type Posting, sidesOf } from './read-postings.ts';
import type { StatementAccountRow, StatementRow, StatementTotalRow } from './statement-rows.ts';

const COLUMNS = [
  'number',
  'partyId',
  'currency',
  'month',
  'openingMinor',
  'closingMinor',
  'sha256',
  'madeAt',
];

/** SQL: a row of the table `s`, joined below. */
const FIELDS = sql`
  s.id, s.number, s.party_id as "partyId", p.kind as "partyKind", s.party_name as "partyName", s.currency, s.month,
  m.starts_at as "startsAt", m.ends_at as "endsAt", s.opening_minor as "openingMinor", s.closing_minor as "closingMinor",
  s.sha256, s.made_at as "madeAt"`;
const JOINS = sql`join statement_month m using (month) join party p on p.id = s.party_id`;

const oneBy = (name: string, column: 'id' | 'number') =>
  oneByKey<StatementRow>({
    name,
    columns: COLUMNS,
    read: (keys, { sql: db }) => {
      const type = sql.raw(column === 'id' ? 'uuid[]' : 'text[]');
      return db.rows(sql<StatementRow>`
        select ${FIELDS} from statement s ${JOINS} where ${sql.ref(`s.${column}`)} = any(${keys}::${type})`);
    },
    keyOf: (row) => row[column],
  });

export const statementById = oneBy('statementById', 'id');
export const statementByNumber = oneBy('statementByNumber', 'number');

/** The order of a list: by number, so by month too; the newest first. */
const byNumber = (page: Page) => keyset([{ sql: sql`s.number`, type: 'text' }], 'desc', page);

/** The statements of a party, newest first. */
export const statementsOfParty = pageByKey<StatementRow>({
  name: 'statementsOfParty',
  columns: COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = byNumber(page);
    return db.rows(sql<StatementRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${FIELDS} from statement s ${JOINS} where s.party_id = k.id and ${where}
        order by ${order} ${limitOf(page)}) r
      order by r.number desc`);
  },
  keyOf: ({ partyId }) => partyId,
  cursorOf: ({ number }) => [number],
});

/** Which statements are asked for beside whose they are. */
export interface StatementFilter {
  readonly month?: string | null;
}

/** The statements that are open to the caller, newest first: an operator's are all. The key says which of the two. */
export const openStatements: PageByKey<StatementRow & { readonly key: string }, StatementFilter> = pageByKey({
  name: 'openStatements',
  columns: COLUMNS,
  read: (keys, page, { month }, { sql: db, actor }) => {
    const { where, order } = byNumber(page);
    const [key] = keys;
    const own: RawBuilder<unknown> =
      key === 'ALL' ? sql`true` : sql`s.party_id = any(${partyIds(actor)}::uuid[])`;
    return db.rows(sql<StatementRow & { key: string }>`
      select ${FIELDS}, ${key} as key from statement s ${JOINS}
      where ${own} and ${where} and (${month ?? null}::text is null or s.month = ${month ?? null})
      order by ${order} ${limitOf(page)}`);
  },
  keyOf: ({ key }) => key,
  cursorOf: ({ number }) => [number],
});

export const accountsOfStatement = manyByKey<StatementAccountRow>({
  name: 'accountsOfStatement',
  columns: ['kind', 'firstPosting', 'lastPosting', 'openingMinor', 'inMinor', 'outMinor', 'closingMinor'],
  read: (ids, { sql: db }) =>
    db.rows(sql<StatementAccountRow>`
      select c.statement_id as "statementId", c.account_id as "accountId", c.kind, s.currency,
        c.first_posting as "firstPosting", c.last_posting as "lastPosting", c.opening_minor as "openingMinor",
        c.in_minor as "inMinor", c.out_minor as "outMinor", c.closing_minor as "closingMinor",
        c.lines_sha256 as "linesSha256"
      from statement_account c join statement s on s.id = c.statement_id
      where c.statement_id = any(${ids}::uuid[]) order by c.kind collate "C"`),
  keyOf: ({ statementId }) => statementId,
});

export const totalsOfStatement = manyByKey<StatementTotalRow>({
  name: 'totalsOfStatement',
  columns: ['accountKind', 'kind', 'transfers', 'inMinor', 'outMinor'],
  read: (ids, { sql: db }) =>
    db.rows(sql<StatementTotalRow>`
      select t.statement_id as "statementId", a.kind as "accountKind", s.currency, t.kind, t.transfers,
        t.in_minor as "inMinor", t.out_minor as "outMinor"
      from statement_total t join statement s on s.id = t.statement_id join ledger_account a on a.id = t.account_id
      where t.statement_id = any(${ids}::uuid[]) order by a.kind collate "C", t.kind collate "C"`),
  keyOf: ({ statementId }) => statementId,
});

/** A line of a statement: a transfer, as the account has it. */
export type StatementLineRow = Posting & { readonly statementId: string };

/** The lines of a statement, by account and then in the order of posting. */
export const linesOfStatement = pageByKey<StatementLineRow>({
  name: 'linesOfStatement',
  columns: ['accountKind', 'posting', 'kind', 'changeMinor', 'balanceMinor', 'occurredAt', 'postedAt'],
  read: (ids, page, _filter, { sql: db }) => {
    const columns = [
      { sql: sql`c.kind collate "C"`, type: 'text' },
      { sql: sql`t.posting`, type: 'bigint' },
    ] as const;
    const { where, order } = keyset(columns, 'asc', page);
    // Of the account that the cursor names, only what lies after it is read.
    const [kind = '', after = '0'] = page.after ?? [];
    const from = sql`between greatest(c.first_posting, case when c.kind = ${kind} then ${after}::bigint else 0 end)
      and least(c.last_posting, greatest(c.first_posting, case when c.kind = ${kind} then ${after}::bigint else 0 end)
        + ${page.first + 1})`;
    return db.rows(sql<StatementLineRow>`
      select r.* from unnest(${ids}::uuid[]) k (id)
      cross join lateral (select c.statement_id as "statementId", ${POSTING_FIELDS}
        from statement_account c cross join lateral (${sidesOf(sql`c.account_id`, from)}) t ${POSTING_JOINS}
        where c.statement_id = k.id and ${where} order by ${order} ${limitOf(page)}) r
      order by r."statementId", r."accountKind" collate "C", r.posting`);
  },
  keyOf: ({ statementId }) => statementId,
  cursorOf: ({ accountKind, posting }) => [accountKind, posting],
});

/** The key of a line's order lines for the loader below. */
export function orderLinesKey(line: Posting): Key | null {
  const key = linesKeyOf(line);
  return key === undefined ? null : [key.transactionId, key.brandId, key.payeeId, key.currency];
}

/** The order lines behind a line of a statement, in the order of their ids. */
export const orderLinesOfLine = pageByKey<StatementOrderLine>({
  name: 'orderLinesOfLine',
  columns: ['orderNo', 'lineNo', 'productTitle', 'baseMinor', 'parts', 'netMinor'],
  read: (keys, page, _filter, { sql: db }) => {
    // Only to refuse a cursor that is none.
    keyset([{ sql: sql`s.line_id`, type: 'uuid' }], 'asc', page);
    const [transactions = [], brands = [], payees = [], currencies = []] = keyColumns(keys, 4);
    const named = transactions.map((transactionId, i) => {
      return {
        transactionId,
        brandId: brands[i] ?? '',
        payeeId: payees[i] ?? '',
        currency: currencies[i] ?? '',
      };
    });
    return readOrderLines(db, named, {
      first: page.first + 1,
      afterLineId: page.after?.[0] ?? NONE_BEFORE,
    });
  },
  keyOf: ({ transactionId, brandId, payeeId, currency }) => [transactionId, brandId, payeeId, currency],
  cursorOf: ({ lineId }) => [lineId],
});
