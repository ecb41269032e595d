import type { Transitions } from '../../kernel/transitions.ts';

export type FindingState = 'OPEN' | 'UPHELD' | 'DISMISSED' | 'SUPERSEDED';

/** The life of a finding: the first decision is the last one, unless the text is replaced before it. */
export const FINDING_MACHINE: Transitions<FindingState> = {
  OPEN: ['UPHELD', 'DISMISSED', 'SUPERSEDED'],
  UPHELD: [],
  DISMISSED: [],
  SUPERSEDED: [],
};

export type PenaltyKind = 'WARNING' | 'SUSPENDED' | 'EXPELLED';

export type AppealState = 'OPEN' | 'GRANTED' | 'REJECTED';

/** An appeal is decided once. */
export const APPEAL_MACHINE: Transitions<AppealState> = {
  OPEN: ['GRANTED', 'REJECTED'],
  GRANTED: [],
  REJECTED: [],
};
