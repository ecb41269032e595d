import { relate, toOne, toOneOrNone } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import type { CategoryRow, ProductRow } from './product.entity.ts';
import {
  categoriesBelow,
  categoryById,
  productById,
  productsOfBrand,
  type ReadSku,
  skuById,
  skusOfProduct,
} from './product.loaders.ts';
import { Category, Product, Sku } from './product.types.ts';

/** The product, its option and the category of rows that hold their ids. */
export const toProduct = (description: string) => toOne(() => Product, productById, 'productId', description);
export const toProductOrNone = (description: string) =>
  toOneOrNone(() => Product, productById, 'productId', description);
export const toSku = (description: string) => toOne(() => Sku, skuById, 'skuId', description);
export const toSkuOrNone = (description: string) => toOneOrNone(() => Sku, skuById, 'skuId', description);
export const toCategory = (description: string) =>
  toOne(() => Category, categoryById, 'categoryId', description);

export const productRelations = [
  ...relate<ProductRow>(Product, {
    brand: toBrand('The brand that sells it.'),
    category: toCategory('Its category, of the third level.'),
    skus: {
      kind: 'many',
      type: () => Sku,
      description: 'Its options with prices and stock, at most 100.',
      key: ({ id }) => id,
      load: skusOfProduct,
    },
  }),
  ...relate<ReadSku>(Sku, {
    product: toProduct('The product that it is an option of.'),
  }),
  ...relate<CategoryRow>(Category, {
    parent: toOneOrNone(() => Category, categoryById, 'parentId', 'The category above; null at the top.'),
    children: {
      kind: 'many',
      type: () => Category,
      description: 'The categories right below.',
      key: ({ id }) => id,
      load: categoriesBelow,
    },
  }),
  ...relate<NamedBrand>(Brand, {
    products: {
      kind: 'page',
      type: () => Product,
      description: 'Its products, newest first: for others than itself and operators those that were listed.',
      key: ({ id }) => id,
      load: productsOfBrand,
    },
  }),
];
