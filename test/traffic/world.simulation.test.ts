import { expect, it } from 'vitest';
import { type SimulationOptions, simulateTraffic } from '../../seeds/traffic/simulate.ts';
import { FIRST_TRAFFIC_RULES } from '../../src/features/traffic/traffic-rules.ts';

const simulate = (options: Partial<SimulationOptions>) =>
  simulateTraffic({ works: 1_000, days: 10, seed: 1, rules: FIRST_TRAFFIC_RULES, ...options });

it.each([1, 2, 3])(
  'holds both limits over 10,000 works and 30 days, and sells what greed sells (seed %d)',
  (seed) => {
    const { inclusive, greedy, conversionsBp, allKnowing } = simulate({ works: 10_000, days: 30, seed });
    expect(inclusive.days).toHaveLength(30);
    for (const figures of [...inclusive.days, inclusive.total]) {
      expect(figures.giniBp).toBeLessThanOrEqual(6_000);
      expect(figures.nonHeadShareBp).toBeGreaterThanOrEqual(7_000);
    }
    // Greed breaks the limit by far, in the same world and with as many exposures.
    expect(greedy.total.giniBp).toBeGreaterThan(7_500);
    expect(greedy.total.exposures).toBe(inclusive.total.exposures);
    expect(conversionsBp).toBeGreaterThanOrEqual(9_000);
    expect(conversionsBp).toBe(Math.floor((inclusive.total.conversions * 10_000) / greedy.total.conversions));
    expect(allKnowing.total.conversions).toBeGreaterThan(inclusive.total.conversions);
  },
);

it('is the same for the same seed, and another for another', () => {
  const once = simulate({});
  expect(simulate({})).toEqual(once);
  expect(simulate({ seed: 2 }).inclusive.total.conversions).not.toBe(once.inclusive.total.conversions);
});

it('counts each day into the total', () => {
  const { total, days } = simulate({}).inclusive;
  expect(days.reduce((sum, day) => sum + day.exposures, 0)).toBe(total.exposures);
  expect(days.reduce((sum, day) => sum + day.conversions, 0)).toBe(total.conversions);
  expect(days.map(({ works }) => works)).toEqual(days.map(({ works }) => works).sort((a, b) => a - b));
});

it('without a limit of Gini exposure lies more unevenly', () => {
  const free = simulate({ rules: { ...FIRST_TRAFFIC_RULES, giniLimitBp: 10_000 } }).inclusive;
  const held = simulate({ rules: { ...FIRST_TRAFFIC_RULES, giniLimitBp: 3_000 } }).inclusive;
  expect(Math.max(...free.days.map((day) => day.giniBp))).toBeGreaterThan(5_500);
  expect(Math.max(...held.days.map((day) => day.giniBp))).toBeLessThanOrEqual(3_000);
});
