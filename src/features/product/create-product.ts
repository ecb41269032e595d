import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { newId } from '../../kernel/ids.ts';
import { MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import { isWebAddress } from '../../kernel/text.ts';
import { textSaved } from '../account/index.ts';
import {
  CategoryRow,
  type ProductRow,
  type ProductSource,
  ProductRow as Products,
  SkuRow,
} from './product.entity.ts';

export interface NewSku {
  readonly id?: string;
  /** The shop's own code, unique within the brand. */
  readonly code: string;
  readonly optionName: string;
  readonly priceMinor: bigint;
  readonly stock: bigint;
}

export interface NewProduct {
  readonly id?: string;
  readonly brandId: string;
  readonly categoryId: string;
  readonly title: string;
  readonly description: string;
  readonly source: ProductSource;
  readonly sourceUrl?: string | null;
  readonly skus: readonly NewSku[];
}

/** More options than any shop page can show. */
const MAX_SKUS = 100;
/** More pieces than any warehouse holds. */
export const MAX_STOCK = 1_000_000_000n;

/** Enters a product as a DRAFT with its SKUs, priced in the brand's currency. */
export async function createProduct(tx: Tx, product: NewProduct, now: Date): Promise<ProductRow> {
  const category = await tx.em.findOne(CategoryRow, { id: product.categoryId });
  check(product, category?.level === 3);
  const [brand] = await tx.rows(
    sql<{ currency: string }>`select currency from brand where id = ${product.brandId}`,
  );
  if (brand === undefined) throw new Error('The caller of createProduct has checked the brand.');
  const { brandId, categoryId, title, description, source } = product;
  const row = tx.em.create(Products, {
    id: product.id ?? newId(),
    brandId,
    categoryId,
    title: title.trim(),
    description,
    state: 'DRAFT',
    reviewNote: null,
    heldByOperator: false,
    source,
    sourceUrl: product.sourceUrl ?? null,
    restricted: false,
    createdAt: now,
    listedAt: null,
  });
  for (const { id, ...sku } of product.skus) {
    tx.em.create(SkuRow, { id: id ?? newId(), productId: row.id, brandId, currency: brand.currency, ...sku });
  }
  await tx.em.flush();
  await textSaved(tx, { type: 'Product', id: row.id }, now);
  return row;
}

function check(product: NewProduct, hasLeafCategory: boolean): void {
  const { source, sourceUrl, skus } = product;
  const checks = new Checks()
    .text(product.title, 'title', 1, 200)
    .text(product.description, 'description', 0, 10_000)
    .that(hasLeafCategory, 'categoryId', 'A product stands in a category of the third level.')
    .that(
      (source === 'OWN_SHOP') === (sourceUrl == null),
      'sourceUrl',
      'An outside source, and only that, has an address.',
    )
    .that(
      sourceUrl == null || isWebAddress(sourceUrl),
      'sourceUrl',
      'The address is an https URL of at most 500 characters.',
    )
    .that(skus.length >= 1 && skus.length <= MAX_SKUS, 'skus', `A product has 1 to ${MAX_SKUS} SKUs.`)
    .that(
      new Set(skus.map(({ code }) => code)).size === skus.length,
      'skus',
      'Each SKU has a code of its own.',
    );
  for (const [i, sku] of skus.entries()) {
    const { priceMinor, stock } = sku;
    checks
      .text(sku.code, `skus.${i}.code`, 1, 64)
      .text(sku.optionName, `skus.${i}.optionName`, 1, 100)
      .that(
        priceMinor > 0n && priceMinor <= MAX_AMOUNT_MINOR,
        `skus.${i}.priceMinor`,
        'A price is above 0, in minor units.',
      )
      .that(stock >= 0n && stock <= MAX_STOCK, `skus.${i}.stock`, `A stock is between 0 and ${MAX_STOCK}.`);
  }
  checks.done();
}
