import { idOfType } from '../../kernel/ids.ts';
import type {
  OrderEvent,
  OrderEventInput,
  PlacedDetail,
  PlacedInput,
  RefundDetail,
  RefundInput,
  ReportedEvent,
} from '../order/index.ts';

/** Who reports, and for which brands. */
export interface Reporter {
  /** The party whose sources the events name. */
  readonly id: string;
  readonly brandIds: readonly string[];
  readonly anyBrand: boolean;
}

/** Reads one event of the API; what is wrong with it is told at its own place. Never throws. */
export function toOrderEvent(input: OrderEventInput, source: string, reporter: Reporter): ReportedEvent {
  const brandId = brandOf(input.brandId, reporter);
  if (brandId === undefined) {
    const message = 'No such brand that you may report orders for. Operators name the brand of each event.';
    return { problem: { code: 'BRAND_NOT_FOUND', message, field: 'brandId' } };
  }
  const session = input.placed?.liveSessionId;
  const liveSessionId = session == null ? null : idOfType(session, 'LiveSession');
  if (liveSessionId === undefined) {
    const message = 'This is not the id of a live session.';
    return { problem: { code: 'INVALID', message, field: 'placed.liveSessionId' } };
  }
  const event: OrderEvent = {
    eventId: input.eventId,
    source,
    brandId,
    kind: input.kind,
    orderNo: input.orderNo,
    lineNo: Number(input.lineNo),
    occurredAt: input.occurredAt,
    placed: input.placed == null ? undefined : toDetail(input.placed, liveSessionId),
    refund: input.refund == null ? undefined : toRefund(input.refund),
    reason: input.reason ?? null,
  };
  return event;
}

const toRefund = ({ amountMinor, quantity }: RefundInput): RefundDetail => ({
  amountMinor,
  quantity: Number(quantity),
});

function brandOf(globalId: string | null | undefined, { brandIds, anyBrand }: Reporter): string | undefined {
  if (globalId == null) return brandIds.length === 1 ? brandIds[0] : undefined;
  const id = idOfType(globalId, 'Brand');
  return id !== undefined && (anyBrand || brandIds.includes(id)) ? id : undefined;
}

/** In a fixed order of fields, because the content is hashed to tell a repetition from another content. */
function toDetail(placed: PlacedInput, liveSessionId: string | null): PlacedDetail {
  return {
    skuCode: placed.skuCode,
    quantity: Number(placed.quantity),
    buyerRef: placed.buyerRef,
    currency: placed.currencyCode ?? null,
    itemTotalMinor: placed.itemTotalMinor,
    brandDiscountMinor: placed.brandDiscountMinor,
    platformDiscountMinor: placed.platformDiscountMinor,
    creatorDiscountMinor: placed.creatorDiscountMinor,
    freightMinor: placed.freightMinor,
    taxMinor: placed.taxMinor,
    linkCode: placed.linkCode ?? null,
    liveSessionId,
    boosted: placed.boosted,
    shareCode: placed.shareCode ?? null,
  };
}
