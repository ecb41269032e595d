import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { minOf } from '../../kernel/money.ts';
import type { AccountKind, TransferKind } from '../ledger/index.ts';

/** Some postings of an account, by their numbers; both are of it. */
export interface PostingRange {
  readonly accountId: string;
  readonly firstPosting: bigint;
  readonly lastPosting: bigint;
}

/** A transfer as one of its two accounts has it. */
export interface Posting {
  readonly accountId: string;
  readonly accountKind: AccountKind;
  /** ISO 4217. */
  readonly currency: string;
  readonly posting: bigint;
  readonly transactionId: string;
  readonly transferNo: number;
  readonly kind: TransferKind;
  /** Minor units; below zero for what goes out. */
  readonly changeMinor: bigint;
  readonly balanceMinor: bigint;
  readonly occurredAt: Date;
  readonly postedAt: Date;
  readonly brandId: string | null;
  readonly partyId: string;
  readonly counterpartId: string;
  readonly counterpartName: string;
  readonly counterpartAccount: AccountKind;
}

/** So many transfers are read at once: a few megabytes. */
const AT_ONCE = 2000n;

/** Cuts ranges into groups of at most so many postings, in their order. Pure. */
export function sliceRanges(ranges: readonly PostingRange[], most: bigint): PostingRange[][] {
  const slices: PostingRange[][] = [];
  let slice: PostingRange[] = [];
  let room = most;
  for (const { accountId, firstPosting, lastPosting } of ranges) {
    for (let first = firstPosting; first <= lastPosting; ) {
      const last = minOf(lastPosting, first + room - 1n);
      slice.push({ accountId, firstPosting: first, lastPosting: last });
      room -= last - first + 1n;
      first = last + 1n;
      if (room > 0n) continue;
      slices.push(slice);
      slice = [];
      room = most;
    }
  }
  return slice.length === 0 ? slices : [...slices, slice];
}

/**
 * Reads the postings of ranges in their order, a page at a time. They are append-only and numbered without gaps, so that
 * what is read is the same at any time, and a page holds as many as its numbers say.
 */
export async function* postingsOf(db: Sql, ranges: readonly PostingRange[]): AsyncGenerator<Posting[]> {
  for (const slice of sliceRanges(ranges, AT_ONCE)) yield await readPostings(db, slice);
}

function readPostings(db: Sql, slice: readonly PostingRange[]): Promise<Posting[]> {
  return db.rows(sql<Posting>`
    select ${POSTING_FIELDS}
    from unnest(${slice.map(({ accountId }) => accountId)}::uuid[], ${slice.map(({ firstPosting }) => firstPosting)}::bigint[],
      ${slice.map(({ lastPosting }) => lastPosting)}::bigint[]) with ordinality k (account_id, first, last, n)
    cross join lateral (${sidesOf(sql`k.account_id`, sql`between k.first and k.last`)}) t
    ${POSTING_JOINS}
    order by k.n, t.posting`);
}

/** SQL: both sides of an account's history, for postings that the condition holds of. */
export const sidesOf = (accountId: RawBuilder<unknown>, where: RawBuilder<unknown>) => sql`
  select f.*, f.from_account_id as account_id, f.from_posting as posting, -f.amount_minor as change_minor,
    f.from_balance_minor as balance_minor, f.to_account_id as other_id
  from ledger_transfer f where f.from_account_id = ${accountId} and f.from_posting ${where}
  union all
  select f.*, f.to_account_id, f.to_posting, f.amount_minor, f.to_balance_minor, f.from_account_id
  from ledger_transfer f where f.to_account_id = ${accountId} and f.to_posting ${where}`;

/** SQL: what `POSTING_FIELDS` needs beside the sides `t`. */
export const POSTING_JOINS = sql`
  join ledger_account a on a.id = t.account_id
  join ledger_account o on o.id = t.other_id
  join party p on p.id = o.party_id`;

/** SQL: the fields of a posting. */
export const POSTING_FIELDS = sql`
  t.account_id as "accountId", a.kind as "accountKind", a.currency, t.posting, t.transaction_id as "transactionId",
  t.transfer_no as "transferNo", t.kind, t.change_minor as "changeMinor", t.balance_minor as "balanceMinor",
  t.occurred_at as "occurredAt", t.posted_at as "postedAt", t.brand_id as "brandId", a.party_id as "partyId",
  o.party_id as "counterpartId", p.name as "counterpartName", o.kind as "counterpartAccount"`;
