export type { PayeeRole, RoledNode } from './build-forest.ts';
export { commissionRelations } from './commission.relations.ts';
export { CommissionResolver } from './commission.resolver.ts';
export { ingestOrderEvents, MAX_EVENTS } from './ingest-order-events.ts';
export { divide } from './waterfall.ts';
