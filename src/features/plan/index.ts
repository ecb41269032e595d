export { changePlan, type PlanChange } from './change-plan.ts';
export { closePlan } from './close-plan.ts';
export { createPlan } from './create-plan.ts';
export { CONFLICTS } from './find-conflicts.ts';
export { holdsLock } from './holds-lock.ts';
export { moveInPool, suspendInPool } from './list-product.ts';
export { lockRates, withdrawLocksAt } from './lock-rates.ts';
export { LostOffer, Offer, OfferKindEnum, TermsResolution } from './offer.types.ts';
export { PlanRow } from './plan.entity.ts';
export { planById, type ReadPlan } from './plan.loaders.ts';
export { planRelations } from './plan.relations.ts';
export { PlanResolver } from './plan.resolver.ts';
export { itsBrand, Plan } from './plan.types.ts';
export { OpenPlanMissing, PlanConflict, RestrictedFromPlans } from './plan-conflict.types.ts';
export { PlanDraftInput, PlanEditInput } from './plan-input.types.ts';
export { PoolResolver } from './pool.resolver.ts';
export { partOf, type RateTerms, rateOf } from './rate-of.ts';
export { toNewPlan, toOwnPlan, toPlanChange } from './read-plan-input.ts';
export { refreshDuePool, refreshPool, refreshSales } from './refresh-pool.ts';
export {
  type LostOffer as LostOfferValue,
  type Offer as OfferValue,
  type OfferKind,
  resolveTerms,
  type TermsResolution as TermsResolutionValue,
} from './resolve-terms.ts';
export { takesEffectAt } from './take-effect.ts';
export { type SettledLines, tallySettledLines } from './tally-lines.ts';
