import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { unknown } from '../../graphql/user-errors.ts';
import { MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import {
  MAX_STOCK,
  moveProduct,
  type ProductMove,
  type ProductRow,
  SkuRow,
  suspendProducts,
} from '../product/index.ts';
import { refreshPool } from './refresh-pool.ts';

/** Moves a product and takes it into the pool, or out of it, in the same transaction. */
export async function moveInPool(tx: Tx, move: ProductMove, now: Date): Promise<ProductRow> {
  new Checks().text(move.note ?? '', 'note', 0, 500).done();
  const product = await moveProduct(tx, move, now);
  await refreshPool(tx, [product.id], now);
  return product;
}

/** Suspends products and takes them out of the pool; gives the ids of those that were not suspended before. */
export async function suspendInPool(
  tx: Sql,
  productIds: readonly string[],
  note: string,
  now: Date,
): Promise<string[]> {
  const ids = await suspendProducts(tx, productIds, note, now);
  await tx.rows(sql`delete from pool_entry where product_id = any(${ids}::uuid[])`);
  return ids;
}

export interface SkuUpdate {
  readonly skuId: string;
  /** Minor units of the brand's currency. */
  readonly priceMinor?: bigint | null;
  /** Pieces not reserved by an order. */
  readonly stock?: bigint | null;
}

/** Sets the price and stock of a SKU under a row lock, and the pool's entry with it. */
export async function updateSku(tx: Tx, update: SkuUpdate, now: Date): Promise<SkuRow> {
  const { priceMinor, stock } = update;
  new Checks()
    .that(
      priceMinor == null || (priceMinor > 0n && priceMinor <= MAX_AMOUNT_MINOR),
      'priceMinor',
      'A price is above 0.',
    )
    .that(
      stock == null || (stock >= 0n && stock <= MAX_STOCK),
      'stock',
      `A stock is between 0 and ${MAX_STOCK}.`,
    )
    .done();
  const sku = await tx.em.findOne(SkuRow, { id: update.skuId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (sku === null) throw unknown(['input', 'skuId'], 'SKU');
  if (priceMinor != null) sku.priceMinor = priceMinor;
  if (stock != null) sku.stock = stock;
  await tx.em.flush();
  await refreshPool(tx, [sku.productId], now);
  return sku;
}
