import type { Transitions } from '../../kernel/transitions.ts';

export type ProductState = 'DRAFT' | 'IN_REVIEW' | 'LISTED' | 'SUSPENDED' | 'DELISTED';

/** The life of a product in the pool (domain.md, "Products and the pool"). */
export const PRODUCT_STATES: Transitions<ProductState> = {
  DRAFT: ['IN_REVIEW'],
  IN_REVIEW: ['LISTED', 'DRAFT'],
  LISTED: ['SUSPENDED', 'DELISTED'],
  SUSPENDED: ['LISTED', 'DELISTED'],
  DELISTED: [],
};
