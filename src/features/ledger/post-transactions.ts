import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type LockedAccount, lockAccounts } from '../../db/locks.ts';
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

/** Accounts under lock until the database transaction ends: what is decided by their balances holds. */
export interface OpenLedger {
  /** The balance of one of the accounts, with what has been posted here. */
  balanceMinor(key: AccountKey): bigint;
  /** Posts between these accounts what is not there yet; gives the ids of the new transactions. Three statements. */
  post(transactions: readonly LedgerTransaction[], now: Date): Promise<string[]>;
}

type Posting = Transfer & Movement & { readonly transactionId: string; readonly transferNo: number };

/**
 * Locks accounts in the order of their ids, and makes those that are not there. They are the last locks of a database
 * transaction: from then on nothing is done in it but to decide by balances, post and commit.
 */
export async function openLedger(tx: Sql, keys: readonly AccountKey[]): Promise<OpenLedger> {
  const ids = await accountIds(tx, keys);
  const locked = ids.size === 0 ? [] : await lockAccounts(tx, [...ids.values()]);
  const accounts = new Map(locked.map((account) => [account.id, account]));
  const idOf = (key: AccountKey): string => {
    const id = ids.get(accountText(key));
    if (id === undefined) throw new Error(`The account ${accountText(key)} is not open.`);
    return id;
  };
  return {
    balanceMinor: (key) => accounts.get(idOf(key))?.balanceMinor ?? 0n,
    async post(transactions, now) {
      const fresh = await notYetPosted(tx, transactions);
      const movements = fresh.flatMap((transaction) => toPostings(transaction, idOf));
      if (movements.length === 0) return [];
      const { placed, after } = runningBalances([...accounts.values()], movements);
      const postedAt = latest(now, locked);
      await insertTransfers(tx, placed, postedAt);
      await updateAccounts(
        tx,
        after.filter(({ id, postings }) => postings !== accounts.get(id)?.postings),
        postedAt,
      );
      for (const account of after) accounts.set(account.id, account);
      return fresh.map(({ id }) => id);
    },
  };
}

/**
 * Posts transactions to the ledger; those that are there already are left as they are. Gives the ids of the new ones.
 * A fixed number of statements.
 */
export async function postTransactions(
  tx: Sql,
  transactions: readonly LedgerTransaction[],
  now: Date,
): Promise<string[]> {
  const keys = transactions.flatMap(({ transfers }) => transfers.flatMap(({ from, to }) => [from, to]));
  return (await openLedger(tx, keys)).post(transactions, now);
}

/** Clocks of several processes differ: no account is posted to before the time of its last posting. */
const latest = (now: Date, accounts: readonly LockedAccount[]): Date =>
  accounts.reduce(
    (last, { lastPostedAt }) => (lastPostedAt !== null && lastPostedAt > last ? lastPostedAt : last),
    now,
  );

/** The ids of accounts by what they are; an account comes to be when it is first opened. */
async function accountIds(tx: Sql, keys: readonly AccountKey[]): Promise<Map<string, string>> {
  const wanted = [...new Map(keys.map((key) => [accountText(key), key])).values()];
  if (wanted.length === 0) return new Map();
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

function toPostings({ id, transfers }: LedgerTransaction, idOf: (key: AccountKey) => string): Posting[] {
  return transfers.map((transfer, i) => {
    if (transfer.from.currency !== transfer.to.currency)
      throw new Error('A transfer never converts currencies.');
    return {
      ...transfer,
      transactionId: id,
      transferNo: i + 1,
      fromAccountId: idOf(transfer.from),
      toAccountId: idOf(transfer.to),
    };
  });
}

async function insertTransfers(
  tx: Sql,
  postings: readonly (Posting & Placed)[],
  postedAt: Date,
): Promise<void> {
  const column = <Value>(value: (posting: Posting & Placed) => Value) => postings.map(value);
  await tx.rows(sql`
    insert into ledger_transfer (transaction_id, transfer_no, kind, from_account_id, to_account_id, currency,
      amount_minor, from_posting, from_balance_minor, from_out_minor, to_posting, to_balance_minor, to_in_minor, brand_id,
      occurred_at, posted_at)
    select t.*, ${postedAt} from unnest(
      ${column(({ transactionId }) => transactionId)}::uuid[],
      ${column(({ transferNo }) => transferNo)}::int[],
      ${column(({ kind }) => kind)}::text[],
      ${column(({ fromAccountId }) => fromAccountId)}::uuid[],
      ${column(({ toAccountId }) => toAccountId)}::uuid[],
      ${column(({ from }) => from.currency)}::text[],
      ${column(({ amountMinor }) => amountMinor)}::bigint[],
      ${column(({ fromPosting }) => fromPosting)}::bigint[],
      ${column(({ fromBalanceMinor }) => fromBalanceMinor)}::bigint[],
      ${column(({ fromOutMinor }) => fromOutMinor)}::bigint[],
      ${column(({ toPosting }) => toPosting)}::bigint[],
      ${column(({ toBalanceMinor }) => toBalanceMinor)}::bigint[],
      ${column(({ toInMinor }) => toInMinor)}::bigint[],
      ${column(({ brandId }) => brandId ?? null)}::uuid[],
      ${column(({ occurredAt }) => occurredAt)}::timestamptz[]) t`);
}

async function updateAccounts(tx: Sql, accounts: readonly LockedAccount[], postedAt: Date): Promise<void> {
  await tx.rows(sql`
    update ledger_account a
    set balance_minor = v.balance, in_minor = v.in_minor, postings = v.postings, last_posted_at = ${postedAt}
    from unnest(
      ${accounts.map(({ id }) => id)}::uuid[],
      ${accounts.map(({ balanceMinor }) => balanceMinor)}::bigint[],
      ${accounts.map(({ inMinor }) => inMinor)}::bigint[],
      ${accounts.map(({ postings }) => postings)}::bigint[]) v (id, balance, in_minor, postings)
    where a.id = v.id`);
}
