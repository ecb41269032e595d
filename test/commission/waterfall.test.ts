import { describe, expect, it } from 'vitest';
import { checkForest, type ForestNode, flatten, MAX_NODES } from '../../src/features/commission/forest.ts';
import { refundDifference } from '../../src/features/commission/refund-difference.ts';
import { divide } from '../../src/features/commission/waterfall.ts';
import { commissionBase, goodsPaid } from '../../src/features/order/commission-base.ts';
import { remainingBase } from '../../src/features/order/remaining-base.ts';

const pay = (
  payeeId: string,
  rateBp: number,
  of: 'BASE' | 'REST',
  payees: readonly ForestNode[] = [],
): ForestNode => ({ payeeId, rateBp, of, payees });

const fee = pay('platform', 1000, 'REST');

/** Each node as `payee gross net`, in preorder. */
function told(baseMinor: bigint, forest: readonly ForestNode[]): readonly string[] {
  const flat = flatten(forest);
  const { grossMinor, netMinor } = divide(baseMinor, flat);
  return flat.map(({ payeeId, nodeNo }) => `${payeeId} ${grossMinor[nodeNo]} ${netMinor[nodeNo]}`);
}

describe('the arrangements of money.md on a base of 10 000', () => {
  it('creator with MCN, and recruiting agency', () => {
    const creator = pay('creator', 2000, 'BASE', [fee, pay('mcn', 2000, 'REST')]);
    const agency = pay('agency', 300, 'BASE', [fee]);
    expect(told(10_000n, [creator, agency])).toEqual([
      'creator 2000 1440',
      'platform 200 200',
      'mcn 360 360',
      'agency 300 270',
      'platform 30 30',
    ]);
  });

  it('second-level agency', () => {
    const second = pay('second', 100, 'BASE', [fee]);
    expect(told(10_000n, [pay('agency', 300, 'BASE', [fee, second])])).toEqual([
      'agency 300 170',
      'platform 30 30',
      'second 100 90',
      'platform 10 10',
    ]);
  });

  it('spread', () => {
    const creator = pay('creator', 1500, 'BASE', [pay('mcn', 2000, 'REST')]);
    expect(told(10_000n, [pay('agency', 2000, 'BASE', [creator])])).toEqual([
      'agency 2000 500',
      'creator 1500 1200',
      'mcn 300 300',
    ]);
  });

  it('chain of five payees', () => {
    const promoter = pay('promoterAgency', 200, 'BASE', [pay('promoter', 100, 'BASE')]);
    const chain = pay('agency', 1000, 'BASE', [
      pay('sub', 600, 'BASE', [pay('creator', 400, 'BASE', [promoter])]),
    ]);
    const { netMinor } = divide(10_000n, flatten([chain]));
    expect(netMinor).toEqual([400n, 200n, 200n, 100n, 100n]);
  });
});

describe('divide', () => {
  it('caps a payee at what its parent has left, and a root at what is left of the base', () => {
    const first = pay('a', 6000, 'BASE', [pay('b', 9000, 'BASE')]);
    expect(told(1000n, [first, pay('c', 6000, 'BASE'), pay('d', 100, 'REST')])).toEqual([
      'a 600 0',
      'b 600 600',
      'c 400 400',
      'd 0 0',
    ]);
  });

  it('refuses a base below 0 and rows out of order', () => {
    const [parent, child] = flatten([pay('a', 1, 'BASE', [pay('b', 1, 'BASE')])]);
    expect(() => divide(-1n, [])).toThrow(RangeError);
    expect(() => divide(1n, [child!, parent!])).toThrow(RangeError);
    expect(() => divide(1n, [{ ...child!, nodeNo: 0, parentNo: 0 }])).toThrow(RangeError);
  });
});

describe('flatten', () => {
  it('numbers in preorder and carries other data through', () => {
    const leaf = { payeeId: 'c', rateBp: 1, of: 'BASE', role: 'MCN', payees: [] } as const;
    const root = { payeeId: 'p', rateBp: 2, of: 'REST', role: 'CREATOR', payees: [leaf] } as const;
    expect(flatten<{ role: string }>([root, leaf])).toEqual([
      { nodeNo: 0, parentNo: null, payeeId: 'p', rateBp: 2, of: 'REST', role: 'CREATOR' },
      { nodeNo: 1, parentNo: 0, payeeId: 'c', rateBp: 1, of: 'BASE', role: 'MCN' },
      { nodeNo: 2, parentNo: null, payeeId: 'c', rateBp: 1, of: 'BASE', role: 'MCN' },
    ]);
  });
});

