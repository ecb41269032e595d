import { type RawBuilder, sql } from 'kysely';
import type { Sql } from './database.ts';

/**
 * The order in which locks are taken, so that no two transactions wait for each other: first pairs of parties, then the
 * order lines' buckets, each in the order of its number, then rows, those of live offers and then of SKUs after the others
 * and those of ledger accounts last of all, each in the order of their ids.
 */
const LINE_LANES = 8;
const BUCKETS_PER_LANE = 64;
const LINE_LOCK_CLASS = 7_246_002;

/**
 * The lane that a brand's order lines are locked in. Batches of different lanes share neither lines nor stock and never
 * wait for each other, so whoever sends very many events sends each lane's by itself.
 */
export const lineLaneOf = (brandId: string): number => fnv1a(brandId) % LINE_LANES;

/**
 * Locks the order lines with these keys, which begin with the brand's id and a null character, until the transaction
 * ends; also lines that do not exist yet. Lines share 512 buckets, since PostgreSQL has room for a limited number of locks.
 */
export async function lockOrderLines(tx: Sql, lineKeys: readonly string[]): Promise<void> {
  const buckets = [...new Set(lineKeys.map(bucketOf))].sort((a, b) => a - b);
  await tx.rows(sql`
    select pg_advisory_xact_lock(${LINE_LOCK_CLASS}::int, bucket)
    from (select unnest(${buckets}::int[]) as bucket order by 1) b`);
}

function bucketOf(lineKey: string): number {
  const lane = lineLaneOf(lineKey.slice(0, lineKey.indexOf('\u0000')));
  return lane * BUCKETS_PER_LANE + (fnv1a(lineKey) % BUCKETS_PER_LANE);
}

/** FNV-1a: the same number for the same text in every process. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const PAIR_LOCK_CLASS = 7_246_003;

/**
 * Locks two parties against a block between them, until the transaction ends: many may begin something at once, but none
 * while one of the two blocks the other, so that no block overlooks what is just being begun.
 */
export async function lockPair(
  tx: Sql,
  one: string,
  other: string,
  purpose: 'to begin something' | 'to block',
): Promise<void> {
  const key = pairKey(one, other);
  const lock = sql.raw(purpose === 'to block' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared');
  await tx.rows(sql`select ${lock}(${PAIR_LOCK_CLASS}::int, ${key}::int)`);
}

/** Locks pairs of one party with many others, to begin something with each of them, in one order. One statement. */
export async function lockPairs(tx: Sql, one: string, others: readonly string[]): Promise<void> {
  const keys = [...new Set(others.map((other) => pairKey(one, other)))].sort((a, b) => a - b);
  await tx.rows(sql`
    select pg_advisory_xact_lock_shared(${PAIR_LOCK_CLASS}::int, key)
    from (select unnest(${keys}::int[]) as key order by 1) k`);
}

const pairKey = (one: string, other: string): number => fnv1a([one, other].sort().join()) | 0;

const REPORTER_LOCK_CLASS = 7_246_004;

/** Locks the reports of a member, so that they are counted one after the other. Taken before every other lock. */
export async function lockReporter(tx: Sql, partyId: string): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(${REPORTER_LOCK_CLASS}::int, ${fnv1a(partyId) | 0}::int)`);
}

/** Locks SKUs in the order of their ids and gives what of each is not reserved. */
export async function lockStock(tx: Sql, skuIds: readonly string[]): Promise<Map<string, bigint>> {
  const rows = await tx.rows(sql<{ id: string; stock: bigint }>`
    select id, stock from sku where id = any(${skuIds}::uuid[]) order by id for update`);
  return new Map(rows.map(({ id, stock }) => [id, stock]));
}

/** An offer of a live session under its lock. */
export interface LockedOffer {
  readonly id: string;
  readonly skuId: string;
  readonly liveSessionId: string;
  readonly priceMinor: bigint;
  /** Since when the price is this one. */
  readonly pricedAt: Date;
  /** Pieces that the session has for itself, and those of them that order lines hold. */
  readonly stock: number;
  readonly taken: number;
  readonly payWithinMinutes: number;
  readonly closedAt: Date | null;
  /** The item is in the cart over [addedAt, removedAt). */
  readonly addedAt: Date;
  readonly removedAt: Date | null;
}

/** Locks offers of live sessions in the order of their ids: those that the condition names, of offers `o` and items `i`. */
export function lockLiveOffers(tx: Sql, where: RawBuilder<unknown>): Promise<LockedOffer[]> {
  return tx.rows(sql<LockedOffer>`
    select o.id, o.sku_id as "skuId", o.live_session_id as "liveSessionId", o.price_minor as "priceMinor",
      o.priced_at as "pricedAt", o.stock, o.taken, o.pay_within_minutes as "payWithinMinutes", o.closed_at as "closedAt",
      i.added_at as "addedAt", i.removed_at as "removedAt"
    from live_offer o join live_item i on i.id = o.item_id
    where ${where} order by o.id for no key update of o`);
}

/** A ledger account under its lock. */
export interface LockedAccount {
  readonly id: string;
  readonly balanceMinor: bigint;
  /** All that has ever come in. */
  readonly inMinor: bigint;
  /** How many transfers it has been part of. */
  readonly postings: bigint;
  readonly lastPostedAt: Date | null;
}

/** Locks ledger accounts in the order of their ids. */
export function lockAccounts(tx: Sql, ids: readonly string[]): Promise<LockedAccount[]> {
  return tx.rows(sql<LockedAccount>`
    select id, balance_minor as "balanceMinor", in_minor as "inMinor", postings, last_posted_at as "lastPostedAt"
    from ledger_account
    where id = any(${ids}::uuid[]) order by id for update`);
}
