import type { Transitions } from '../../kernel/transitions.ts';

export type ProposalKind = 'INVITATION' | 'CHANGE';
export type ProposalState = 'PROPOSED' | 'ACCEPTED' | 'DECLINED' | 'WITHDRAWN' | 'LAPSED';

/** What may become of a proposal: it is answered once, taken back, or lapses. */
export const PROPOSAL_MOVES: Transitions<ProposalState> = {
  PROPOSED: ['ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LAPSED'],
  ACCEPTED: [],
  DECLINED: [],
  WITHDRAWN: [],
  LAPSED: [],
};

const DAY_MS = 86_400_000;
/** For how long a proposal may be answered. */
export const PROPOSAL_LIFE_MS = 14 * DAY_MS;
