import type { Database } from '../../db/database.ts';
import { type EventAnswer, type ReportedEvent, takeOrderEvents } from '../order/index.ts';
import { postCommission } from './post-commission.ts';

/** The most events that one call may bring. */
export const MAX_EVENTS = 1000;

/**
 * Takes order events and posts their commission, in one transaction: the intake of every order, be it reported by a
 * shop system, replayed from a file or made for the demo. `reporterId` is the party whose sources the events name.
 */
export function ingestOrderEvents(
  database: Database,
  reporterId: string,
  events: readonly ReportedEvent[],
  now: Date,
): Promise<EventAnswer[]> {
  return database.transaction((tx) => takeOrderEvents(tx, reporterId, events, postCommission, now));
}
