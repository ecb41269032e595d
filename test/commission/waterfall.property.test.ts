import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForestNode, flatten } from '../../src/features/commission/forest.ts';
import { refundDifference } from '../../src/features/commission/refund-difference.ts';
import { divide } from '../../src/features/commission/waterfall.ts';
import { remainingBase } from '../../src/features/order/remaining-base.ts';
import { sumOf } from '../../src/kernel/money.ts';
import { divideNested, type NestedShare } from './nested.ts';

const runs = { numRuns: 500 };

const amountMinor = fc.oneof(
  fc.bigInt(0n, 100n),
  fc.bigInt(0n, 10_000_000n),
  fc.bigInt(0n, 1_000_000_000_000_000n),
);
const rateBp = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 1, 9_999, 10_000));

const forestDeep = (depth: number): fc.Arbitrary<readonly ForestNode[]> =>
  fc.array(
    fc.record({
      payeeId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      rateBp,
      of: fc.constantFrom('BASE' as const, 'REST' as const),
      payees: depth > 1 ? forestDeep(depth - 1) : fc.constant([]),
    }),
    { maxLength: 3 },
  );
const forest = forestDeep(5);

/**
 * The division written a second time, straight from the sentence in money.md and on purpose the slow way:
 * by recursion, with the exact quotient taken by subtraction of the remainder. It shares no code with the product.
 */
function oracle(baseMinor: bigint, left: bigint, nodes: readonly ForestNode[]): readonly NestedShare[] {
  const [first, ...others] = nodes;
  if (first === undefined) return [];
  const product = BigInt(first.rateBp) * (first.of === 'BASE' ? baseMinor : left);
  const due = (product - (product % 10_000n)) / 10_000n;
  const gross = due > left ? left : due;
  const payees = oracle(baseMinor, gross, first.payees);
  const net = payees.reduce((rest, payee) => rest - payee.gross, gross);
  return [{ payee: first.payeeId, gross, net, payees }, ...oracle(baseMinor, left - gross, others)];
}

const netsOf = (shares: readonly NestedShare[]): readonly bigint[] =>
  shares.flatMap((one) => [one.net, ...netsOf(one.payees)]);

describe('the waterfall on random forests', () => {
  it('agrees with an independent recursive division', () => {
    fc.assert(
      fc.property(amountMinor, forest, (base, nodes) => {
        expect(divideNested(base, nodes)).toEqual(oracle(base, base, nodes));
      }),
      runs,
    );
  });

  it('pays out exactly what the brand pays, and nobody less than nothing (invariant 1)', () => {
    fc.assert(
      fc.property(amountMinor, forest, (base, nodes) => {
        const shares = divideNested(base, nodes);
        const paidByBrand = sumOf(shares.map((root) => root.gross));
        const nets = netsOf(shares);
        expect(sumOf(nets)).toBe(paidByBrand);
        expect(paidByBrand).toBeLessThanOrEqual(base);
        expect(nets.filter((net) => net < 0n)).toEqual([]);
      }),
      runs,
    );
  });

  it('gives no node more than its parent has left', () => {
    const check = (leftMinor: bigint, shares: readonly NestedShare[]): void => {
      let rest = leftMinor;
      for (const one of shares) {
        expect(one.gross).toBeGreaterThanOrEqual(0n);
        expect(one.gross).toBeLessThanOrEqual(rest);
        rest -= one.gross;
        check(one.gross, one.payees);
      }
    };
    fc.assert(
      fc.property(amountMinor, forest, (base, nodes) => check(base, divideNested(base, nodes))),
      runs,
    );
  });

  it('gives nothing to anybody at base 0', () => {
    fc.assert(
      fc.property(forest, (nodes) => {
        const { grossMinor, netMinor } = divide(0n, flatten(nodes));
        expect([...grossMinor, ...netMinor].filter((amount) => amount !== 0n)).toEqual([]);
      }),
      runs,
    );
  });
});

/** A line, its refunds (money and pieces, possibly more than there is) and the same refunds in another order. */
const history = fc
  .record({
    baseMinor: amountMinor,
    goodsPaidMinor: fc.oneof(amountMinor, fc.constant(0n)),
    quantity: fc.integer({ min: 1, max: 1_000_000 }),
    refunds: fc.array(
      fc.record({ amountMinor: fc.bigInt(0n, 1_000_000n), pieces: fc.integer({ min: 0, max: 1000 }) }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .chain((line) =>
    fc.record({
      line: fc.constant(line),
      otherOrder: fc.shuffledSubarray(line.refunds, { minLength: line.refunds.length }),
    }),
  );

type Refund = { readonly amountMinor: bigint; readonly pieces: number };
type Line = { readonly baseMinor: bigint; readonly goodsPaidMinor: bigint; readonly quantity: number };

/** Posts the accrual and then one difference per refund, as the product does; gives the sum of postings of each node. */
function postAll(line: Line, refunds: readonly Refund[], nodes: readonly ForestNode[]): readonly bigint[] {
  const flat = flatten(nodes);
  let posted: readonly bigint[] = divide(line.baseMinor, flat).netMinor;
  let refundedMinor = 0n;
  let refundedQuantity = 0;
  for (const refund of refunds) {
    refundedMinor += refund.amountMinor;
    refundedQuantity += refund.pieces;
    const target = divide(remainingBase({ ...line, refundedMinor, refundedQuantity }), flat).netMinor;
    const difference = refundDifference(target, posted);
    posted = posted.map((amount, nodeNo) => amount + difference[nodeNo]!);
  }
  return posted;
}

describe('refunds by cumulative target on random histories', () => {
  it('reach the same figures in parts, at once and in any order (invariant 2)', () => {
    fc.assert(
      fc.property(history, forest, ({ line, otherOrder }, nodes) => {
        const atOnce = {
          amountMinor: sumOf(line.refunds.map((refund) => refund.amountMinor)),
          pieces: line.refunds.reduce((sum, refund) => sum + refund.pieces, 0),
        };
        const inParts = postAll(line, line.refunds, nodes);
        expect(postAll(line, [atOnce], nodes)).toEqual(inParts);
        expect(postAll(line, otherOrder, nodes)).toEqual(inParts);
      }),
      runs,
    );
  });

  it('close every payee to exactly zero when all is refunded', () => {
    fc.assert(
      fc.property(history, forest, ({ line }, nodes) => {
        const rest = { amountMinor: line.goodsPaidMinor, pieces: line.quantity };
        const posted = postAll(line, [...line.refunds, rest], nodes);
        expect(posted.filter((amount) => amount !== 0n)).toEqual([]);
      }),
      runs,
    );
  });

  it('never raise the remaining base above the base, nor above what it was', () => {
    fc.assert(
      fc.property(history, ({ line }) => {
        let refundedMinor = 0n;
        let before = line.baseMinor;
        for (const refund of line.refunds) {
          refundedMinor += refund.amountMinor;
          const after = remainingBase({ ...line, refundedMinor, refundedQuantity: 0 });
          expect(after).toBeLessThanOrEqual(before);
          expect(after).toBeGreaterThanOrEqual(0n);
          before = after;
        }
      }),
      runs,
    );
  });
});
