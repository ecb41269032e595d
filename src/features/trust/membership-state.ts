import type { Transitions } from '../../kernel/transitions.ts';

export type MembershipState = 'APPLIED' | 'MEMBER' | 'LEFT' | 'EXPELLED';

/** The life of a membership in Trust Buy. Whoever has left or was expelled applies anew, with a membership of its own. */
export const MEMBERSHIP_MACHINE: Transitions<MembershipState> = {
  APPLIED: ['MEMBER', 'LEFT'],
  MEMBER: ['LEFT', 'EXPELLED'],
  LEFT: [],
  EXPELLED: [],
};
