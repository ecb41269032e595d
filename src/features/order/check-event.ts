import { MAX_AMOUNT_MINOR } from '../../kernel/money.ts';
import { isCleanText } from '../../kernel/text.ts';
import type { OrderEvent, PlacedDetail, RefundDetail } from './order-event.ts';

/** Why an event is refused; the caller can branch on it. */
export type EventProblemCode =
  | 'INVALID'
  | 'OUT_OF_RANGE'
  | 'OCCURRED_AT_OUT_OF_RANGE'
  | 'EVENT_ID_REUSED'
  | 'LINE_ALREADY_PLACED'
  | 'LINE_DETACHED'
  | 'SKU_NOT_FOUND'
  | 'BRAND_NOT_FOUND'
  | 'CURRENCY_MISMATCH'
  | 'LIVE_STOCK_SOLD_OUT'
  | 'LIVE_PRICE_EXCEEDED'
  | 'SKU_ONLY_IN_LIVE_SESSION';

export interface EventProblem {
  readonly code: EventProblemCode;
  readonly message: string;
  /** The field of the event. */
  readonly field: string;
}

export const MAX_QUANTITY = 1_000_000_000;
const MAX_LINE_NO = 1_000_000;
const EARLIEST = new Date('2000-01-01T00:00:00Z');
/** How far a shop's clock may run ahead of ours. */
const AHEAD_MS = 10 * 60_000;

/** The first thing that is wrong with an event by itself, if anything is. Never throws, whatever the event holds. */
export function checkEvent(event: OrderEvent, now: Date): EventProblem | undefined {
  return (
    textProblem(event.eventId, 'eventId', 1, 100) ??
    textProblem(event.source, 'source', 1, 60) ??
    textProblem(event.orderNo, 'orderNo', 1, 64) ??
    textProblem(event.reason ?? '', 'reason', 0, 500) ??
    countProblem(event.lineNo, 'lineNo', 1, MAX_LINE_NO) ??
    timeProblem(event.occurredAt, now) ??
    detailProblem(event)
  );
}

function detailProblem({ kind, placed, refund }: OrderEvent): EventProblem | undefined {
  if ((kind === 'PLACED') !== (placed !== undefined)) {
    return { code: 'INVALID', message: 'PLACED, and only that, says what was placed.', field: 'placed' };
  }
  if ((kind === 'REFUNDED') !== (refund !== undefined)) {
    return { code: 'INVALID', message: 'REFUNDED, and only that, says what was refunded.', field: 'refund' };
  }
  if (placed !== undefined) return placedProblem(placed);
  return refund === undefined ? undefined : refundProblem(refund);
}

function placedProblem(placed: PlacedDetail): EventProblem | undefined {
  const amounts = [
    'itemTotalMinor',
    'brandDiscountMinor',
    'platformDiscountMinor',
    'creatorDiscountMinor',
    'freightMinor',
    'taxMinor',
  ] as const;
  for (const field of amounts) {
    const problem = amountProblem(placed[field], `placed.${field}`);
    if (problem !== undefined) return problem;
  }
  return (
    textProblem(placed.skuCode, 'placed.skuCode', 1, 64) ??
    textProblem(placed.buyerRef, 'placed.buyerRef', 1, 100) ??
    textProblem(placed.linkCode ?? '', 'placed.linkCode', 0, 100) ??
    textProblem(placed.shareCode ?? '', 'placed.shareCode', 0, 100) ??
    countProblem(placed.quantity, 'placed.quantity', 1, MAX_QUANTITY) ??
    discountProblem(placed)
  );
}

/** Discounts that are more than the goods cost would let the brand's base fall below what anybody has paid. */
function discountProblem(placed: PlacedDetail): EventProblem | undefined {
  const { itemTotalMinor, brandDiscountMinor, platformDiscountMinor, creatorDiscountMinor } = placed;
  if (brandDiscountMinor + platformDiscountMinor + creatorDiscountMinor <= itemTotalMinor) return undefined;
  return { code: 'OUT_OF_RANGE', message: 'The discounts are more than the item total.', field: 'placed' };
}

function refundProblem({ amountMinor, quantity }: RefundDetail): EventProblem | undefined {
  const problem =
    amountProblem(amountMinor, 'refund.amountMinor') ??
    countProblem(quantity, 'refund.quantity', 0, MAX_QUANTITY);
  if (problem !== undefined || amountMinor > 0n || quantity > 0) return problem;
  return { code: 'OUT_OF_RANGE', message: 'A refund gives back money or pieces.', field: 'refund' };
}

function textProblem(text: string, field: string, min: number, max: number): EventProblem | undefined {
  if (text.length >= min && text.length <= max && isCleanText(text)) return undefined;
  const message = `${field} has ${min} to ${max} characters, whole Unicode and no control characters.`;
  return { code: 'INVALID', message, field };
}

function amountProblem(amount: bigint, field: string): EventProblem | undefined {
  if (amount >= 0n && amount <= MAX_AMOUNT_MINOR) return undefined;
  return {
    code: 'OUT_OF_RANGE',
    message: `${field} is a whole number of minor units from 0 to ${MAX_AMOUNT_MINOR}.`,
    field,
  };
}

function countProblem(count: number, field: string, min: number, max: number): EventProblem | undefined {
  if (Number.isInteger(count) && count >= min && count <= max) return undefined;
  return { code: 'OUT_OF_RANGE', message: `${field} is a whole number from ${min} to ${max}.`, field };
}

function timeProblem(occurredAt: Date, now: Date): EventProblem | undefined {
  const time = occurredAt.getTime();
  if (Number.isNaN(time)) {
    const message = 'occurredAt is a time of RFC 3339, such as 2026-06-16T20:00:00Z.';
    return { code: 'INVALID', message, field: 'occurredAt' };
  }
  if (time >= EARLIEST.getTime() && time <= now.getTime() + AHEAD_MS) return undefined;
  const message = 'occurredAt lies between the year 2000 and ten minutes from now.';
  return { code: 'OCCURRED_AT_OUT_OF_RANGE', message, field: 'occurredAt' };
}
