import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkForest, type ForestNode, flatten, type RateOf } from '../../src/features/commission/forest.ts';
import { refundDifference } from '../../src/features/commission/refund-difference.ts';
import { divide } from '../../src/features/commission/waterfall.ts';
import { commissionBase } from '../../src/features/order/commission-base.ts';
import { remainingBase } from '../../src/features/order/remaining-base.ts';
import { sharedFile } from '../kit/shared.ts';
import { divideNested, type NestedShare } from './nested.ts';

interface Terms {
  readonly payee: string;
  readonly rateBp: number;
  readonly of: RateOf;
  readonly payees: readonly Terms[];
}
interface Shares {
  readonly payee: string;
  readonly gross: number;
  readonly net: number;
  readonly payees: readonly Shares[];
}
interface Step {
  readonly event: 'ACCRUAL' | 'REFUND';
  readonly baseRefundMinor: number;
  readonly remainingBaseMinor: number;
  readonly waterfall: readonly Shares[];
  readonly balances: Readonly<Record<string, number>>;
  readonly entries: Readonly<Record<string, number>>;
}
interface Case {
  readonly name: string;
  readonly line: Readonly<
    Record<
      | 'itemTotalMinor'
      | 'brandDiscountMinor'
      | 'platformDiscountMinor'
      | 'creatorDiscountMinor'
      | 'freightMinor'
      | 'taxMinor',
      number
    >
  >;
  readonly basePolicy: { readonly platformDiscountInBase: boolean; readonly creatorDiscountInBase: boolean };
  readonly terms: readonly Terms[];
  readonly baseMinor: number;
  readonly steps: readonly Step[];
}

const cases: readonly Case[] = JSON.parse(readFileSync(sharedFile('vectors/waterfall.json'), 'utf8'));

const forestOf = (terms: readonly Terms[]): readonly ForestNode[] =>
  terms.map(({ payee, rateBp, of, payees }) => ({ payeeId: payee, rateBp, of, payees: forestOf(payees) }));

const exact = (shares: readonly Shares[]): readonly NestedShare[] =>
  shares.map(({ payee, gross, net, payees }) => ({
    payee,
    gross: BigInt(gross),
    net: BigInt(net),
    payees: exact(payees),
  }));

const exactRecord = (amounts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(amounts).map(([payee, amount]) => [payee, BigInt(amount)]));

/** One payee may stand at several nodes (the platform's fee under each payee); its balance is their sum. */
function byPayee(nodes: readonly { payeeId: string }[], amounts: readonly bigint[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const [nodeNo, { payeeId }] of nodes.entries()) {
    sums[payeeId] = (sums[payeeId] ?? 0n) + amounts[nodeNo]!;
  }
  return sums;
}

const AGENCIES = new Set(['agency', 'subAgency', 'secondAgency']);

describe('the shared waterfall vectors', () => {
  it('are all 200 there, with refunds', () => {
    expect(cases).toHaveLength(200);
    expect(cases.flatMap((one) => one.steps)).toHaveLength(399);
  });

  it.each(cases)('$name', (one) => {
    const parts = {
      itemTotalMinor: BigInt(one.line.itemTotalMinor),
      brandDiscountMinor: BigInt(one.line.brandDiscountMinor),
      platformDiscountMinor: BigInt(one.line.platformDiscountMinor),
      creatorDiscountMinor: BigInt(one.line.creatorDiscountMinor),
      freightMinor: BigInt(one.line.freightMinor),
      taxMinor: BigInt(one.line.taxMinor),
    };
    const baseMinor = commissionBase(parts, one.basePolicy);
    expect(baseMinor).toBe(BigInt(one.baseMinor));

    const forest = forestOf(one.terms);
    const flat = flatten(forest);
    const isAgency = (node: { payeeId: string }) => AGENCIES.has(node.payeeId);
    expect(checkForest(flat, { isAgency, roleOf: (node) => node.payeeId })).toEqual([]);

    let refundedMinor = 0n;
    let posted: readonly bigint[] = flat.map(() => 0n);
    for (const step of one.steps) {
      // The vectors refund on the base itself, which is the case of a buyer who paid exactly the base.
      refundedMinor += BigInt(step.baseRefundMinor);
      const remainingMinor = remainingBase({
        baseMinor,
        goodsPaidMinor: baseMinor,
        refundedMinor,
        quantity: 1,
        refundedQuantity: 0,
      });
      expect(remainingMinor).toBe(BigInt(step.remainingBaseMinor));
      expect(divideNested(remainingMinor, forest)).toEqual(exact(step.waterfall));

      const { netMinor } = divide(remainingMinor, flat);
      const entries = refundDifference(netMinor, posted);
      expect(byPayee(flat, netMinor)).toEqual(exactRecord(step.balances));
      expect(byPayee(flat, entries)).toEqual(exactRecord(step.entries));
      posted = netMinor;
    }
  });
});
