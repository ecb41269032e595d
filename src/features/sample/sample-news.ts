import type { Announcement, EventKind } from '../../db/outbox.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import type { SampleState } from './sample-state.ts';

/** Who moves a request: one of its sides, or time, an order or a rule, of which both sides are told. */
export type Doer = 'BRAND' | 'CREATOR' | 'TIME';

/** What is told of each state when it is entered. */
const KINDS: Readonly<Record<SampleState, EventKind>> = {
  PENDING: 'SAMPLE_ASKED',
  APPROVED: 'SAMPLE_APPROVED',
  REJECTED: 'SAMPLE_REJECTED',
  WITHDRAWN: 'SAMPLE_WITHDRAWN',
  SHIPPED: 'SAMPLE_SHIPPED',
  NOT_SHIPPED: 'SAMPLE_NOT_SHIPPED',
  CONTENT_DUE: 'SAMPLE_ARRIVED',
  OVERDUE: 'SAMPLE_OVERDUE',
  FULFILLED: 'SAMPLE_FULFILLED',
};

/** What is told of a request that has entered its state: to the side that did not do it, or to both. */
export function newsOf(request: SampleRequestRow, by: Doer): Announcement[] {
  const { brandId, creatorId } = request;
  const to = [...(by === 'BRAND' ? [] : [brandId]), ...(by === 'CREATOR' ? [] : [creatorId])];
  const data = dataOf(request);
  return [{ kind: KINDS[request.state], subject: subjectOf(request), to, data }];
}

function dataOf({ state, contentDueAt, fulfilledBy }: SampleRequestRow): Record<string, string | null> {
  if (state === 'CONTENT_DUE') return { dueAt: contentDueAt?.toISOString() ?? null };
  return state === 'FULFILLED' ? { fulfilledBy: fulfilledBy ?? null } : {};
}

/** A reminder to whoever has to act: the creator of content, the brand of an answer or a parcel. */
export function reminderOf(
  request: SampleRequestRow,
  { remind, daysLeft, limit }: { remind: EventKind; daysLeft: number; limit: Date },
): Announcement {
  const to = [remind === 'SAMPLE_CONTENT_DUE' ? request.creatorId : request.brandId];
  const data = { daysLeft, dueAt: limit.toISOString() };
  return { kind: remind, subject: subjectOf(request), to, data };
}

const subjectOf = ({ id }: SampleRequestRow) => ({ type: 'SampleRequest', id });
