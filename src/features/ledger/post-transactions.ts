import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { lockAccounts } from '../../db/locks.ts';
import { newId } from '../../kernel/ids.ts';
import { type AccountKey, accountText } from './account-kind.ts';
import { type Movement, type Placed, runningBalances } from './running-balances.ts';
import type { TransferKind } from './transfer-kind.ts';

/** One positive amount from one account to another. */
export interface Transfer {
  readonly kind: TransferKind;
  readonly from: AccountKey;
  readonly to: AccountKey;
  /** Above zero, in minor units of the currency that both accounts have. */
  readonly amountMinor: bigint;
  /** The brand whose sales it comes from, if there is one. */
  readonly brandId?: string;
  /** When the business act happened; it may be posted later. */
  readonly occurredAt: Date;
}

/** The transfers of one business act. Its id is made from the act (`v5`), so that doing the act twice posts it once. */
export interface LedgerTransaction {
  readonly id: string;
  readonly transfers: readonly Transfer[];
}

type Posting = Transfer & Movement & { readonly transactionId: string; readonly transferNo: number };

/**
 * Posts transactions to the ledger; those that are there already are left as they are. Gives the ids of the new ones.
 * A fixed number of statements. Accounts are locked in the order of their ids, and from then on nothing else should
 * be done in the database transaction but to commit.
 */
export async function postTransactions(
  tx: Sql,
  transactions: readonly LedgerTransaction[],
  now: Date,
): Promise<string[]> {
  const transfers = transactions.flatMap((transaction) => transaction.transfers);
  if (transfers.length === 0) return [];
  for (const { from, to } of transfers) {
    if (from.currency !== to.currency) throw new Error('A transfer never converts currencies.');
  }
  const ids = await accountIds(
    tx,
    transfers.flatMap(({ from, to }) => [from, to]),
  );
  const accounts = await lockAccounts(tx, [...ids.values()]);
  const fresh = await notYetPosted(tx, transactions);
  const movements = fresh.flatMap((transaction) => toPostings(transaction, ids));
  const { placed, after } = runningBalances(accounts, movements);
  await insertTransfers(tx, placed, now);
  await tx.rows(sql`
    update ledger_account a set balance_minor = v.balance, postings = v.postings
    from unnest(${after.map(({ id }) => id)}::uuid[], ${after.map(({ balanceMinor }) => balanceMinor)}::bigint[],
      ${after.map(({ postings }) => postings)}::bigint[]) v (id, balance, postings)
    where a.id = v.id and a.postings <> v.postings`);
  return fresh.map(({ id }) => id);
}

/** The ids of accounts by what they are; an account comes to be when something is first posted to it. */
async function accountIds(tx: Sql, keys: readonly AccountKey[]): Promise<Map<string, string>> {
  const wanted = [...new Map(keys.map((key) => [accountText(key), key])).values()];
  const parts = sql`${wanted.map(({ partyId }) => partyId)}::uuid[],
    ${wanted.map(({ currency }) => currency)}::text[], ${wanted.map(({ kind }) => kind)}::text[]`;
  const read = () =>
    tx.rows(sql<AccountKey & { id: string }>`
      select a.id, a.party_id as "partyId", a.currency, a.kind
      from unnest(${parts}) k (party_id, currency, kind) join ledger_account a using (party_id, currency, kind)`);
  let rows = await read();
  if (rows.length < wanted.length) {
    // In the order of the unique key, so that two that open the same accounts at once do not wait for each other.
    await tx.rows(sql`
      insert into ledger_account (party_id, currency, kind, id)
      select * from unnest(${parts}, ${wanted.map(() => newId())}::uuid[]) k (party_id, currency, kind, id)
      order by party_id, currency, kind
      on conflict (party_id, currency, kind) do nothing`);
    rows = await read();
  }
  return new Map(rows.map((row) => [accountText(row), row.id]));
}

async function notYetPosted(
  tx: Sql,
  transactions: readonly LedgerTransaction[],
): Promise<LedgerTransaction[]> {
  const rows = await tx.rows(sql<{ id: string }>`
    select transaction_id as id from ledger_transfer
    where transaction_id = any(${transactions.map(({ id }) => id)}::uuid[]) and transfer_no = 1`);
  const posted = new Set(rows.map(({ id }) => id));
  return transactions.filter(({ id, transfers }) => {
    const isNew = transfers.length > 0 && !posted.has(id);
    posted.add(id);
    return isNew;
  });
}

function toPostings({ id, transfers }: LedgerTransaction, ids: ReadonlyMap<string, string>): Posting[] {
  return transfers.map((transfer, i) => ({
    ...transfer,
    transactionId: id,
    transferNo: i + 1,
    fromAccountId: ids.get(accountText(transfer.from)) as string,
    toAccountId: ids.get(accountText(transfer.to)) as string,
  }));
}

async function insertTransfers(tx: Sql, postings: readonly (Posting & Placed)[], now: Date): Promise<void> {
  if (postings.length === 0) return;
  const column = <Value>(value: (posting: Posting & Placed) => Value) => postings.map(value);
  await tx.rows(sql`
    insert into ledger_transfer (transaction_id, transfer_no, kind, from_account_id, to_account_id, currency,
      amount_minor, from_posting, from_balance_minor, to_posting, to_balance_minor, brand_id, occurred_at, posted_at)
    select t.*, ${now} from unnest(
      ${column(({ transactionId }) => transactionId)}::uuid[],
      ${column(({ transferNo }) => transferNo)}::int[],
      ${column(({ kind }) => kind)}::text[],
      ${column(({ fromAccountId }) => fromAccountId)}::uuid[],
      ${column(({ toAccountId }) => toAccountId)}::uuid[],
      ${column(({ from }) => from.currency)}::text[],
      ${column(({ amountMinor }) => amountMinor)}::bigint[],
      ${column(({ fromPosting }) => fromPosting)}::bigint[],
      ${column(({ fromBalanceMinor }) => fromBalanceMinor)}::bigint[],
      ${column(({ toPosting }) => toPosting)}::bigint[],
      ${column(({ toBalanceMinor }) => toBalanceMinor)}::bigint[],
      ${column(({ brandId }) => brandId ?? null)}::uuid[],
      ${column(({ occurredAt }) => occurredAt)}::timestamptz[]) t`);
}
