import { type FlatNode, type ForestNode, flatten } from '../../src/features/commission/forest.ts';
import { type Division, divide } from '../../src/features/commission/waterfall.ts';

/** A division in the shape of its forest, which is how the shared vectors and the documents write it. */
export interface NestedShare {
  readonly payee: string;
  readonly gross: bigint;
  readonly net: bigint;
  readonly payees: readonly NestedShare[];
}

/** Divides the base and gives the result in the shape of the forest. */
export function divideNested(baseMinor: bigint, forest: readonly ForestNode[]): readonly NestedShare[] {
  const flat = flatten(forest);
  return nest(flat, divide(baseMinor, flat), null);
}

function nest(
  flat: readonly FlatNode[],
  division: Division,
  parentNo: number | null,
): readonly NestedShare[] {
  return flat
    .filter((node) => node.parentNo === parentNo)
    .map(({ payeeId, nodeNo }) => ({
      payee: payeeId,
      gross: division.grossMinor[nodeNo]!,
      net: division.netMinor[nodeNo]!,
      payees: nest(flat, division, nodeNo),
    }));
}
