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
  thousandths: 0,
  pauses: [],
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
        let thousandths = 0;
        let costs = 0n;
        for (const each of list) {
          const judged = judgeCharge(
            { ...boost, budgetMinor, spentMinor, thousandths },
            { eventId: 'x', shownAt: BEGIN, ...each },
            12,
          );
          const { costMinor = 0n, chargedMinor = 0n } = judged.counted ?? {};
          expect(judged.outcome).toBe(chargedMinor < costMinor ? 'CUT_TO_BUDGET' : 'CHARGED');
          spentMinor += chargedMinor;
          costs += costMinor;
          thousandths = judged.counted?.thousandths ?? 0;
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
    const [from, until] = [new Date(BEGIN.getTime() + 5), new Date(BEGIN.getTime() + 9)];
    const pauses = [{ from, until }];
    expect(at(BEGIN, { pauses })).toBe('CHARGED');
    expect(at(from, { pauses })).toBe('NOT_RUNNING');
    expect(at(until, { pauses })).toBe('CHARGED');
    expect(at(until, { state: 'PAUSED', pauses: [{ from, until: null }] })).toBe('NOT_RUNNING');
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

  it('come to the same, however small the parts are that they are told in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
        fc.bigInt(0n, 1000n),
        (parts, price) => {
          let [sum, left] = [0n, 0];
          for (const exposures of parts) {
            const { costMinor, thousandths } = costOf(exposures, price, left);
            sum += costMinor;
            left = thousandths;
          }
          const all = parts.reduce((total, exposures) => total + exposures, 0);
          expect({ costMinor: sum, thousandths: left }).toEqual(costOf(all, price, 0));
        },
      ),
    );
    expect(costOf(1, 999n, 0)).toEqual({ costMinor: 0n, thousandths: 999 });
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
