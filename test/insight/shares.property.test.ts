import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorsOf } from '../../src/features/insight/factors.ts';
import { rateBp, sharesBp } from '../../src/features/insight/shares.ts';

const amounts = fc.array(fc.oneof(fc.bigInt(0n, 3n), fc.bigInt(0n, 10n ** 18n)), {
  minLength: 1,
  maxLength: 5,
});

describe('shares', () => {
  it('add up to 10000, each less than a basis point from the exact one, more for more', () => {
    fc.assert(
      fc.property(amounts, (parts) => {
        const whole = parts.reduce((a, b) => a + b, 0n);
        const shares = sharesBp(parts);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(whole === 0n ? 0 : 10_000);
        for (const [i, part] of parts.entries()) {
          const off = BigInt(shares[i] ?? 0) * whole - part * 10_000n;
          expect(whole === 0n || (off > -whole && off < whole)).toBe(true);
          for (const [j, other] of parts.entries())
            if (part > other) expect(shares[i]).toBeGreaterThanOrEqual(shares[j] ?? 0);
        }
      }),
    );
  });

  it('give what is lacking to those who lost most by rounding, the first of equals first', () => {
    expect(sharesBp([1n, 1n, 1n])).toEqual([3334, 3333, 3333]);
    expect(sharesBp([1n, 1n, 4n])).toEqual([1667, 1667, 6666]);
    expect(sharesBp([0n, 7n, 0n])).toEqual([0, 10_000, 0]);
  });
});

describe('a rate', () => {
  it('is rounded down, and none of nothing', () => {
    expect(rateBp(1n, 3n)).toBe(3333);
    expect(rateBp(0n, 3n)).toBe(0);
    expect(rateBp(3n, 3n)).toBe(10_000);
    expect(rateBp(0n, 0n)).toBeNull();
  });
});

describe('GMV taken apart', () => {
  const count = fc.bigInt(0n, 10n ** 15n);
  const sums = fc.record({
    viewers: count,
    watchedSeconds: count,
    buyers: count,
    orders: count,
    gmvMinor: count,
  });

  it('multiplies back to the GMV exactly, as fractions', () => {
    fc.assert(
      fc.property(sums, (live) => {
        const factors = factorsOf(live);
        const { viewers, watchedSeconds, buyers, orders } = live;
        expect(factors === undefined).toBe([viewers, watchedSeconds, buyers, orders].includes(0n));
        const [above, below] = (factors ?? []).reduce(
          ([n, d], { numerator, denominator }) => [n * numerator, d * denominator],
          [1n, 1n],
        ) as [bigint, bigint];
        if (factors !== undefined) expect([above % below, above / below]).toEqual([0n, live.gmvMinor]);
      }),
    );
  });
});
