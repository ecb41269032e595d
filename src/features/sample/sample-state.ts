import { mayMove, type Transitions } from '../../kernel/transitions.ts';

export type SampleState =
  | 'PENDING'
  | 'APPROVED'
  | 'SHIPPED'
  | 'CONTENT_DUE'
  | 'FULFILLED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'OVERDUE'
  | 'NOT_SHIPPED';

/**
 * The life of a request (domain.md, "Samples"). Content or an order may come while the parcel counts as on its way: it
 * shows that the parcel has arrived. An OVERDUE sample is still made good by late content.
 */
export const SAMPLE_STATES: Transitions<SampleState> = {
  PENDING: ['APPROVED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: ['SHIPPED', 'WITHDRAWN', 'NOT_SHIPPED'],
  SHIPPED: ['CONTENT_DUE', 'FULFILLED'],
  CONTENT_DUE: ['FULFILLED', 'OVERDUE'],
  OVERDUE: ['FULFILLED'],
  FULFILLED: [],
  REJECTED: [],
  WITHDRAWN: [],
  NOT_SHIPPED: [],
};

/** Whether the request may go to a state from where it is. */
export const mayGo = (from: SampleState, to: SampleState): boolean => mayMove(SAMPLE_STATES, from, to);
