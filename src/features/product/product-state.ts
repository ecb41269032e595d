import type { Transitions } from '../../kernel/transitions.ts';

export type ProductState = 'DRAFT' | 'IN_REVIEW' | 'LISTED' | 'SUSPENDED' | 'DELISTED';

/** The life of a product in the pool (domain.md, "Products and the pool"). */
export const PRODUCT_STATES: Transitions<ProductState> = {
  /** What was listed in a live session alone may be dropped without having been in the pool. */
  DRAFT: ['IN_REVIEW', 'DELISTED'],
  IN_REVIEW: ['LISTED', 'DRAFT'],
  LISTED: ['SUSPENDED', 'DELISTED'],
  SUSPENDED: ['LISTED', 'DELISTED'],
  DELISTED: [],
};

export const PRODUCT_STATE_NAMES = Object.keys(PRODUCT_STATES) as ProductState[];
