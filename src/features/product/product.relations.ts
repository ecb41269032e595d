import { relate } from '../../graphql/relation.ts';
import { Brand, brandById, type NamedBrand } from '../brand/index.ts';
import type { CategoryRow, ProductRow } from './product.entity.ts';
import {
  categoriesBelow,
  categoryById,
  productById,
  productsOfBrand,
  type ReadSku,
  skusOfProduct,
} from './product.loaders.ts';
import { Category, Product, Sku } from './product.types.ts';

export const productRelations = [
  ...relate<ProductRow>(Product, {
    brand: {
      kind: 'one',
      type: () => Brand,
      description: 'The brand that sells it.',
      key: ({ brandId }) => brandId,
      load: brandById,
      nullable: false,
    },
    category: {
      kind: 'one',
      type: () => Category,
      description: 'Its category, of the third level.',
      key: ({ categoryId }) => categoryId,
      load: categoryById,
      nullable: false,
    },
    skus: {
      kind: 'many',
      type: () => Sku,
      description: 'Its options with prices and stock, at most 100.',
      key: ({ id }) => id,
      load: skusOfProduct,
    },
  }),
  ...relate<ReadSku>(Sku, {
    product: {
      kind: 'one',
      type: () => Product,
      description: 'The product that it is an option of.',
      key: ({ productId }) => productId,
      load: productById,
      nullable: false,
    },
  }),
  ...relate<CategoryRow>(Category, {
    parent: {
      kind: 'one',
      type: () => Category,
      description: 'The category above; null at the top.',
      key: ({ parentId }) => parentId ?? null,
      load: categoryById,
      nullable: true,
    },
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
