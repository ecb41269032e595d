import type { Checks } from '../../graphql/checks.ts';
import { type Occasion, type RateTerms, rateOf } from './rate-of.ts';
import type { ChangeDirection } from './take-effect.ts';

/** A rate that begins after so many settled lines of a creator under the plan. */
export interface Tier {
  readonly afterLines: number;
  readonly commissionBp: number;
}

/** The rates of a plan as they are given, in basis points. */
export interface Rates {
  readonly commissionBp: number;
  readonly boostBp?: number | null;
  readonly tiers?: readonly Tier[];
}

const MAX_TIERS = 10;
/** No creator settles more lines under one plan. */
const MAX_LINES = 1_000_000_000;

export const toTerms = ({ commissionBp, boostBp, tiers = [] }: Rates): RateTerms => ({
  commissionBp,
  boostBp: boostBp ?? null,
  tierAfter: tiers.map(({ afterLines }) => afterLines),
  tierBp: tiers.map((tier) => tier.commissionBp),
});

/** Checks rates against the limits of domain.md, "Plans and terms": 1 to 9000, and rates in tiers only rise. */
export function checkRates(checks: Checks, { commissionBp, boostBp, tierAfter, tierBp }: RateTerms): void {
  checks
    .that(isRate(commissionBp), 'commissionRate', 'A commission is 1 to 9000 basis points.')
    .that(
      boostBp === null || isRate(boostBp),
      'boostCommissionRate',
      'A commission is 1 to 9000 basis points.',
    )
    .that(tierAfter.length <= MAX_TIERS, 'tiers', `A plan has at most ${MAX_TIERS} tiers.`);
  for (const [i, after] of tierAfter.slice(0, MAX_TIERS).entries()) {
    const rises = after > (tierAfter[i - 1] ?? 0) && after <= MAX_LINES;
    const pays = isRate(tierBp[i] ?? 0) && (tierBp[i] ?? 0) > (tierBp[i - 1] ?? commissionBp);
    checks
      .that(rises, `tiers.${i}.afterLines`, 'The counts of tiers begin at 1 and rise.')
      .that(
        pays,
        `tiers.${i}.commissionRate`,
        'The rates of tiers rise above the commission, to 9000 at most.',
      );
  }
}

const isRate = (bp: number): boolean => bp >= 1 && bp <= 9000;

/**
 * Which way rates change: a cut as soon as anybody would be paid less on any occasion, whatever rises beside it. Null
 * when nothing changes.
 */
export function directionOf(before: RateTerms, after: RateTerms): ChangeDirection | null {
  const counts = [0, ...before.tierAfter, ...after.tierAfter];
  const occasions: Occasion[] = counts.flatMap((settledLines) => [
    { settledLines, boosted: false },
    { settledLines, boosted: true },
  ]);
  const isLess = (occasion: Occasion) =>
    rateOf(after, occasion).commissionBp < rateOf(before, occasion).commissionBp;
  if (occasions.some(isLess)) return 'CUT';
  return JSON.stringify(shape(before)) === JSON.stringify(shape(after)) ? null : 'RAISE';
}

const shape = ({ commissionBp, boostBp, tierAfter, tierBp }: RateTerms) => [
  commissionBp,
  boostBp,
  tierAfter,
  tierBp,
];
