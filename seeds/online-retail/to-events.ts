import type { OrderEvent } from '../../src/features/order/index.ts';
import { pence } from './amounts.ts';
import type { MatchedRefund } from './match-refunds.ts';
import { brandId, creatorNo, linkCode, SOURCE } from './names.ts';
import type { Row } from './rows.ts';

const DAY_MS = 24 * 60 * 60_000;
/** When a line's goods leave and arrive, in days after its invoice. */
const SHIPPED_AFTER = 1;
const RECEIVED_AFTER = 5;
/** Stands as the reason on a refund that no line was found for. Its event waits for one, since the rule keeps it. */
const UNMATCHED_REFUND = 'UNMATCHED_REFUND';

const later = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);

/** Ids of brands by the digits that name them: a hash for each of half a million rows takes longer than a look-up. */
const brandIds = new Map<string, string>();

function brandOf(stockCode: string): string {
  const digits = stockCode.slice(0, 2);
  const id = brandIds.get(digits) ?? brandId(stockCode);
  brandIds.set(digits, id);
  return id;
}

/** The life of a line, without refunds. */
export function lineEvents(row: Row, itemTotalMinor: bigint): OrderEvent[] {
  const { invoiceNo: orderNo, lineNo, stockCode, at, customer, quantity } = row;
  const brand = brandOf(stockCode);
  const event = (kind: OrderEvent['kind'], occurredAt: Date): OrderEvent => ({
    eventId: `${orderNo}/${lineNo}/${kind}`,
    source: SOURCE,
    brandId: brand,
    kind,
    orderNo,
    lineNo,
    occurredAt,
  });
  const placed = {
    skuCode: stockCode,
    quantity,
    buyerRef: customer === null ? 'guest' : String(customer),
    currency: 'GBP',
    itemTotalMinor,
    brandDiscountMinor: 0n,
    platformDiscountMinor: 0n,
    creatorDiscountMinor: 0n,
    freightMinor: 0n,
    taxMinor: 0n,
    linkCode: customer === null ? null : linkCode(creatorNo(customer), stockCode),
    liveSessionId: null,
    boosted: false,
    shareCode: null,
  };
  return [
    { ...event('PLACED', at), placed },
    event('PAID', at),
    event('SHIPPED', later(at, SHIPPED_AFTER)),
    event('RECEIVED', later(at, RECEIVED_AFTER)),
  ];
}

/** A refund of the line that it was matched to, or else of a line of its own number that nobody ever placed. */
export function refundEvent(row: Row, matched: MatchedRefund | undefined): OrderEvent {
  const { invoiceNo, lineNo, stockCode, at, quantity, price } = row;
  return {
    eventId: `${invoiceNo}/${lineNo}/REFUNDED`,
    source: SOURCE,
    brandId: brandOf(stockCode),
    kind: 'REFUNDED',
    orderNo: matched?.orderNo ?? invoiceNo,
    lineNo: matched?.lineNo ?? lineNo,
    occurredAt: at,
    refund: { amountMinor: matched?.amountMinor ?? pence(quantity, price), quantity },
    reason: matched === undefined ? UNMATCHED_REFUND : null,
  };
}
