/** What of a version of the traffic policy decides about tiers. */
export interface TierRules {
  /** What a work gets in the day at most by tier, from tier 0 on: the first is the base exposure. They rise. */
  readonly tierExposures: readonly number[];
  /** At this part of the conversion rate of all works or more a work climbs, in basis points. */
  readonly climbBp: number;
  /** Below this part of it a work falls, in basis points. */
  readonly fallBp: number;
}

/** How a work did of late. */
export interface Shown {
  readonly tier: number;
  /** What it was shown in all its time. */
  readonly shown: number;
  /** How many exposures and conversions the last days had; the younger a day, the more it may count. */
  readonly recentShown: number;
  readonly recentConversions: number;
}

export type TierReason = 'BASE' | 'CLIMBED' | 'KEPT' | 'FELL';

export interface TierMove {
  readonly tier: number;
  readonly reason: TierReason;
}

/** Exposures that an estimate takes for granted at the rate of all works, so that a first lucky sale is not taken for a rule. */
const PRIOR_EXPOSURES = 100;
const MILLION = 1_000_000;

/** The conversion rate of all works together, per million exposures. */
export function commonRate(works: Iterable<Pick<Shown, 'recentShown' | 'recentConversions'>>): number {
  let shown = 0;
  let conversions = 0;
  for (const work of works) {
    shown += work.recentShown;
    conversions += work.recentConversions;
  }
  return shown === 0 ? 0 : Math.floor((conversions * MILLION) / shown);
}

/** The estimated conversion rate of a work, per million exposures; that of all works (`common`) as long as it was not shown. */
export const estimatedRate = (
  { recentShown, recentConversions }: Pick<Shown, 'recentShown' | 'recentConversions'>,
  common: number,
): number =>
  Math.floor((recentConversions * MILLION + PRIOR_EXPOSURES * common) / (recentShown + PRIOR_EXPOSURES));

/**
 * The tier of a work after a day: what has not had its base exposure stays at tier 0, what converts climbs to the next
 * tier, what hardly converts falls to the one before.
 */
export function nextTier(work: Shown, common: number, rules: TierRules): TierMove {
  const { tierExposures, climbBp, fallBp } = rules;
  const top = tierExposures.length - 1;
  const tier = Math.min(work.tier, top);
  if (work.shown < tierExposures[0]!) return { tier: 0, reason: 'BASE' };
  const rate = estimatedRate(work, common) * 10_000;
  // Where nothing has been sold at all, nothing climbs.
  if (common > 0 && tier < top && rate >= common * climbBp) return { tier: tier + 1, reason: 'CLIMBED' };
  if (tier > 0 && rate < common * fallBp) return { tier: tier - 1, reason: 'FELL' };
  return { tier, reason: 'KEPT' };
}
