import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isWebAddress } from '../../kernel/text.ts';
import { refusePenalised, textSaved } from '../account/index.ts';
import { moveInPool } from '../plan/index.ts';
import { createProduct, type ProductRow } from '../product/index.ts';
import { enterItem, lockCart, placeAfter } from './fill-cart.ts';
import { setLiveOffer } from './set-live-offer.ts';

/** What a brand lists while it is live: a photo, a price and a stock. */
export interface NewFlash {
  readonly liveSessionId: string;
  readonly creatorId: string;
  readonly brandId: string;
  readonly categoryId: string;
  readonly title: string;
  readonly photoUrl: string;
  /** The shop's own code of its one SKU; one that nobody uses when left out. */
  readonly skuCode?: string | null;
  readonly priceMinor: bigint;
  readonly stock: number;
  readonly payWithinMinutes: number;
}

/**
 * Lists a product at once, in one session alone 闪电购: a DRAFT with one SKU, an item in the cart, and an offer of all its
 * pieces. No other order of its SKU is taken before it was reviewed and listed. Gives the ids of item and product.
 */
export async function listFlash(
  tx: Tx,
  flash: NewFlash,
  now: Date,
): Promise<{ id: string; productId: string }> {
  new Checks().that(isWebAddress(flash.photoUrl), 'photoUrl', 'The photo lies at an https address.').done();
  const { liveSessionId, brandId, categoryId, title, photoUrl, priceMinor, stock, payWithinMinutes } = flash;
  // What is listed so is sold without a review.
  for (const partyId of [brandId, flash.creatorId].sort()) await refusePenalised(tx, partyId, now, ['input']);
  const position = placeAfter(await lockCart(tx, liveSessionId));
  const skuId = newId();
  const code = flash.skuCode ?? `FLASH-${skuId.slice(-12)}`;
  const sku = { id: skuId, code, optionName: title.slice(0, 100), priceMinor, stock: BigInt(stock) };
  const product = { brandId, categoryId, title, description: '', source: 'OWN_SHOP', skus: [sku] } as const;
  const { id: productId } = await createProduct(tx, product, now);
  await tx.rows(sql`
    insert into live_flash (product_id, live_session_id, photo_url, listed_at)
    values (${productId}, ${liveSessionId}, ${photoUrl}, ${now})`);
  const place = { id: newId(), liveSessionId, productId, brandId, position };
  await enterItem(tx, place, now);
  const item = { ...place, pinned: false, addedAt: now, removedAt: null };
  await setLiveOffer(tx, item, { skuId, priceMinor, stock, payWithinMinutes }, now);
  const to = [brandId, flash.creatorId];
  await announce(tx, [{ kind: 'LIVE_FLASH_LISTED', subject: { type: 'LiveItem', id: place.id }, to }], now);
  return { id: place.id, productId };
}

/** What is left to say of a flash listing when it becomes a product like any other. */
export interface FlashCompletion {
  readonly title?: string | null;
  readonly description?: string | null;
}

/** Sends the product of a flash listing to the review, after its session; once listed it is sold like any other. */
export async function completeFlash(
  tx: Tx,
  productId: string,
  { title, description }: FlashCompletion,
  now: Date,
): Promise<ProductRow> {
  new Checks()
    .text(title ?? '-', 'title', 1, 200)
    .text(description ?? '', 'description', 0, 10_000)
    .done();
  await requireOver(tx, productId);
  await tx.rows(sql`
    update product set title = coalesce(${title?.trim() ?? null}, title), description = coalesce(${description ?? null}, description)
    where id = ${productId} and state = 'DRAFT'`);
  await textSaved(tx, { type: 'Product', id: productId }, now);
  return moveInPool(tx, { productId, from: ['DRAFT'], to: 'IN_REVIEW' }, now);
}

/** Drops the product of a flash listing after its session: it is never sold again. */
export async function dropFlash(tx: Tx, productId: string, now: Date): Promise<ProductRow> {
  await requireOver(tx, productId);
  return moveInPool(tx, { productId, from: ['DRAFT'], to: 'DELISTED' }, now);
}

async function requireOver(tx: Tx, productId: string): Promise<void> {
  const [flash] = await tx.rows(sql<{ endedAt: Date | null }>`
    select s.ended_at as "endedAt" from live_flash f join live_session s on s.id = f.live_session_id
    where f.product_id = ${productId}`);
  if (flash === undefined) throw unknown(['input', 'productId'], 'flash listing');
  if (flash.endedAt === null)
    throw wrongState(['input', 'productId'], 'RUNNING', 'Its live session is still running.');
}
