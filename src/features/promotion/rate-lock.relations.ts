import { rule, selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, creatorById, type NamedCreator, seesOfCreator } from '../creator/index.ts';
import { itsBrand, Plan, type ReadPlan } from '../plan/index.ts';
import { Product, productById } from '../product/index.ts';
import { PlanPreviewCreator } from './plan-preview.types.ts';
import type { PreviewedTerms } from './preview-plan.ts';
import { type HeldLock, rateLocksOfBrand, rateLocksOfCreator, rateLocksOfPlan } from './rate-lock.loaders.ts';
import { RateLock } from './rate-lock.types.ts';

const creatorOf = (description: string) =>
  ({
    kind: 'one',
    type: () => Creator,
    description,
    key: ({ creatorId }: { creatorId: string }) => creatorId,
    load: creatorById,
    nullable: false,
  }) as const;

const product = {
  kind: 'one',
  type: () => Product,
  description: 'The product that it is for.',
  key: ({ productId }: { productId: string }) => productId,
  load: productById,
  nullable: true,
} as const;

/** A lock shows what is in the showcase and what it pays. */
const ratesOfShowcase = rule<NamedCreator>(
  'the creator, operators, and the managing agency where the contract lets it see SHOWCASE and EARNINGS',
  (actor, creator) => seesOfCreator(actor, creator, 'SHOWCASE') && seesOfCreator(actor, creator, 'EARNINGS'),
);

export const rateLockRelations = [
  ...relate<NamedCreator>(Creator, {
    rateLocks: {
      kind: 'page',
      type: () => RateLock,
      description:
        'The older rates that the creator has a right to, or will have from midnight on; first to end first.',
      key: ({ id }) => id,
      load: rateLocksOfCreator,
      access: ratesOfShowcase,
    },
  }),
  ...relate<NamedBrand>(Brand, {
    rateLocks: {
      kind: 'page',
      type: () => RateLock,
      description: 'The older rates that creators have a right to for its products; first to end first.',
      key: ({ id }) => id,
      load: rateLocksOfBrand,
      access: selfAndOperators,
    },
  }),
  ...relate<ReadPlan>(Plan, {
    rateLocks: {
      kind: 'page',
      type: () => RateLock,
      description: 'The older rates of this plan that creators have a right to; first to end first.',
      key: ({ id }) => id,
      load: rateLocksOfPlan,
      access: itsBrand,
    },
  }),
  ...relate<HeldLock>(RateLock, { creator: creatorOf('Who has the right.'), product }),
  ...relate<PreviewedTerms>(PlanPreviewCreator, { creator: creatorOf('Whose terms they are.'), product }),
];