describe('checkForest', () => {
  const roles = {
    isAgency: (node: { payeeId: string }) => node.payeeId.startsWith('agency'),
    roleOf: () => '',
  };
  const codes = (...forest: readonly ForestNode[]) =>
    checkForest(flatten(forest), roles).map(({ code, nodeNo }) => `${code} ${nodeNo}`);
  const chain = (...names: readonly string[]): ForestNode =>
    names
      .toReversed()
      .reduce<ForestNode>((payee, name, at) => pay(name, 1, 'BASE', at === 0 ? [] : [payee]), fee);

  it('finds nothing wrong with the limits themselves', () => {
    expect(
      codes(chain('agency', 'agency2', 'c', 'd', 'e'), pay('f', 0, 'BASE'), pay('g', 10_000, 'REST')),
    ).toEqual([]);
  });

  it('names rates that are no whole basis points, or none at all', () => {
    const odd = [
      pay('a', 1.5, 'BASE'),
      pay('b', Number.NaN, 'BASE'),
      pay('c', -1, 'BASE'),
      pay('d', 10_001, 'REST'),
    ];
    expect(codes(...odd)).toEqual([
      'RATE_NOT_WHOLE 0',
      'RATE_NOT_WHOLE 1',
      'RATE_OUT_OF_RANGE 2',
      'RATE_OUT_OF_RANGE 3',
    ]);
  });

  it('names the sixth payee deep and the third agency of one path', () => {
    expect(codes(chain('a', 'b', 'c', 'd', 'e', 'f'))).toEqual(['TOO_DEEP 5']);
    expect(codes(chain('agency', 'agency2', 'agency3', 'd'))).toEqual(['TOO_MANY_AGENCY_LEVELS 2']);
    expect(codes(chain('agency', 'agency2'), chain('agency3', 'agency4'))).toEqual([]);
  });

  it('names a payee paid twice by one parent in one role, not one paid by two parents', () => {
    expect(codes(pay('a', 1, 'BASE'), pay('a', 2, 'REST'))).toEqual(['DUPLICATE_PAYEE 1']);
    expect(codes(pay('a', 1, 'BASE', [fee]), pay('b', 1, 'BASE', [fee]))).toEqual([]);
    const twoRoles = { ...roles, roleOf: (node: { nodeNo: number }) => `${node.nodeNo}` };
    expect(checkForest(flatten([fee, fee]), twoRoles)).toEqual([]);
  });

  it('names rows out of preorder, and too many of them', () => {
    const [first, second, third] = flatten([pay('a', 1, 'BASE', [fee]), pay('b', 1, 'BASE')]);
    const misplaced = { code: 'NOT_IN_PREORDER', nodeNo: 2 };
    expect(checkForest([first!, { ...third!, nodeNo: 1 }, { ...second!, nodeNo: 2 }], roles)).toEqual([
      misplaced,
    ]);
    expect(checkForest([first!, second!, { ...third!, nodeNo: 7 }], roles)).toEqual([misplaced]);
    const many = Array.from({ length: MAX_NODES + 1 }, (_, at) => pay(`p${at}`, 1, 'BASE'));
    expect(codes(...many)).toEqual([`TOO_MANY_NODES ${MAX_NODES}`]);
  });
});

describe('the base of a line', () => {
  const parts = {
    itemTotalMinor: 10_000n,
    brandDiscountMinor: 1000n,
    platformDiscountMinor: 300n,
    creatorDiscountMinor: 20n,
    freightMinor: 800n,
    taxMinor: 500n,
  };

  it('leaves out what the policy says', () => {
    const base = (platformDiscountInBase: boolean, creatorDiscountInBase: boolean) =>
      commissionBase(parts, { platformDiscountInBase, creatorDiscountInBase });
    expect(base(true, true)).toBe(9000n);
    expect(base(false, true)).toBe(8700n);
    expect(base(true, false)).toBe(8980n);
    expect(base(false, false)).toBe(8680n);
  });

  it('is never below 0, nor is what the buyer paid', () => {
    const given = { ...parts, brandDiscountMinor: 20_000n };
    expect(commissionBase(given, { platformDiscountInBase: true, creatorDiscountInBase: true })).toBe(0n);
    expect(goodsPaid(given)).toBe(0n);
    expect(goodsPaid(parts)).toBe(8680n);
  });
});

describe('remainingBase', () => {
  const line = {
    baseMinor: 9000n,
    goodsPaidMinor: 8680n,
    refundedMinor: 0n,
    quantity: 3,
    refundedQuantity: 0,
  };

  it('shrinks in proportion to the money returned, rounded down', () => {
    expect(remainingBase(line)).toBe(9000n);
    expect(remainingBase({ ...line, refundedMinor: 1n })).toBe(8998n);
    expect(remainingBase({ ...line, refundedMinor: 4340n })).toBe(4500n);
    expect(remainingBase({ ...line, refundedMinor: 8680n })).toBe(0n);
  });

  it('takes a refund of more than was paid as all, and one below 0 as none', () => {
    expect(remainingBase({ ...line, refundedMinor: 99_999n })).toBe(0n);
    expect(remainingBase({ ...line, refundedMinor: -5n })).toBe(9000n);
  });

  it('goes by pieces where the buyer paid nothing', () => {
    const free = { ...line, goodsPaidMinor: 0n, refundedMinor: 0n };
    expect(remainingBase({ ...free, refundedQuantity: 1 })).toBe(6000n);
    expect(remainingBase({ ...free, refundedQuantity: 4 })).toBe(0n);
    expect(() => remainingBase({ ...free, quantity: 0 })).toThrow(RangeError);
  });
});

describe('refundDifference', () => {
  it('is what is missing from the postings to the target', () => {
    expect(refundDifference([5n, 0n], [7n, 0n])).toEqual([-2n, 0n]);
    expect(() => refundDifference([5n], [])).toThrow(RangeError);
  });
});
