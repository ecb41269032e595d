import { minOf, share } from '../../kernel/money.ts';
import type { FlatNode } from './forest.ts';

/** What each node of a forest gets, in minor units, by `nodeNo`. */
export interface Division {
  /** What the node's parent (the brand, for a root) pays it. */
  readonly grossMinor: readonly bigint[];
  /** What the node keeps after its own payees. */
  readonly netMinor: readonly bigint[];
}

/**
 * Divides a commission base over a forest of payees (money.md, "Waterfall"). In order, a node's gross is
 * `floor(rateBp × of / 10000)`, at most what its parent has left; its net is its gross less that of its payees.
 * So the nets sum to the roots' gross and none is below 0, whatever the rates are.
 *
 * This runs for every order line and every refund, so it is one pass over rows without recursion.
 * Throws a RangeError on a base below 0 and on rows that do not stand in their order: both are faults of
 * ours, and a wrong division is worse than none. Rates must have passed `checkForest`.
 */
export function divide(baseMinor: bigint, flat: readonly FlatNode[]): Division {
  if (baseMinor < 0n) throw new RangeError('a commission base cannot be below 0');
  const grossMinor: bigint[] = [];
  // A node's entry is what it has left at the moment, which in the end is its net.
  const netMinor: bigint[] = [];
  let rootRestMinor = baseMinor;
  for (const { nodeNo, parentNo, rateBp, of } of flat) {
    const restMinor = parentNo === null ? rootRestMinor : netMinor[parentNo];
    if (nodeNo !== grossMinor.length || restMinor === undefined) {
      throw new RangeError('the nodes of a forest must come in preorder');
    }
    const dueMinor = share(of === 'BASE' ? baseMinor : restMinor, rateBp);
    const ownMinor = minOf(dueMinor, restMinor);
    if (parentNo === null) rootRestMinor -= ownMinor;
    else netMinor[parentNo] = restMinor - ownMinor;
    grossMinor.push(ownMinor);
    netMinor.push(ownMinor);
  }
  return { grossMinor, netMinor };
}
