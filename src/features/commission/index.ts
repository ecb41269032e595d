export { buildForest, type PayeeRole, type RoledNode } from './build-forest.ts';
export { ingestOrderEvents, MAX_EVENTS } from './ingest-order-events.ts';
export { divide } from './waterfall.ts';
