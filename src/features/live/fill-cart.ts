import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { invalid, Refusal, unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { checkPick, closeLiveOffers } from '../promotion/index.ts';
import type { LiveItemRow } from './cart.loaders.ts';

/** More than any session can show. */
export const MOST_ITEMS = 200;

export interface NewLiveItem {
  readonly id?: string;
  readonly liveSessionId: string;
  readonly creatorId: string;
  readonly productId: string;
}

/**
 * Locks a session whose cart is to change; whoever changes it first locks the session, then offers, then SKUs. Refused when
 * it is over.
 */
export async function lockRunning(tx: Tx, sessionId: string, path: readonly string[]): Promise<void> {
  const [session] = await tx.rows(sql<{ endedAt: Date | null }>`
    select ended_at as "endedAt" from live_session where id = ${sessionId} for no key update`);
  if (session === undefined) throw unknown(path, 'live session');
  if (session.endedAt !== null) throw wrongState(path, 'ENDED', 'The live session is over.');
}

type CartPlace = Pick<LiveItemRow, 'id' | 'productId' | 'position'>;

/** Locks a running session and gives what is in its cart, in its order. */
export async function lockCart(tx: Tx, liveSessionId: string): Promise<CartPlace[]> {
  await lockRunning(tx, liveSessionId, ['input', 'liveSessionId']);
  return tx.rows(sql<CartPlace>`
    select id, product_id as "productId", position from live_item
    where live_session_id = ${liveSessionId} and removed_at is null order by position`);
}

/** The place after the last one of a cart. Refused when it is full. */
export function placeAfter(cart: readonly CartPlace[]): number {
  if (cart.length >= MOST_ITEMS)
    throw wrongState(['input', 'liveSessionId'], 'FULL', `A cart has at most ${MOST_ITEMS} items.`);
  return (cart.at(-1)?.position ?? 0) + 1;
}

/**
 * Puts a product into the cart of a running session, at its end, and tells the brand. The creator must be able to promote
 * it: it is in the showcase, or could be picked. One that is in the cart already is given as it stands.
 */
export async function addLiveItem(tx: Tx, item: NewLiveItem, now: Date): Promise<string> {
  const { id = newId(), liveSessionId, creatorId, productId } = item;
  const cart = await lockCart(tx, liveSessionId);
  const there = cart.find((row) => row.productId === productId);
  if (there !== undefined) return there.id;
  const position = placeAfter(cart);
  const [picked] = await tx.rows(sql<{ enrolmentId: string | null }>`
    select enrolment_id as "enrolmentId" from showcase_item
    where creator_id = ${creatorId} and product_id = ${productId} and removed_at is null`);
  const pick = { creatorId, productId, enrolmentId: picked?.enrolmentId ?? null };
  const brandId = await checkPick(tx, pick, now);
  await enterItem(tx, { id, liveSessionId, productId, brandId, position }, now);
  return id;
}

/** The creator whose session it is. */
export async function creatorOf(tx: Tx, sessionId: string): Promise<string> {
  const [session] = await tx.rows(sql<{ creatorId: string }>`
    select creator_id as "creatorId" from live_session where id = ${sessionId}`);
  if (session === undefined) throw new Error(`The live session ${sessionId} is gone.`);
  return session.creatorId;
}

type NewRow = Pick<LiveItemRow, 'id' | 'liveSessionId' | 'productId' | 'brandId' | 'position'>;

/** Enters an item at its place and tells the brand and the creator. */
export async function enterItem(
  tx: Tx,
  { id, liveSessionId, productId, brandId, position }: NewRow,
  now: Date,
) {
  await tx.rows(sql`
    insert into live_item (id, live_session_id, product_id, brand_id, position, added_at)
    values (${id}, ${liveSessionId}, ${productId}, ${brandId}, ${position}, ${now})`);
  const to = [brandId, await creatorOf(tx, liveSessionId)];
  await announce(tx, [{ kind: 'LIVE_ITEM_ADDED', subject: { type: 'LiveItem', id }, to }], now);
}

/** Takes an item out of the cart and closes its offers. Taking it out again changes nothing. */
export async function removeLiveItem(tx: Tx, item: LiveItemRow, now: Date): Promise<void> {
  await tx.rows(sql`select from live_session where id = ${item.liveSessionId} for no key update`);
  const removed = await tx.rows(sql<{ id: string }>`
    update live_item set removed_at = greatest(added_at, ${now}), pinned = false
    where id = ${item.id} and removed_at is null returning id`);
  if (removed.length === 0) return;
  await closeLiveOffers(tx, sql`o.item_id = ${item.id}`, now);
  const subject = { type: 'LiveItem', id: item.id };
  await announce(
    tx,
    [{ kind: 'LIVE_ITEM_REMOVED', subject, to: [item.brandId, await creatorOf(tx, item.liveSessionId)] }],
    now,
  );
}

/** Pins an item in place of the one that is pinned, or pins it no longer. */
export async function pinLiveItem(tx: Tx, item: LiveItemRow, pinned: boolean): Promise<void> {
  await lockRunning(tx, item.liveSessionId, ['input', 'liveItemId']);
  if (pinned)
    await tx.rows(sql`
      update live_item set pinned = false
      where live_session_id = ${item.liveSessionId} and pinned and id <> ${item.id}`);
  const done = await tx.rows(sql<{ id: string }>`
    update live_item set pinned = ${pinned} where id = ${item.id} and removed_at is null returning id`);
  if (done.length === 0)
    throw wrongState(['input', 'liveItemId'], 'REMOVED', 'The item is no longer in the cart.');
}

/** Gives the items of a cart their new order; refused unless it names each of them once. */
export async function arrangeCart(tx: Tx, sessionId: string, itemIds: readonly string[]): Promise<void> {
  await lockRunning(tx, sessionId, ['input', 'liveSessionId']);
  const cart = await tx.rows(sql<{ id: string }>`
    select id from live_item where live_session_id = ${sessionId} and removed_at is null`);
  const named = new Set(itemIds);
  if (named.size !== itemIds.length || cart.length !== named.size || !cart.every(({ id }) => named.has(id)))
    throw new Refusal([invalid(['input', 'liveItemIds'], 'Name each item of the cart once.')]);
  await tx.rows(sql`
    update live_item i set position = v.position
    from unnest(${itemIds}::uuid[]) with ordinality v (id, position) where i.id = v.id`);
}
