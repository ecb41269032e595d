import type { Announcement } from '../../db/outbox.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import { type Doer, newsOf, reminderOf } from './sample-news.ts';
import { mayGo, type SampleState } from './sample-state.ts';
import { ANSWER_DAYS, daysAfter, type Moment, momentAfter, momentDue } from './sample-time.ts';

/** A request as it stands now, and what parties are to be told of how it came there. */
export interface SampleChange {
  readonly request: SampleRequestRow;
  readonly news: readonly Announcement[];
}

/** The first paid order line of the creator and the product that was placed after shipping. */
export interface PaidLine {
  readonly lineId: string;
  readonly paidAt: Date;
}

/** What a move writes beside the state. */
export type Stamp = Partial<SampleRequestRow>;

/** The one place where a request changes its state: the move is one of the machine, and time goes on from its moment. */
export function go(
  request: SampleRequestRow,
  to: SampleState,
  at: Date,
  stamp: Stamp,
  by: Doer,
): SampleChange {
  if (!mayGo(request.state, to)) throw new Error(`A sample cannot go from ${request.state} to ${to}.`);
  const moved = { ...request, ...stamp, state: to };
  const after = { ...moved, wakeAt: momentAfter(moved, at)?.at ?? null };
  return { request: after, news: newsOf(after, by) };
}

/** What approval writes: by when the brand has to ship. */
export const approval = ({ shipDays }: SampleRequestRow, at: Date, automatic: boolean): Stamp => ({
  approvedAt: at,
  automatic,
  shipDueAt: daysAfter(at, shipDays),
});

/** What arrival writes: by when content is due. */
export const arrival = ({ contentDays }: SampleRequestRow, at: Date): Stamp => ({
  arrivedAt: at,
  contentDueAt: daysAfter(at, contentDays),
});

/** What fulfilment writes. A date for content that was kept after all, as a late report shows, was never overdue. */
export const fulfilment = (
  { contentDueAt, overdueAt }: SampleRequestRow,
  at: Date,
  by: 'CONTENT' | 'ORDER',
): Stamp => ({
  fulfilledAt: at,
  fulfilledBy: by,
  overdueAt: contentDueAt != null && at < contentDueAt ? null : overdueAt,
});

/**
 * Brings a request to where it is at a moment: every limit that has passed and every reminder that was due in their
 * order, each with the moment that it was due, and the order that fulfils it at the moment of its payment. However
 * late this is called, and however often, the outcome is the same.
 */
export function passTime(before: SampleRequestRow, paid: PaidLine | null, now: Date): SampleChange {
  let change: SampleChange = { request: before, news: [] };
  for (let due = momentDue(before, now); due !== undefined; due = momentDue(change.request, now)) {
    if (paid !== null && paid.paidAt < due.at && mayGo(change.request.state, 'FULFILLED')) break;
    change = joined(change, take(change.request, due, now));
  }
  if (paid === null || !mayGo(change.request.state, 'FULFILLED')) return change;
  const stamp = { ...fulfilment(change.request, paid.paidAt, 'ORDER'), orderLineId: paid.lineId };
  return joined(change, go(change.request, 'FULFILLED', paid.paidAt, stamp, 'TIME'));
}

const joined = ({ news }: SampleChange, next: SampleChange): SampleChange => ({
  request: next.request,
  news: [...news, ...next.news],
});

function take(request: SampleRequestRow, moment: Moment, now: Date): SampleChange {
  if ('lapse' in moment) {
    return go(request, moment.lapse, moment.at, lapse(request, moment.lapse, moment.at), 'TIME');
  }
  const after = { ...request, wakeAt: momentAfter(request, moment.at)?.at ?? null };
  // Whoever is reminded of a limit that has passed learns of its end instead.
  return { request: after, news: moment.limit > now ? [reminderOf(request, moment)] : [] };
}

/** What the end of a limit writes, at the moment at which it ended. */
function lapse(request: SampleRequestRow, to: SampleState, at: Date): Stamp {
  switch (to) {
    case 'REJECTED':
      return { endedAt: at, reason: `The brand did not answer within ${ANSWER_DAYS} days.` };
    case 'NOT_SHIPPED':
      return { endedAt: at, reason: `The brand did not ship within ${request.shipDays} days.` };
    case 'CONTENT_DUE':
      return arrival(request, at);
    default:
      return { overdueAt: at };
  }
}

/** Whether it was fulfilled after the date for content. */
export const isLate = ({ fulfilledAt, contentDueAt }: SampleRequestRow): boolean =>
  fulfilledAt != null && contentDueAt != null && fulfilledAt >= contentDueAt;
