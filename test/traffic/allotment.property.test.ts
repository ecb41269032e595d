import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allotExposure, type Work } from '../../src/features/traffic/allot-exposure.ts';
import { commonRate, estimatedRate, nextTier } from '../../src/features/traffic/exposure-tier.ts';
import { giniBp } from '../../src/features/traffic/gini.ts';
import { FIRST_TRAFFIC_RULES } from '../../src/features/traffic/traffic-rules.ts';

const work = fc.record<Work>({
  tier: fc.nat(6),
  shown: fc.nat(2_000),
  rate: fc.nat(100_000),
  head: fc.boolean(),
  trustBuy: fc.boolean(),
  reach: fc.oneof(fc.nat(5_000), fc.constant(1_000_000)),
});
const works = fc.array(work, { minLength: 1, maxLength: 60 });
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
const RULES = FIRST_TRAFFIC_RULES;
const plain: Work = { tier: 0, shown: 300, rate: 10_000, head: false, trustBuy: false, reach: 1_000_000 };

describe('the Gini coefficient', () => {
  it.each([
    [[], 0],
    [[0, 0], 0],
    [[5, 5, 5], 0],
    [[0, 0, 0, 1], 7500],
    [[1, 3], 2500],
  ])('of %j is %d', (exposures, expected) => expect(giniBp(exposures)).toBe(expected));

  it('is the mean difference of all pairs, halved and divided by the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (exposures) => {
        const differences = sum(exposures.flatMap((a) => exposures.map((b) => Math.abs(a - b))));
        const expected = (differences * 10_000) / (2 * exposures.length * Math.max(1, sum(exposures)));
        expect(Math.abs(giniBp(exposures) - expected)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the allotment of a day', () => {
  it('gives whole numbers within reach, never more than there is, and all that can be taken by those who may', () => {
    fc.assert(
      fc.property(works, fc.nat(200_000), (list, capacity) => {
        const given = allotExposure(list, capacity, RULES);
        expect(given).toHaveLength(list.length);
        given.forEach((amount, i) => {
          expect(Number.isInteger(amount) && amount >= 0 && amount <= list[i]!.reach).toBe(true);
        });
        const others = sum(list.filter(({ head }) => !head).map(({ reach }) => reach));
        const heads = sum(list.map(({ reach }) => reach)) - others;
        const headRoom = list.every(({ head }) => head) ? capacity : Math.floor(capacity * 0.3);
        expect(sum(given)).toBe(Math.min(capacity, Math.min(capacity, others) + Math.min(headRoom, heads)));
      }),
    );
  });

  it('keeps the share of those that are not HEAD, unless they cannot take it', () => {
    fc.assert(
      fc.property(works, fc.nat(200_000), (list, capacity) => {
        fc.pre(list.some(({ head }) => !head));
        const given = allotExposure(list, capacity, RULES);
        const ofHeads = sum(given.filter((_, i) => list[i]!.head));
        expect(ofHeads).toBeLessThanOrEqual(Math.floor(capacity * 0.3));
      }),
    );
  });

  it('holds the Gini limit where nobody is short of reach and HEAD are few', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1000, max: 200_000 }), (list, capacity) => {
        const free = list.map((one, i) => ({ ...one, head: one.head && i % 5 === 0, reach: 1_000_000 }));
        fc.pre(free.some(({ head }) => !head));
        expect(giniBp(allotExposure(free, capacity, RULES))).toBeLessThanOrEqual(RULES.giniLimitBp);
      }),
    );
  });

  it('gives every newcomer its base exposure before anything else', () => {
    const old = { ...plain, tier: 4, shown: 50_000, rate: 90_000 };
    const rules = { ...RULES, giniLimitBp: 10_000 };
    const given = allotExposure(
      [old, { ...plain, shown: 0, rate: 0 }, { ...plain, shown: 100, rate: 0 }],
      500,
      rules,
    );
    expect(given).toEqual([0, 300, 200]);
  });

  it('prefers what converts, and Trust Buy among equals', () => {
    const rules = { ...RULES, giniLimitBp: 10_000 };
    const list = [plain, { ...plain, trustBuy: true }, { ...plain, rate: 10_001 }];
    expect(allotExposure(list, 300, rules)).toEqual([0, 0, 300]);
    expect(allotExposure(list, 600, rules)).toEqual([0, 300, 300]);
    expect(allotExposure(list, 700, rules)).toEqual([100, 300, 300]);
  });

  it('lets a higher tier have more', () => {
    const rules = { ...RULES, giniLimitBp: 10_000 };
    expect(
      allotExposure(
        [
          { ...plain, tier: 2 },
          { ...plain, rate: 9_000 },
        ],
        3_300,
        rules,
      ),
    ).toEqual([3_000, 300]);
  });
});

describe('the tier', () => {
  const shown = { tier: 1, shown: 1_000, recentShown: 1_000, recentConversions: 10 };

  it('is explained by what the work converted', () => {
    expect(nextTier({ ...shown, shown: 299 }, 10_000, RULES)).toEqual({ tier: 0, reason: 'BASE' });
    expect(nextTier(shown, 10_000, RULES)).toEqual({ tier: 1, reason: 'KEPT' });
    expect(nextTier({ ...shown, recentConversions: 14 }, 10_000, RULES)).toEqual({
      tier: 2,
      reason: 'CLIMBED',
    });
    expect(nextTier({ ...shown, recentConversions: 5 }, 10_000, RULES)).toEqual({ tier: 0, reason: 'FELL' });
  });

  it('never leaves the tiers, and moves by one', () => {
    const some = fc.record({
      tier: fc.nat(4),
      shown: fc.nat(5_000),
      recentShown: fc.nat(5_000),
      recentConversions: fc.nat(500),
    });
    fc.assert(
      fc.property(some, fc.nat(50_000), (one, common) => {
        const { tier, reason } = nextTier(one, common, RULES);
        expect(tier).toBeGreaterThanOrEqual(0);
        expect(tier).toBeLessThan(RULES.tierExposures.length);
        if (reason !== 'BASE') expect(tier - one.tier).toBe({ CLIMBED: 1, KEPT: 0, FELL: -1 }[reason]);
      }),
    );
  });

  it('does not rise where nothing is sold at all', () => {
    expect(nextTier({ ...shown, recentConversions: 0 }, 0, RULES)).toEqual({ tier: 1, reason: 'KEPT' });
  });

  it('takes a first lucky sale for little', () => {
    expect(commonRate([shown, { recentShown: 1_000, recentConversions: 30 }])).toBe(20_000);
    expect(estimatedRate({ recentShown: 0, recentConversions: 0 }, 20_000)).toBe(20_000);
    expect(estimatedRate({ recentShown: 1, recentConversions: 1 }, 20_000)).toBe(29_702);
  });
});
