export { addToShowcase, createLink } from './pick-product.ts';
export { LiveSessionRow, PromotionLinkRow, ShowcaseItemRow } from './promotion.entity.ts';
export { liveSessionById } from './promotion.loaders.ts';
export { promotionRelations } from './promotion.relations.ts';
export { PromotionResolver } from './promotion.resolver.ts';
export { rateLockRelations } from './rate-lock.relations.ts';
export { type Click, recordClicks } from './record-clicks.ts';
export { endLiveSession, startLiveSession } from './start-live-session.ts';
export { type TermsQuestion, termsFor } from './terms-for.ts';
