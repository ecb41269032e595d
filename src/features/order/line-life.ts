import { minOf } from '../../kernel/money.ts';
import { byOccurrence, type OrderEvent } from './order-event.ts';
import { remainingBase } from './remaining-base.ts';

export type LineState = 'PLACED' | 'PAID' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED';

/** What has happened to a line, so far as it has been reported. It is the same whatever order the reports came in. */
export interface LineFacts {
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly receivedAt: Date | null;
  readonly cancelledAt: Date | null;
  /** The sum of all refunds reported, minor units; may be more than was paid. */
  readonly refundReportedMinor: bigint;
  readonly refundReportedQuantity: bigint;
}

/** What does not change about a line: what it was placed with. */
export interface LineAmounts {
  readonly baseMinor: bigint;
  readonly goodsPaidMinor: bigint;
  readonly quantity: number;
}

/** One move of a line's commission to a new target. */
export interface LineStep {
  readonly kind: 'ACCRUAL' | 'REFUND' | 'CANCELLATION';
  /** The event that brought it. */
  readonly eventId: string;
  readonly occurredAt: Date;
  readonly refundedMinor: bigint;
  readonly refundedQuantity: bigint;
  readonly remainingBaseMinor: bigint;
}

export const NOTHING_YET: LineFacts = {
  paidAt: null,
  shippedAt: null,
  receivedAt: null,
  cancelledAt: null,
  refundReportedMinor: 0n,
  refundReportedQuantity: 0n,
};

/** Sums stop here, so that no flood of refunds can pass what a column holds. */
const CEILING = 4_000_000_000_000_000_000n;

/**
 * Adds events to what is known of a line, in their canonical order, and gives the steps that its commission takes:
 * the accrual of the whole base at payment, then one step per refund or cancellation. The last target depends on
 * the set of all events alone, not on their order or on how they were batched.
 */
export function takeEvents(
  before: LineFacts,
  amounts: LineAmounts,
  events: readonly OrderEvent[],
): { facts: LineFacts; steps: LineStep[] } {
  let facts = before;
  const steps: LineStep[] = [];
  for (const event of [...events].sort(byOccurrence)) {
    const wasPaid = facts.paidAt !== null;
    const target = baseLeft(facts, amounts);
    facts = withEvent(facts, event);
    if (facts.paidAt === null) continue;
    if (!wasPaid) steps.push(step('ACCRUAL', event, NOTHING_YET, amounts));
    const start = wasPaid ? target : amounts.baseMinor;
    const moved = event.kind === 'REFUNDED' || baseLeft(facts, amounts) !== start;
    if (moved)
      steps.push(step(facts.cancelledAt === null ? 'REFUND' : 'CANCELLATION', event, facts, amounts));
  }
  return { facts, steps };
}

function withEvent(facts: LineFacts, { kind, occurredAt, refund }: OrderEvent): LineFacts {
  switch (kind) {
    case 'PLACED':
      return facts;
    case 'PAID':
      return { ...facts, paidAt: earlier(facts.paidAt, occurredAt) };
    case 'SHIPPED':
      return { ...facts, shippedAt: earlier(facts.shippedAt, occurredAt) };
    case 'RECEIVED':
      return { ...facts, receivedAt: earlier(facts.receivedAt, occurredAt) };
    case 'CANCELLED':
      return { ...facts, cancelledAt: earlier(facts.cancelledAt, occurredAt) };
    case 'REFUNDED':
      return {
        ...facts,
        refundReportedMinor: minOf(facts.refundReportedMinor + (refund?.amountMinor ?? 0n), CEILING),
        refundReportedQuantity: minOf(facts.refundReportedQuantity + BigInt(refund?.quantity ?? 0), CEILING),
      };
  }
}

const earlier = (known: Date | null, at: Date): Date => (known !== null && known <= at ? known : at);

function step(kind: LineStep['kind'], event: OrderEvent, facts: LineFacts, amounts: LineAmounts): LineStep {
  return {
    kind,
    eventId: event.eventId,
    occurredAt: event.occurredAt,
    refundedMinor: refundedOf(facts, amounts),
    refundedQuantity: facts.refundReportedQuantity,
    remainingBaseMinor: baseLeft(facts, amounts),
  };
}

/** The state of a line: the furthest that was reached, or CANCELLED when that came before shipping. */
export function stateOf({ paidAt, shippedAt, receivedAt, cancelledAt }: LineFacts): LineState {
  const shipped = earliest(shippedAt, receivedAt);
  if (cancelledAt !== null && (shipped === null || cancelledAt < shipped)) return 'CANCELLED';
  if (receivedAt !== null) return 'RECEIVED';
  if (shippedAt !== null) return 'SHIPPED';
  return paidAt === null ? 'PLACED' : 'PAID';
}

const earliest = (a: Date | null, b: Date | null): Date | null =>
  a === null || (b !== null && b < a) ? b : a;

/** What was given back, at most what was paid. A cancellation after shipping is a return of all. */
export function refundedOf(facts: LineFacts, { goodsPaidMinor }: LineAmounts): bigint {
  if (facts.cancelledAt !== null && stateOf(facts) !== 'CANCELLED') return goodsPaidMinor;
  return minOf(facts.refundReportedMinor, goodsPaidMinor);
}

/** What is left of the commission base: nothing after a cancellation, else by the refunds together. */
export function baseLeft(facts: LineFacts, amounts: LineAmounts): bigint {
  if (facts.cancelledAt !== null) return 0n;
  const { refundReportedMinor: refundedMinor, refundReportedQuantity } = facts;
  return remainingBase({ ...amounts, refundedMinor, refundedQuantity: Number(refundReportedQuantity) });
}
