import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChargedBoost, costOf, judgeCharge } from '../../src/features/boost/charge.ts';
import { returnOnSpend } from '../../src/features/boost/return-on-spend.ts';

const BEGIN = new Date('2026-06-16T00:00:00Z');
const END = new Date('2026-06-17T00:00:00Z');

const boost: ChargedBoost = {
  state: 'ACTIVE',
  budgetMinor: 10_000n,
  spentMinor: 0n,
  bidMinor: 1_000n,
  startsAt: BEGIN,
  endsAt: END,
  fromHour: 0,
  untilHour: 24,
  pausedAt: null,
};
const charges = fc.array(
  fc.record({
    exposures: fc.integer({ min: 1, max: 1_000_000 }),
    priceMinor: fc.bigInt({ min: 0n, max: 1_000n }),
  }),
  { maxLength: 40 },
);

describe('charges of a boost', () => {
  it('spend the budget to the last unit and never beyond, in whatever order', () => {
    fc.assert(
      fc.property(charges, fc.bigInt({ min: 1n, max: 1_000_000n }), (list, budgetMinor) => {
        let spentMinor = 0n;
        let costs = 0n;
        for (const each of list) {
          const judged = judgeCharge(
            { ...boost, budgetMinor, spentMinor },
            { eventId: 'x', shownAt: BEGIN, ...each },
            12,
          );
          const { costMinor = 0n, chargedMinor = 0n } = judged.counted ?? {};
          expect(judged.outcome).toBe(chargedMinor < costMinor ? 'CUT_TO_BUDGET' : 'CHARGED');
          spentMinor += chargedMinor;
          costs += costMinor;
        }
        expect(spentMinor).toBe(costs < budgetMinor ? costs : budgetMinor);
      }),
    );
  });

  it('cost nothing above the bid, outside of the schedule or while it does not run', () => {
    const at = (shownAt: Date, more: Partial<ChargedBoost> = {}, hour = 12, priceMinor = 1n) =>
      judgeCharge({ ...boost, ...more }, { eventId: 'x', exposures: 1000, priceMinor, shownAt }, hour)
        .outcome;
    expect(at(BEGIN)).toBe('CHARGED');
    expect(at(BEGIN, {}, 12, 1_000n)).toBe('CHARGED');
    expect(at(BEGIN, {}, 12, 1_001n)).toBe('ABOVE_BID');
    expect(at(new Date(BEGIN.getTime() - 1))).toBe('NOT_SCHEDULED');
    expect(at(END)).toBe('NOT_SCHEDULED');
    expect(at(BEGIN, { state: 'ENDED' })).toBe('NOT_RUNNING');
    const pausedAt = new Date(BEGIN.getTime() + 5);
    expect(at(BEGIN, { state: 'PAUSED', pausedAt })).toBe('CHARGED');
    expect(at(pausedAt, { state: 'PAUSED', pausedAt })).toBe('NOT_RUNNING');
  });

  it.each([
    [8, 20, [8, 19], [7, 20]],
    [20, 2, [20, 23, 0, 1], [2, 19]],
    [0, 24, [0, 12, 23], []],
  ])('are taken from hour %i until hour %i', (fromHour, untilHour, within, without) => {
    const shown = (hour: number) =>
      judgeCharge(
        { ...boost, fromHour, untilHour },
        { eventId: 'x', exposures: 1, priceMinor: 1n, shownAt: BEGIN },
        hour,
      ).outcome;
    for (const hour of within) expect(shown(hour)).toBe('CHARGED');
    for (const hour of without) expect(shown(hour)).toBe('NOT_SCHEDULED');
  });

  it('are rounded down to the minor unit', () => {
    expect([costOf(1, 999n), costOf(1, 1000n), costOf(1500, 333n)]).toEqual([0n, 1n, 499n]);
  });

  it('bring so much for each unit spent', () => {
    const of = (gmvMinor: bigint, refundedMinor: bigint, spentMinor: bigint) =>
      returnOnSpend({ gmvMinor, refundedMinor, spentMinor });
    expect(of(1n, 0n, 0n)).toBeNull();
    expect(of(1000n, 40n, 300n)).toBe('3.20');
    expect(of(1000n, 1000n, 300n)).toBe('0.00');
    expect(of(1n, 0n, 3n)).toBe('0.33');
  });
});
