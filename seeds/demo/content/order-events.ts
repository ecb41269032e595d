import type { BrandKey, CreatorKey, ProductKey, SkuKey } from './shapes.ts';

interface LineEvent {
  /** Unique over all events of the demo. */
  eventId: string;
  orderNo: string;
  /** From 1 within the order; all lines of an order are of one brand. */
  lineNo: number;
  brand: BrandKey;
  occurredAt: Date;
}

/** The first event of a line, with all that is told about it only once. Amounts are fen. */
export interface PlacedEvent extends LineEvent {
  kind: 'PLACED';
  product: ProductKey;
  sku: SkuKey;
  quantity: number;
  itemTotalMinor: bigint;
  brandDiscountMinor: bigint;
  platformDiscountMinor: bigint;
  creatorDiscountMinor: bigint;
  freightMinor: bigint;
  taxMinor: bigint;
  buyerRef: string;
  /** Whose link the line carries, if any; that creator's showcase has the product. */
  creator: CreatorKey | null;
}

export interface StepEvent extends LineEvent {
  kind: 'PAID' | 'SHIPPED' | 'RECEIVED';
}

export interface CancelledEvent extends LineEvent {
  kind: 'CANCELLED';
  reason: string;
}

/** A part or the whole of what was paid for the goods; a quantity of 0 leaves the goods with the buyer. */
export interface RefundedEvent extends LineEvent {
  kind: 'REFUNDED';
  refundMinor: bigint;
  refundQuantity: number;
  reason: string;
}

export type DemoOrderEvent = PlacedEvent | StepEvent | CancelledEvent | RefundedEvent;
