import { relate } from '../../graphql/relation.ts';
import { Brand, brandById, type NamedBrand } from '../brand/index.ts';
import { Product, type ProductRow, productById } from '../product/index.ts';
import { openPlanOfProduct, plansOfBrand, plansOfProduct, type ReadPlan } from './plan.loaders.ts';
import { Plan } from './plan.types.ts';

export const planRelations = [
  ...relate<ProductRow>(Product, {
    openPlan: {
      kind: 'one',
      type: () => Plan,
      description: 'The plan for every creator that is in force, if there is one.',
      key: ({ id }) => id,
      load: openPlanOfProduct,
      nullable: true,
    },
    plans: {
      kind: 'page',
      type: () => Plan,
      description: 'The plans on it that are open to the caller, newest first.',
      key: ({ id }) => id,
      load: plansOfProduct,
    },
  }),
  ...relate<NamedBrand>(Brand, {
    plans: {
      kind: 'page',
      type: () => Plan,
      description: 'Its plans that are open to the caller, newest first.',
      key: ({ id }) => id,
      load: plansOfBrand,
    },
  }),
  ...relate<ReadPlan>(Plan, {
    brand: {
      kind: 'one',
      type: () => Brand,
      description: 'The brand that offers it.',
      key: ({ brandId }) => brandId,
      load: brandById,
      nullable: false,
    },
    product: {
      kind: 'one',
      type: () => Product,
      description: 'The product that it is on; null for SHOP_TARGETED.',
      key: ({ productId }) => productId ?? null,
      load: productById,
      nullable: true,
    },
  }),
];
