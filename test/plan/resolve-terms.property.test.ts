import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OFFER_RANK, type Offer, resolveTerms } from '../../src/features/plan/resolve-terms.ts';

describe('resolveTerms', () => {
  const NOW = new Date('2026-06-16T12:00:00Z');
  const offer: fc.Arbitrary<Offer> = fc
    .record({
      kind: fc.constantFrom(...OFFER_RANK),
      termsId: fc.uuid(),
      commissionBp: fc.integer({ min: 1, max: 3 }),
      reachesCreator: fc.boolean(),
      from: fc.integer({ min: -2, max: 2 }),
      to: fc.option(fc.integer({ min: -2, max: 3 })),
    })
    .map(({ from, to, ...rest }) => ({
      ...rest,
      offerId: 'offer',
      serviceFeeBp: 0,
      validFrom: new Date(NOW.getTime() + from),
      validTo: to === null ? null : new Date(NOW.getTime() + to),
    }));
  const offers = fc.uniqueArray(offer, { maxLength: 8, selector: ({ termsId }) => termsId });

  it('does not depend on the order of the offers, forgets none, and names the strongest that fits', () => {
    const property = fc.property(
      offers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, mixed]) => {
        const { winner, losers } = resolveTerms(all, NOW);
        expect(resolveTerms(mixed, NOW)).toEqual({ winner, losers });
        const named = [...losers.map(({ offer: lost }) => lost), ...(winner === null ? [] : [winner])];
        expect(new Set(named)).toEqual(new Set(all));
        const ms = NOW.getTime();
        const fits = all.filter(
          ({ validFrom, validTo, reachesCreator }) =>
            reachesCreator && validFrom.getTime() <= ms && (validTo === null || ms < validTo.getTime()),
        );
        const best = OFFER_RANK.find((kind) => fits.some((one) => one.kind === kind));
        expect(winner?.kind).toBe(best);
        const highest = Math.max(
          ...fits.filter(({ kind }) => kind === best).map(({ commissionBp }) => commissionBp),
        );
        if (winner !== null) expect(winner.commissionBp).toBe(highest);
        for (const { offer: lost, because } of losers) {
          const inForce =
            lost.validFrom.getTime() <= ms && (lost.validTo === null || ms < lost.validTo.getTime());
          const why = lost.kind === 'CAMPAIGN' ? 'NOT_PICKED' : 'NOT_NAMED';
          expect(because).toBe(!inForce ? 'NOT_IN_FORCE' : lost.reachesCreator ? 'OUTRANKED' : why);
        }
      },
    );
    fc.assert(property, { numRuns: 3000 });
  });

  it('finds no winner where nothing is offered', () => {
    expect(resolveTerms([], NOW)).toEqual({ winner: null, losers: [] });
  });
});
