export type { Evidence } from './attribute-line.ts';
export type { EventAnswer } from './classify-events.ts';
export { commissionBase, goodsPaid } from './commission-base.ts';
export { creditLine, type NotCredited } from './credit-line.ts';
export type { FrozenTerms } from './freeze-terms.ts';
export { type LineStep, stateOf } from './line-life.ts';
export { LINE_COLUMNS, type LinePlace, type LineRow } from './line-store.ts';
export type { LineChange } from './move-lines.ts';
export { operatorsOfOrders, shopSide, visibleLine } from './order.access.ts';
export { lineById, newestFirst, type ReadLine } from './order.loaders.ts';
export { orderRelations } from './order.relations.ts';
export { OrderLine } from './order.types.ts';
export { lineKeyOf, type OrderEvent, type PlacedDetail, type RefundDetail } from './order-event.ts';
export {
  OrderEventInput,
  OrderEventsIngested,
  OrderEventsIngestInput,
  type PlacedInput,
  type RefundInput,
} from './order-event.types.ts';
export { releaseUnpaid } from './release-unpaid.ts';
export { remainingBase } from './remaining-base.ts';
export { isSold } from './sold-line.ts';
export {
  type OrderReport,
  type PostLines,
  type ReportedEvent,
  takeOrderEvents,
  takeReports,
} from './take-order-events.ts';
