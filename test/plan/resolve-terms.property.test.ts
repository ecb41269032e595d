import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateOf } from '../../src/features/plan/rate-of.ts';
import { OFFER_RANK, type Offer, resolveTerms } from '../../src/features/plan/resolve-terms.ts';

const NOW = new Date('2026-06-16T12:00:00Z');
const at = (ms: number): Date => new Date(NOW.getTime() + ms);

const offer: fc.Arbitrary<Offer> = fc
  .record({
    kind: fc.constantFrom(...OFFER_RANK),
    termsId: fc.uuid(),
    commissionBp: fc.integer({ min: 1, max: 3 }),
    reachesCreator: fc.boolean(),
    blocked: fc.boolean(),
    since: fc.integer({ min: -3, max: -1 }).map(at),
    from: fc.integer({ min: -2, max: 2 }),
    to: fc.option(fc.integer({ min: -2, max: 3 })),
    lock: fc.option(fc.tuple(fc.integer({ min: -2, max: 0 }), fc.integer({ min: 0, max: 3 })), { freq: 2 }),
  })
  .map(({ from, to, lock, ...rest }) => ({
    ...rest,
    offerId: 'offer',
    rateSource: 'BASE' as const,
    settledLines: 0,
    serviceFeeBp: 0,
    validFrom: at(from),
    validTo: to === null ? null : at(to),
    lockedFrom: lock === null ? null : at(lock[0]),
    lockedUntil: lock === null ? null : at(lock[1]),
  }));
const offers = fc.uniqueArray(offer, { maxLength: 8, selector: ({ termsId }) => termsId });

/** Whether an offer may apply to the creator now, by itself or by a lock. */
function fits({ reachesCreator, blocked, validFrom, validTo, lockedFrom, lockedUntil }: Offer): boolean {
  const [from, to] = lockedFrom === null ? [validFrom, validTo] : [lockedFrom, lockedUntil];
  return reachesCreator && !blocked && from <= NOW && (to === null || NOW < to);
}

const rank = ({ kind }: Offer): number => OFFER_RANK.indexOf(kind);

describe('resolveTerms', () => {
  it('does not depend on the order of the offers, and forgets none', () => {
    const property = fc.property(
      offers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, mixed]) => {
        const { winner, losers } = resolveTerms(all, NOW);
        expect(resolveTerms(mixed, NOW)).toEqual({ winner, losers });
        const named = [...losers.map(({ offer: lost }) => lost), ...(winner === null ? [] : [winner])];
        expect(new Set(named)).toEqual(new Set(all));
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });

  it('names the strongest in force, or a lock that pays more and was not outranked when it began', () => {
    const property = fc.property(offers, (all) => {
      const { winner } = resolveTerms(all, NOW);
      const able = all.filter(fits);
      const inForce = able.filter(({ lockedUntil }) => lockedUntil === null);
      const strongest = Math.min(...inForce.map(rank));
      const best = inForce.filter((one) => rank(one) === strongest);
      const rate = Math.max(0, ...best.map(({ commissionBp }) => commissionBp));
      // Of equal offers the older version speaks for them, as it does in the code; ids are unique.
      const [first] = best
        .filter(({ commissionBp }) => commissionBp === rate)
        .sort((a, b) => (a.termsId < b.termsId ? -1 : 1));
      const locks = able.filter(
        (one) =>
          one.lockedFrom !== null &&
          !(first !== undefined && rank(first) < rank(one) && first.since < one.lockedFrom),
      );
      const locked = Math.max(0, ...locks.map(({ commissionBp }) => commissionBp));
      expect(winner?.commissionBp ?? 0).toBe(Math.max(rate, locked));
      expect(winner === null || winner.lockedUntil !== null).toBe(locked > rate || winner === null);
      if (winner !== null && winner.lockedUntil === null) expect(winner).toBe(first);
    });
    fc.assert(property, { numRuns: 5000 });
  });

  it('gives each loser a reason that is true', () => {
    const property = fc.property(offers, (all) => {
      const { winner, losers } = resolveTerms(all, NOW);
      for (const { offer: lost, because } of losers) {
        const isLock = lost.lockedFrom !== null;
        const [from, to] = isLock ? [lost.lockedFrom, lost.lockedUntil] : [lost.validFrom, lost.validTo];
        const inForce = (from as Date) <= NOW && (to === null || NOW < to);
        if (!inForce) expect(because).toBe('NOT_IN_FORCE');
        else if (!lost.reachesCreator)
          expect(because).toBe(lost.kind === 'CAMPAIGN' ? 'NOT_PICKED' : 'NOT_NAMED');
        else if (lost.blocked) expect(because).toBe('BLOCKED');
        else if (because === 'NOT_HIGHER')
          expect(lost.commissionBp).toBeLessThanOrEqual(winner?.commissionBp ?? 0);
        else {
          expect(because).toBe('OUTRANKED');
          const stronger = all.some(
            (one) => fits(one) && one !== lost && one.lockedFrom === null && rank(one) <= rank(lost),
          );
          expect(stronger).toBe(true);
        }
      }
    });
    fc.assert(property, { numRuns: 5000 });
  });

  it('finds no winner where nothing is offered', () => {
    expect(resolveTerms([], NOW)).toEqual({ winner: null, losers: [] });
  });
});

describe('rateOf', () => {
  const terms = { commissionBp: 1000, boostBp: null, tierAfter: [10, 100], tierBp: [1500, 2000] };

  it.each([
    [0, 1000, 'BASE'],
    [9, 1000, 'BASE'],
    [10, 1500, 'TIER'],
    [99, 1500, 'TIER'],
    [100, 2000, 'TIER'],
    [100_000, 2000, 'TIER'],
  ])('after %i settled lines is %i, by %s', (settledLines, commissionBp, rateSource) => {
    expect(rateOf(terms, { settledLines, boosted: false })).toEqual({ commissionBp, rateSource });
  });

  it('is the boosted rate for an order won by a boost, whatever the tier, where there is one', () => {
    const boosted = { settledLines: 100, boosted: true };
    expect(rateOf({ ...terms, boostBp: 500 }, boosted)).toEqual({ commissionBp: 500, rateSource: 'BOOST' });
    expect(rateOf(terms, boosted)).toEqual({ commissionBp: 2000, rateSource: 'TIER' });
    const plain = { settledLines: 0, boosted: false };
    expect(rateOf({ ...terms, boostBp: 500 }, plain)).toEqual({ commissionBp: 1000, rateSource: 'BASE' });
  });
});
