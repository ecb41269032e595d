/** What a shop system reports about one order line. */
export type OrderEventKind = 'PLACED' | 'PAID' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED' | 'REFUNDED';

/** What PLACED says of the line. All amounts in minor units of the order's currency. */
export interface PlacedDetail {
  /** The shop's own code of the SKU. */
  readonly skuCode: string;
  readonly quantity: number;
  /** The buyer, opaque. */
  readonly buyerRef: string;
  /** ISO 4217; the brand's when left out. */
  readonly currency: string | null;
  readonly itemTotalMinor: bigint;
  readonly brandDiscountMinor: bigint;
  readonly platformDiscountMinor: bigint;
  readonly creatorDiscountMinor: bigint;
  readonly freightMinor: bigint;
  readonly taxMinor: bigint;
  readonly linkCode: string | null;
  readonly liveSessionId: string | null;
  /** Whether the order was won by a boost: a plan may pay another rate for those. */
  readonly boosted: boolean;
  /** The code of the link by which another buyer has shared the product. */
  readonly shareCode: string | null;
}

/** What REFUNDED says: the money given back for goods, and the pieces sent back, 0 where the buyer keeps them. */
export interface RefundDetail {
  readonly amountMinor: bigint;
  readonly quantity: number;
}

export interface OrderEvent {
  /** Known by this together with the source. */
  readonly eventId: string;
  /** The reporting system, by a name of the reporter's own. */
  readonly source: string;
  readonly brandId: string;
  readonly kind: OrderEventKind;
  readonly orderNo: string;
  /** From 1. */
  readonly lineNo: number;
  readonly occurredAt: Date;
  readonly placed?: PlacedDetail;
  readonly refund?: RefundDetail;
  /** Why, in the shop's words. */
  readonly reason?: string | null;
}

const RANK: Readonly<Record<OrderEventKind, number>> = {
  PLACED: 0,
  PAID: 1,
  SHIPPED: 2,
  RECEIVED: 3,
  CANCELLED: 4,
  REFUNDED: 5,
};

/** The order in which the events of a line are taken: by time, then as they follow in life, then by id. */
export function byOccurrence(a: OrderEvent, b: OrderEvent): number {
  return (
    a.occurredAt.getTime() - b.occurredAt.getTime() ||
    RANK[a.kind] - RANK[b.kind] ||
    (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0)
  );
}

/**
 * One text for the line that an event is about. The brand is part of it: an operator reports for many brands from one
 * source, and two of them may number their orders alike.
 */
export const lineKeyOf = ({
  brandId,
  source,
  orderNo,
  lineNo,
}: Pick<OrderEvent, 'brandId' | 'source' | 'orderNo' | 'lineNo'>): string =>
  `${brandId}\u0000${source}\u0000${orderNo}\u0000${lineNo}`;
