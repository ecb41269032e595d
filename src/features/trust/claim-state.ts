import type { Transitions } from '../../kernel/transitions.ts';

export type ClaimState = 'OPEN' | 'UPHELD' | 'DISMISSED';
/** Who pays the buyer. The creator never does: the refund takes its commission, and more it does not owe. */
export type ClaimPayer = 'BRAND' | 'ALLIANCE';
export type ClaimDecider = 'OPERATOR' | 'BRAND';

/** The life of a claim (domain.md, "Trust"): the first decision is the last one. */
export const CLAIM_MACHINE: Transitions<ClaimState> = {
  OPEN: ['UPHELD', 'DISMISSED'],
  UPHELD: [],
  DISMISSED: [],
};
