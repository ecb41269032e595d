import type { Transitions } from '../../kernel/transitions.ts';

/** How far the enrolment of a product in a campaign is. */
export type EnrolmentState =
  | 'PENDING'
  | 'APPROVED'
  | 'REJECTED'
  | 'REJECTED_FOR_GOOD'
  | 'WITHDRAWN'
  | 'ENDED';

/** Who was rejected, withdrew or has left may enrol the product anew, but for what was rejected for good. */
export const ENROLMENT_MOVES: Transitions<EnrolmentState> = {
  PENDING: ['APPROVED', 'REJECTED', 'REJECTED_FOR_GOOD', 'WITHDRAWN', 'ENDED'],
  APPROVED: ['ENDED'],
  REJECTED: [],
  REJECTED_FOR_GOOD: [],
  WITHDRAWN: [],
  ENDED: [],
};

/** The states from which this one may follow. */
export const statesBefore = (state: EnrolmentState): EnrolmentState[] =>
  (Object.keys(ENROLMENT_MOVES) as EnrolmentState[]).filter((from) => ENROLMENT_MOVES[from].includes(state));
