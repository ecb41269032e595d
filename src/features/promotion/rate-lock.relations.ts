import { rule, selfAndOperators } from '../../graphql/access.ts';
import { relate } from '../../graphql/relation.ts';
import { Brand, type NamedBrand } from '../brand/index.ts';
import { Creator, type NamedCreator, seesOfCreator, toCreator } from '../creator/index.ts';
import { itsBrand, Plan, type ReadPlan } from '../plan/index.ts';
import { toProductOrNone } from '../product/index.ts';
import { PlanPreviewCreator } from './plan-preview.types.ts';
import type { PreviewedTerms } from './preview-plan.ts';
import { type HeldLock, rateLocksOfBrand, rateLocksOfCreator, rateLocksOfPlan } from './rate-lock.loaders.ts';
import { RateLock } from './rate-lock.types.ts';

const product = toProductOrNone('The product that it is for.');

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
  ...relate<HeldLock>(RateLock, { creator: toCreator('Who has the right.'), product }),
  ...relate<PreviewedTerms>(PlanPreviewCreator, { creator: toCreator('Whose terms they are.'), product }),
];
