import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dividePrizes } from '../../src/features/occasion/prizes.ts';
import type { LineRow } from '../../src/features/order/line-store.ts';
import { dueMinor, grantedMinor } from '../../src/features/settlement/event-grant.ts';
import { maxOf } from '../../src/kernel/money.ts';

const stands = (...ranks: number[]) => ranks.map((rank, i) => ({ partyId: `p${i}`, rank }));
const prizes = new Map([
  [1, 1000n],
  [2, 500n],
  [3, 101n],
]);

describe('prizes', () => {
  it('go by rank; who share a rank share the prizes of the places that they take', () => {
    expect([...dividePrizes(prizes, stands(1, 2, 3, 4)).values()]).toEqual([1000n, 500n, 101n]);
    expect([...dividePrizes(prizes, stands(1, 1, 3)).values()]).toEqual([750n, 750n, 101n]);
    expect([...dividePrizes(prizes, stands(1, 2, 2, 2)).values()]).toEqual([1000n, 200n, 200n, 200n]);
    expect(dividePrizes(prizes, []).size).toBe(0);
  });

  it('never come to more than there are, and equal ranks get equal prizes', () => {
    const amounts = fc.array(fc.bigInt(0n, 5n), { maxLength: 12 });
    const list = fc.dictionary(fc.integer({ min: 1, max: 10 }).map(String), fc.bigInt(1n, 1000n));
    fc.assert(
      fc.property(amounts, list, (nets, places) => {
        const own = new Map(Object.entries(places).map(([rank, amount]) => [Number(rank), amount]));
        const standings = nets.map((net, i) => ({
          partyId: `p${i}`,
          rank: 1 + nets.filter((other) => other > net).length,
        }));
        const won = dividePrizes(own, standings);
        const total = (values: Iterable<bigint>) => [...values].reduce((a, b) => a + b, 0n);
        expect(total(won.values())).toBeLessThanOrEqual(total(own.values()));
        for (const one of standings)
          for (const other of standings)
            if (one.rank === other.rank) expect(won.get(one.partyId)).toBe(won.get(other.partyId));
      }),
    );
  });
});

describe('a grant', () => {
  const line = (more: object): LineRow =>
    ({
      paidAt: new Date(),
      state: 'PAID',
      goodsPaidMinor: 1001n,
      refundedMinor: 0n,
      baseMinor: 900n,
      remainingBaseMinor: 900n,
      ...more,
    }) as LineRow;
  const purse = { kind: 'SUBSIDY', rateBp: 1000, capMinor: null } as const;

  it('is a part of what was paid for the goods, or of the commission base, up to the limit', () => {
    expect(dueMinor(purse, line({}))).toBe(100n);
    expect(dueMinor({ ...purse, kind: 'BONUS' }, line({}))).toBe(90n);
    expect(dueMinor({ ...purse, capMinor: 40n }, line({}))).toBe(40n);
    expect(dueMinor({ ...purse, capMinor: 40n }, line({ refundedMinor: 500n }))).toBe(20n);
    expect(dueMinor({ ...purse, kind: 'BONUS' }, line({ remainingBaseMinor: 450n }))).toBe(45n);
  });

  it('is nothing before payment, after calling off, and where nothing was paid', () => {
    expect(dueMinor(purse, line({ paidAt: null }))).toBe(0n);
    expect(dueMinor(purse, line({ state: 'CANCELLED' }))).toBe(0n);
    expect(dueMinor(purse, line({ goodsPaidMinor: 0n }))).toBe(0n);
  });

  it('is never more than is due or than there is, and takes all that it can', () => {
    const amount = fc.bigInt(0n, 1000n);
    fc.assert(
      fc.property(amount, amount, amount, (before, due, left) => {
        const granted = grantedMinor(before, due, left);
        expect(granted).toBeLessThanOrEqual(maxOf(due, before));
        expect(granted - before).toBeLessThanOrEqual(left);
        if (due <= before) expect(granted).toBe(due);
        else expect(granted === due || granted - before === left).toBe(true);
      }),
    );
  });
});
