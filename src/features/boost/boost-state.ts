import type { Transitions } from '../../kernel/transitions.ts';

export type BoostState = 'ACTIVE' | 'PAUSED' | 'ENDED';
export type EndedBecause = 'BUDGET_SPENT' | 'TIME_OVER' | 'STOPPED';

/** The life of a boost. What has ended has given back what was left of its budget. */
export const BOOST_MACHINE: Transitions<BoostState> = {
  ACTIVE: ['PAUSED', 'ENDED'],
  PAUSED: ['ACTIVE', 'ENDED'],
  ENDED: [],
};
