import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf } from '../../src/features/plan/plan-rates.ts';
import { type RateTerms, rateOf } from '../../src/features/plan/rate-of.ts';

const rate = fc.integer({ min: 1, max: 60 });

/** Terms as the database takes them: counts and rates of tiers rise. */
const terms: fc.Arbitrary<RateTerms> = fc
  .record({
    rates: fc.uniqueArray(rate, { minLength: 1, maxLength: 4 }),
    counts: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 3, maxLength: 3 }),
    boostBp: fc.option(rate),
  })
  .map(({ rates, counts, boostBp }) => {
    const [commissionBp = 1, ...tierBp] = rates.toSorted((a, b) => a - b);
    const tierAfter = counts.toSorted((a, b) => a - b).slice(0, tierBp.length);
    return { commissionBp, boostBp, tierAfter, tierBp };
  });

const COUNTS = Array.from({ length: 33 }, (_, settledLines) => settledLines);

/** What is paid on every occasion that there is. */
const paid = (of: RateTerms): number[] =>
  COUNTS.flatMap((settledLines) =>
    [false, true].map((boosted) => rateOf(of, { settledLines, boosted }).commissionBp),
  );

describe('the direction of a change', () => {
  it('is a cut exactly when somebody would be paid less on some occasion', () => {
    fc.assert(
      fc.property(terms, terms, (before, after) => {
        const [were, are] = [paid(before), paid(after)];
        const isLess = are.some((bp, i) => bp < (were[i] as number));
        expect(directionOf(before, after) === 'CUT').toBe(isLess);
      }),
      { numRuns: 5000 },
    );
  });

  it('is none exactly when the terms are the same', () => {
    fc.assert(
      fc.property(terms, terms, (before, after) => {
        expect(directionOf(before, { ...before })).toBeNull();
        if (paid(before).some((bp, i) => bp !== paid(after)[i]))
          expect(directionOf(before, after)).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});
