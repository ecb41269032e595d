export { attributionRelations } from './attribution.relations.ts';
export { AttributionClaimResolver } from './claim.resolver.ts';
export { decideAttributionClaim } from './decide-claim.ts';
export { openAttributionClaim } from './open-claim.ts';
