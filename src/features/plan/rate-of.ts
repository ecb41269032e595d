/** What a version of a plan pays. Rates in basis points; each tier begins after so many settled lines. */
export interface RateTerms {
  readonly commissionBp: number;
  /** For orders won by a boost, where the plan tells them apart. */
  readonly boostBp: number | null;
  /** Rising counts of settled lines of the creator under the plan, each with the rate from then on in `tierBp`. */
  readonly tierAfter: readonly number[];
  readonly tierBp: readonly number[];
}

/** What of an order decides between the rates of a version. */
export interface Occasion {
  /** How many lines of the creator had been settled under the plan. */
  readonly settledLines: number;
  readonly boosted: boolean;
}

/** Where a rate came from: the version's own rate, a tier, the rate for boosted orders, or the part fixed on a link. */
export type RateSource = 'BASE' | 'TIER' | 'BOOST' | 'LINK';

/** The rate of a version on an occasion. An order won by a boost takes the boosted rate and no tier. */
export function rateOf(
  terms: RateTerms,
  occasion: Occasion,
): { readonly commissionBp: number; readonly rateSource: RateSource } {
  if (occasion.boosted && terms.boostBp !== null) return { commissionBp: terms.boostBp, rateSource: 'BOOST' };
  const tier = terms.tierAfter.findLastIndex((after) => occasion.settledLines >= after);
  const tiered = terms.tierBp[tier];
  if (tiered !== undefined) return { commissionBp: tiered, rateSource: 'TIER' };
  return { commissionBp: terms.commissionBp, rateSource: 'BASE' };
}

/** The creator's part of all that a brand pays in a SPREAD campaign: what the link fixes, but never more than that. */
export const partOf = (whole: number, part: number): number => Math.min(whole, part);
