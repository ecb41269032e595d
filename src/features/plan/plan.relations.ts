import { relate } from '../../graphql/relation.ts';
import { Brand, type NamedBrand, toBrand } from '../brand/index.ts';
import { Creator } from '../creator/index.ts';
import { Product, type ProductRow, toProductOrNone } from '../product/index.ts';
import {
  creatorsOfPlan,
  openPlanOfProduct,
  plansOfBrand,
  plansOfProduct,
  type ReadPlan,
  termsInForce,
  termsScheduled,
  versionsOfPlan,
} from './plan.loaders.ts';
import { itsBrand, Plan, PlanTerms } from './plan.types.ts';

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
    brand: toBrand('The brand that offers it.'),
    product: toProductOrNone('The product that it is on; null for SHOP_TARGETED.'),
    terms: {
      kind: 'one',
      type: () => PlanTerms,
      description: 'The version of its rates that is in force now; null when it is not open.',
      key: ({ id }) => id,
      load: termsInForce,
      nullable: true,
    },
    scheduledTerms: {
      kind: 'one',
      type: () => PlanTerms,
      description: 'The version that is to come into force, such as a cut at midnight.',
      key: ({ id }) => id,
      load: termsScheduled,
      nullable: true,
    },
    versions: {
      kind: 'page',
      type: () => PlanTerms,
      description: 'All versions of its rates, newest first, with those that were taken back.',
      key: ({ id }) => id,
      load: versionsOfPlan,
      access: itsBrand,
    },
    creators: {
      kind: 'page',
      type: () => Creator,
      description: 'The creators whom it names now; none for OPEN.',
      key: ({ id }) => id,
      load: creatorsOfPlan,
      access: itsBrand,
    },
  }),
];
