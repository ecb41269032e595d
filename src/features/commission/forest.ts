import { ALL_BP, type BasisPoints } from '../../kernel/money.ts';

/** What a payee's rate applies to: the line's commission base, or what the payee's parent has left at its turn. */
export type RateOf = 'BASE' | 'REST';

/** One payee's place in the division, without its neighbours. */
export interface PayeeTerms {
  readonly payeeId: string;
  /** Whole basis points, 0 to 10000. */
  readonly rateBp: BasisPoints;
  readonly of: RateOf;
}

/** A payee and those it pays out of its own gross, in the order in which they are paid. `Data` rides along, a role say. */
export type ForestNode<Data = unknown> = PayeeTerms & Data & { readonly payees: readonly ForestNode<Data>[] };

/** The same node as a row: numbered from 0 in preorder, so that a parent comes before its payees and payees in order. */
export type FlatNode<Data = unknown> = PayeeTerms &
  Data & {
    readonly nodeNo: number;
    /** The parent's `nodeNo`; null for a root. */
    readonly parentNo: number | null;
  };

/** Money.md: at most five payees deep, at most two levels of agencies. */
export const MAX_PAYEES_DEEP = 5;
export const MAX_AGENCY_LEVELS = 2;

/** Far above any real arrangement (seven), low enough that one line cannot write thousands of rows. */
export const MAX_NODES = 50;

/** Numbers a forest in preorder and drops the nesting. It uses no recursion, so that no depth can exhaust the stack. */
export function flatten<Data>(forest: readonly ForestNode<Data>[]): FlatNode<Data>[] {
  const flat: FlatNode<Data>[] = [];
  const waiting: { node: ForestNode<Data>; parentNo: number | null }[] = [];
  const queue = (nodes: readonly ForestNode<Data>[], parentNo: number | null) => {
    // Last first, because the list is emptied from its end.
    for (const node of nodes.toReversed()) waiting.push({ node, parentNo });
  };
  queue(forest, null);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { payees, ...own } = next.node;
    const nodeNo = flat.length;
    flat.push({ ...own, nodeNo, parentNo: next.parentNo } as unknown as FlatNode<Data>);
    queue(payees, nodeNo);
  }
  return flat;
}

/** What is wrong with a forest, and at which node. */
export interface ForestProblem {
  readonly code:
    | 'TOO_MANY_NODES'
    | 'NOT_IN_PREORDER'
    | 'RATE_NOT_WHOLE'
    | 'RATE_OUT_OF_RANGE'
    | 'TOO_DEEP'
    | 'TOO_MANY_AGENCY_LEVELS'
    | 'DUPLICATE_PAYEE';
  readonly nodeNo: number;
}

/** How the caller tells roles apart; the division itself knows none. */
export interface ForestRoles<Data> {
  /** Whether the node is a level of recruiting agencies. An MCN and a promoter's agency are not. */
  readonly isAgency: (node: FlatNode<Data>) => boolean;
  /** In which role the node is paid: one party may stand twice under one parent, but not twice in the same role. */
  readonly roleOf: (node: FlatNode<Data>) => string;
}

/**
 * Every problem of a forest, in the order of its nodes; an empty list for a good one. A forest with too many
 * nodes or out of order gets only that problem, since no other question can be asked of it. Never throws.
 * Rates that add up to more than a parent has are no problem: the division caps them.
 */
export function checkForest<Data>(
  flat: readonly FlatNode<Data>[],
  roles: ForestRoles<Data>,
): readonly ForestProblem[] {
  if (flat.length > MAX_NODES) return [{ code: 'TOO_MANY_NODES', nodeNo: MAX_NODES }];
  const misplaced = firstOutOfOrder(flat);
  if (misplaced !== undefined) return [{ code: 'NOT_IN_PREORDER', nodeNo: misplaced }];

  const problems: ForestProblem[] = [];
  const depths: number[] = [];
  const agencies: number[] = [];
  const paid = new Set<string>();
  for (const node of flat) {
    const report = (code: ForestProblem['code']) => problems.push({ code, nodeNo: node.nodeNo });
    const depth = 1 + (node.parentNo === null ? 0 : depths[node.parentNo]!);
    const isAgency = roles.isAgency(node);
    const agencyLevels = (isAgency ? 1 : 0) + (node.parentNo === null ? 0 : agencies[node.parentNo]!);
    const key = JSON.stringify([node.parentNo, roles.roleOf(node), node.payeeId]);
    depths.push(depth);
    agencies.push(agencyLevels);

    if (!Number.isInteger(node.rateBp)) report('RATE_NOT_WHOLE');
    else if (node.rateBp < 0 || node.rateBp > ALL_BP) report('RATE_OUT_OF_RANGE');
    if (depth > MAX_PAYEES_DEEP) report('TOO_DEEP');
    if (isAgency && agencyLevels > MAX_AGENCY_LEVELS) report('TOO_MANY_AGENCY_LEVELS');
    if (paid.has(key)) report('DUPLICATE_PAYEE');
    paid.add(key);
  }
  return problems;
}

/** The first row whose number is not its place, or whose parent is not on the path of the row before it. */
function firstOutOfOrder(flat: readonly FlatNode[]): number | undefined {
  const path: number[] = [];
  for (const [place, node] of flat.entries()) {
    if (node.nodeNo !== place) return place;
    while (path.length > 0 && path.at(-1) !== node.parentNo) path.pop();
    if (path.length === 0 && node.parentNo !== null) return place;
    path.push(place);
  }
  return undefined;
}
