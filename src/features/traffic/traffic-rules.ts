import type { AllotmentRules } from './allot-exposure.ts';
import type { TierRules } from './exposure-tier.ts';

/** What a version of the traffic policy decides about exposure (domain.md, "Fairness and traffic"). */
export interface TrafficRules extends AllotmentRules, TierRules {
  /** From how many pieces sold in 30 days on a brand counts as HEAD. */
  readonly headSales: number;
}

/**
 * The rules that an alliance begins with. The base exposure and the part of those that are not HEAD are domain.md's; the
 * limit of the day leaves room for what newcomers add to the coefficient over weeks, which is to stay below 0.6.
 */
export const FIRST_TRAFFIC_RULES: TrafficRules = {
  tierExposures: [300, 1_000, 3_000, 10_000, 30_000],
  climbBp: 12_000,
  fallBp: 8_000,
  giniLimitBp: 5_500,
  nonHeadShareBp: 7_000,
  headSales: 100_000,
};
