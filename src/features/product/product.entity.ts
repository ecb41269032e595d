import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ProductState } from './product-state.ts';

export type ProductSource = 'OWN_SHOP' | 'TAOBAO' | 'TMALL' | 'JD' | 'PINDUODUO' | 'YOUZAN' | 'MOKUAI';

/** A place in the tree of categories, which has three levels; `path` leads from the top to itself. */
export const CategoryRow = defineEntity({
  name: 'Category',
  tableName: 'category',
  properties: {
    id: p.uuid().primary(),
    parentId: p.uuid().nullable(),
    level: p.integer(),
    path: p.array().columnType('uuid[]').$type<string[]>(),
    slug: p.text(),
    nameZh: p.text(),
    nameEn: p.text(),
    holdingDays: p.integer().nullable(),
  },
});
export type CategoryRow = InferEntity<typeof CategoryRow>;

export const ProductRow = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    categoryId: () => p.manyToOne(CategoryRow).mapToPk().fieldName('category_id'),
    title: p.text(),
    description: p.text(),
    state: p.text().$type<ProductState>(),
    reviewNote: p.text().nullable(),
    /** Suspended by an operator, who alone may resume it. */
    heldByOperator: p.boolean().default(false),
    source: p.text().$type<ProductSource>(),
    sourceUrl: p.text().nullable(),
    restricted: p.boolean().default(false),
    createdAt: p.datetime(),
    listedAt: p.datetime().nullable(),
  },
});
export type ProductRow = InferEntity<typeof ProductRow>;

/** What is bought: one option of a product with its price and stock. The code is the shop's own, unique in the brand. */
export const SkuRow = defineEntity({
  name: 'Sku',
  tableName: 'sku',
  properties: {
    id: p.uuid().primary(),
    productId: () => p.manyToOne(ProductRow).mapToPk().fieldName('product_id'),
    brandId: p.uuid(),
    code: p.text(),
    optionName: p.text(),
    priceMinor: p.bigint('bigint'),
    currency: p.text(),
    stock: p.bigint('bigint'),
  },
});
export type SkuRow = InferEntity<typeof SkuRow>;
