import { type RawBuilder, sql } from 'kysely';
import { type KeysetColumn, keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { type Key, keyColumns, oneByKey, pageByKey } from '../../graphql/loaders.ts';
import type { AccountKind, TransferKind } from '../ledger/index.ts';

/** A transfer as one of its two accounts sees it. */
export interface LedgerEntryRow {
  readonly accountId: string;
  /** The account that it is seen from. */
  readonly accountKind: AccountKind;
  readonly partyId: string;
  /** The party of the account on the other side. */
  readonly counterpartyId: string;
  readonly transactionId: string;
  readonly kind: TransferKind;
  /** Its number in the history of the account, from 1 and without gaps. */
  readonly posting: bigint;
  /** Above zero for what came in, below for what went out. */
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
  readonly currency: string;
  readonly brandId: string | null;
  /** By what a deposit or a withdrawal is known to the bank. */
  readonly reference: string | null;
  readonly occurredAt: Date;
  readonly postedAt: Date;
}

/** SQL: the transfers on one side of account `k`, newest first, and no more than a page can hold. */
function side(own: 'from' | 'to', sign: 1 | -1, page: Page): RawBuilder<unknown> {
  const other = own === 'from' ? 'to' : 'from';
  const of = (party: string, column: string) => sql.ref(`t.${party}_${column}`);
  const posting: KeysetColumn = { sql: of(own, 'posting'), type: 'bigint' };
  const { where, order } = keyset([posting], 'desc', page);
  return sql`
    select t.transaction_id, t.kind, ${of(own, 'posting')} as posting, ${sql.lit(sign)} * t.amount_minor as signed,
      ${of(own, 'balance_minor')} as balance_minor, ${of(other, 'account_id')} as other_id, t.currency, t.brand_id,
      t.occurred_at, t.posted_at
    from ledger_transfer t where ${of(own, 'account_id')} = k.id and ${where}
    order by ${order} ${limitOf(page)}`;
}

/** SQL: rows of `e` below account `k`, as they are shown. */
const shown = sql`k.id as "accountId", a.kind as "accountKind", a.party_id as "partyId", o.party_id as "counterpartyId",
  e.transaction_id as "transactionId", e.kind, e.posting, e.signed as "amountMinor",
  e.balance_minor as "balanceMinor", e.currency, e.brand_id as "brandId", m.reference, e.occurred_at as "occurredAt",
  e.posted_at as "postedAt"`;

/**
 * The history of accounts, newest first. What came in and what went out lie in two indexes: of each no more is read than
 * a page holds.
 */
export const historyOfAccount = pageByKey<LedgerEntryRow>({
  name: 'historyOfAccount',
  columns: ['transactionId', 'kind', 'posting', 'amountMinor', 'balanceMinor', 'counterpartyId', 'reference'],
  read: (keys, page, _filter, { sql: db }) =>
    db.rows(sql<LedgerEntryRow>`
      select ${shown} from unnest(${keys}::uuid[]) k (id)
      join ledger_account a using (id)
      cross join lateral (
        (${side('from', -1, page)}) union all (${side('to', 1, page)}) order by posting desc ${limitOf(page)}) e
      join ledger_account o on o.id = e.other_id
      left join escrow_movement m on m.id = e.transaction_id
      order by e.posting desc`),
  keyOf: ({ accountId }) => accountId,
  cursorOf: ({ posting }) => [posting],
});

/** The entry in a brand's escrow of what was paid in or taken out, by the transaction. */
export const escrowEntry = oneByKey<LedgerEntryRow>({
  name: 'escrowEntry',
  columns: ['transactionId', 'amountMinor', 'balanceMinor', 'reference'],
  read: (ids, { sql: db }) =>
    db.rows(sql<LedgerEntryRow>`
      select ${shown} from escrow_movement m
      join ledger_account k on k.party_id = m.brand_id and k.currency = m.currency and k.kind = 'ESCROW'
      join ledger_account a on a.id = k.id
      cross join lateral (
        select t.*, t.from_posting as posting, -t.amount_minor as signed, t.from_balance_minor as balance_minor,
          t.to_account_id as other_id from ledger_transfer t
        where t.transaction_id = m.id and t.from_account_id = k.id
        union all
        select t.*, t.to_posting, t.amount_minor, t.to_balance_minor, t.from_account_id from ledger_transfer t
        where t.transaction_id = m.id and t.to_account_id = k.id) e
      join ledger_account o on o.id = e.other_id
      where m.id = any(${ids}::uuid[])`),
  keyOf: ({ transactionId }) => transactionId,
});

/** An order line behind an entry, with its part of the amount. */
export interface EntryLineRow {
  readonly transactionId: string;
  readonly brandId: string;
  readonly payeeId: string;
  readonly sign: string;
  readonly lineId: string;
  /** With the sign of the entry. */
  readonly amountMinor: bigint;
  readonly currency: string;
}

const FOLLOWED: readonly TransferKind[] = ['SETTLEMENT', 'CLAWBACK', 'ADJUSTMENT'];

/**
 * By what the order lines behind an entry are found: its transaction, the brand, whose nets they are, the currency and
 * the sign. A payee sees its nets as they are, the brand that pays them the other way round. Null for entries of other kinds.
 */
export function entryLinesKey(entry: LedgerEntryRow): Key | null {
  const { kind, transactionId, brandId, currency, accountKind, partyId, counterpartyId } = entry;
  if (brandId === null || !FOLLOWED.includes(kind)) return null;
  const [payeeId, sign] = accountKind === 'ESCROW' ? [counterpartyId, '-1'] : [partyId, '1'];
  return [transactionId, brandId, payeeId, currency, sign];
}

/** SQL: what steps of line `x` made of the nets of payee `k`. */
const netOfSteps = sql`(select sum(c.net_minor)::bigint as net from commission_entry c
  where c.brand_id = k.brand_id and c.line_id = x.line_id and c.step_no between x.from_step and x.to_step
    and c.payee_id = k.payee_id)`;

/**
 * The order lines behind entries, by their ids: those that a batch has settled, each with all of its steps until then, or
 * the one whose later step the transaction has posted. Lines that brought the payee nothing are left out.
 */
export const linesOfEntry = pageByKey<EntryLineRow>({
  name: 'linesOfEntry',
  columns: ['lineId', 'amountMinor'],
  read: (keys, page, _filter, { sql: db }) => {
    const [transactions = [], brands = [], payees = [], currencies = [], signs = []] = keyColumns(keys, 5);
    const { where, order } = keyset([{ sql: sql`x.line_id`, type: 'uuid' }], 'asc', page);
    return db.rows(sql<EntryLineRow>`
      select k.transaction_id as "transactionId", k.brand_id as "brandId", k.payee_id as "payeeId", k.currency,
        k.sign::text as sign, s.line_id as "lineId", k.sign * s.net as "amountMinor"
      from unnest(${transactions}::uuid[], ${brands}::uuid[], ${payees}::uuid[], ${currencies}::text[], ${signs}::int[])
        k (transaction_id, brand_id, payee_id, currency, sign)
      cross join lateral (
        select x.line_id, n.net from (
          select t.line_id, 1 as from_step, t.steps as to_step from line_settlement t
          where t.brand_id = k.brand_id and t.batch_id = k.transaction_id
          union all
          select c.line_id, c.step_no, c.step_no from commission_step c
          where c.brand_id = k.brand_id and c.transaction_id = k.transaction_id) x
        cross join lateral ${netOfSteps} n
        where n.net <> 0 and ${where} and exists (select from order_line l
          where l.brand_id = k.brand_id and l.id = x.line_id and l.currency = k.currency)
        order by ${order} ${limitOf(page)}) s
      order by s.line_id`);
  },
  keyOf: (row) => [row.transactionId, row.brandId, row.payeeId, row.currency, row.sign],
  cursorOf: ({ lineId }) => [lineId],
});
