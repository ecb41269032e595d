import type { Transitions } from '../../kernel/transitions.ts';

/** Where an official event is. All but the last two follow from the time alone. */
export type OfficialEventState =
  | 'ANNOUNCED'
  | 'REGISTERING'
  | 'PREPARING'
  | 'RUNNING'
  | 'COUNTING'
  | 'CLOSED'
  | 'CANCELLED';

export type EventProductState =
  | 'REGISTERED'
  | 'APPROVED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'REMOVED'
  | 'CANCELLED';

/** The life of a registration. What was rejected or withdrawn may be registered again while that is open. */
export const EVENT_PRODUCT_MACHINE: Transitions<EventProductState> = {
  REGISTERED: ['APPROVED', 'REJECTED', 'WITHDRAWN', 'CANCELLED'],
  APPROVED: ['WITHDRAWN', 'REMOVED', 'CANCELLED'],
  REJECTED: ['REGISTERED'],
  WITHDRAWN: ['REGISTERED'],
  REMOVED: [],
  CANCELLED: [],
};

/** The moments of an official event. */
export interface EventTimes {
  readonly registerFrom: Date;
  readonly registerUntil: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly closedAt: Date | null;
  readonly cancelledAt: Date | null;
}

/** Where an official event is at a moment. */
export function stateAt(event: EventTimes, now: Date): OfficialEventState {
  if (event.cancelledAt !== null) return 'CANCELLED';
  if (event.closedAt !== null) return 'CLOSED';
  if (now < event.registerFrom) return 'ANNOUNCED';
  if (now < event.registerUntil) return 'REGISTERING';
  if (now < event.startsAt) return 'PREPARING';
  return now < event.endsAt ? 'RUNNING' : 'COUNTING';
}
