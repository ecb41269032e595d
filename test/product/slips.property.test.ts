import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slipsBetween } from '../../src/features/product/slips.ts';

const word = fc.array(fc.constantFrom(...'abc'), { maxLength: 7 }).map((letters) => letters.join(''));

/** The same count from its definition, by recursion over the ends of both words and without a table. */
function oracle(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const mistaken = oracle(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1);
  const best = Math.min(mistaken, oracle(a.slice(0, -1), b) + 1, oracle(a, b.slice(0, -1)) + 1);
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return swapped ? Math.min(best, oracle(a.slice(0, -2), b.slice(0, -2)) + 1) : best;
}

describe('slips between two words', () => {
  it('agree with their definition, and are the same both ways', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(slipsBetween(a, b, 99)).toBe(oracle(a, b));
        expect(slipsBetween(b, a, 99)).toBe(oracle(a, b));
      }),
      { numRuns: 150 },
    );
  });
});
