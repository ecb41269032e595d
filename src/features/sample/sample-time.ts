import type { EventKind } from '../../db/outbox.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import type { SampleState } from './sample-state.ts';

const DAY_MS = 86_400_000;

/** Days of 24 hours in which a brand answers (TikTok Shop Affiliate, Sample Guide for Sellers). */
export const ANSWER_DAYS = 7;
/** Days of 24 hours after shipping from which a parcel counts as arrived, if the creator has not said so. */
export const ARRIVAL_DAYS = 7;
/** Days of 24 hours after an unkept date for content in which an order still makes it good. */
export const LATE_ORDER_DAYS = 90;

export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);

/** Something that time alone does to a request: a reminder to one side, or the end of a limit. */
export type Moment = { readonly at: Date } & (
  | { readonly remind: EventKind; readonly daysLeft: number; readonly limit: Date }
  | { readonly lapse: SampleState }
);

/** All that time will do to a request in the state that it is in, in order. */
function calendarOf(request: SampleRequestRow): Moment[] {
  switch (request.state) {
    case 'PENDING':
      return until(request.answerDueAt, 'REJECTED', 'SAMPLE_ANSWER_DUE', [1]);
    case 'APPROVED':
      return until(request.shipDueAt, 'NOT_SHIPPED', 'SAMPLE_SHIPPING_DUE', [1]);
    case 'SHIPPED':
      return until(request.arrivalDueAt, 'CONTENT_DUE');
    case 'CONTENT_DUE':
      return until(request.contentDueAt, 'OVERDUE', 'SAMPLE_CONTENT_DUE', [3, 1]);
    default:
      return [];
  }
}

function until(
  limit: Date | null | undefined,
  lapse: SampleState,
  remind?: EventKind,
  days: number[] = [],
): Moment[] {
  if (limit == null) throw new Error(`A request that becomes ${lapse} by time has no limit.`);
  const reminders = days.map((daysLeft) => ({
    at: daysAfter(limit, -daysLeft),
    remind: remind as EventKind,
    daysLeft,
    limit,
  }));
  return [...reminders, { at: limit, lapse }];
}

/** What time does next, later than `after`. A reminder whose day had passed when the state was entered is none. */
export const momentAfter = (request: SampleRequestRow, after: Date): Moment | undefined =>
  calendarOf(request).find(({ at }) => at > after);

/** What time has to do to the request by now: the earliest of it. */
export function momentDue(request: SampleRequestRow, now: Date): Moment | undefined {
  const { wakeAt } = request;
  if (wakeAt == null || wakeAt > now) return undefined;
  return calendarOf(request).find(({ at }) => at.getTime() === wakeAt.getTime());
}
