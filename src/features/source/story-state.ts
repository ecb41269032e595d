import type { Transitions } from '../../kernel/transitions.ts';

export type StoryState =
  | 'SUBMITTED'
  | 'CONFIRMED'
  | 'VERIFIED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'SUPERSEDED'
  | 'EXPIRED'
  | 'REVOKED'
  | 'LEFT_BELT';

/**
 * The life of a version of a source story. One that names a belt is CONFIRMED by the agency of the belt before the
 * operator verifies it; another one is verified at once. What has ended is submitted anew, as a further version.
 */
export const STORY_MACHINE: Transitions<StoryState> = {
  SUBMITTED: ['CONFIRMED', 'VERIFIED', 'REJECTED', 'WITHDRAWN', 'LEFT_BELT'],
  CONFIRMED: ['VERIFIED', 'REJECTED', 'WITHDRAWN', 'LEFT_BELT'],
  VERIFIED: ['SUPERSEDED', 'EXPIRED', 'REVOKED', 'LEFT_BELT'],
  REJECTED: [],
  WITHDRAWN: [],
  SUPERSEDED: [],
  EXPIRED: [],
  REVOKED: [],
  LEFT_BELT: [],
};
