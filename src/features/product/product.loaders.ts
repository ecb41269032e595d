import { sql } from 'kysely';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { manyByKey, namesFor, oneByKey, pageByKey, select, selectAsked } from '../../graphql/loaders.ts';
import { rowById } from '../../graphql/table-loaders.ts';
import type { CategoryRow, ProductRow, SkuRow } from './product.entity.ts';

export const PRODUCT_COLUMNS = [
  'id',
  'brandId',
  'categoryId',
  'title',
  'description',
  'state',
  'reviewNote',
  'heldByOperator',
  'source',
  'sourceUrl',
  'restricted',
  'createdAt',
  'listedAt',
] as const;

export const productById = rowById<ProductRow>({
  name: 'productById',
  table: 'product',
  columns: PRODUCT_COLUMNS,
});

/** The products of a brand that the caller may see, newest first. */
export const productsOfBrand = pageByKey<ProductRow>({
  name: 'productsOfBrand',
  columns: PRODUCT_COLUMNS,
  read: (keys, page, _filter, scope) => {
    const { actor } = scope;
    const { where, order } = keyset([{ sql: sql`p.id`, type: 'uuid' }], 'desc', page);
    const own = isOperator(actor) ? [...keys] : keys.filter((key) => isMember(actor, String(key)));
    return scope.sql.rows(sql<ProductRow>`
      select ${selectAsked('t', PRODUCT_COLUMNS, scope, 'brandId', 'id')} from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select p.* from product p
        where p.brand_id = k.id and (p.listed_at is not null or p.brand_id = any(${own}::uuid[])) and ${where}
        order by ${order} ${limitOf(page)}) t
      order by t.id desc`);
  },
  keyOf: (row) => row.brandId,
  cursorOf: (row) => [row.id],
});

const CATEGORY_COLUMNS = [
  'id',
  'parentId',
  'level',
  'path',
  'slug',
  'nameZh',
  'nameEn',
  'holdingDays',
] as const;

const wholeCategoryById = rowById<CategoryRow>({
  name: 'categoryById',
  table: 'category',
  columns: CATEGORY_COLUMNS,
});

export const categoryById: typeof wholeCategoryById = {
  ...wholeCategoryById,
  read: async (ids, scope) => {
    const names = namesFor(scope, 'nameZh', 'nameEn');
    if (names === undefined) return wholeCategoryById.read(ids, scope);
    return (await names.categories(ids as string[])) as CategoryRow[];
  },
};

/** The categories right below each; of the empty key, those of the first level. */
export const categoriesBelow = manyByKey<CategoryRow & { parentKey: string }>({
  name: 'categoriesBelow',
  columns: CATEGORY_COLUMNS,
  read: (keys, { sql: db }) =>
    db.rows(sql<CategoryRow & { parentKey: string }>`
      select ${select('t', CATEGORY_COLUMNS)}, coalesce(t.parent_id::text, '') as "parentKey" from category t
      where coalesce(t.parent_id::text, '') = any(${keys}::text[]) order by t.slug`),
  keyOf: (row) => row.parentKey,
});

const SKU_COLUMNS = [
  'id',
  'productId',
  'brandId',
  'code',
  'optionName',
  'priceMinor',
  'currency',
  'stock',
] as const;

/** A SKU as it is read: with what decides who may see its product. */
export type ReadSku = SkuRow & Pick<ProductRow, 'listedAt'>;

export const skuById = oneByKey<ReadSku>({
  name: 'skuById',
  columns: SKU_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(sql<ReadSku>`select ${selectAsked('t', SKU_COLUMNS, scope, 'id')}, p.listed_at as "listedAt"
      from sku t join product p on p.id = t.product_id where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

export const skusOfProduct = manyByKey<ReadSku>({
  name: 'skusOfProduct',
  columns: SKU_COLUMNS,
  read: (keys, scope) =>
    scope.sql.rows(sql<ReadSku>`select ${selectAsked('t', SKU_COLUMNS, scope, 'productId')}, p.listed_at as "listedAt"
      from sku t join product p on p.id = t.product_id where t.product_id = any(${keys}::uuid[]) order by t.id`),
  keyOf: (row) => row.productId,
});
