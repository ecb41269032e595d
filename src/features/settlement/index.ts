export { ingestOrderEvents, MAX_EVENTS, postLines } from './ingest-order-events.ts';
export { IntakeResolver } from './intake.resolver.ts';
export { recoverFromBalance } from './recover.ts';
export { releaseReserves } from './release-reserves.ts';
export { type SettlementSummary, settleDue } from './settle-due.ts';
