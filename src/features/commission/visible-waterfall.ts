import { type Actor, isMember, isOperator } from '../../graphql/actor.ts';
import type { PayeeRole } from './build-forest.ts';

/** A node of a waterfall as it stands in its table, with the line's currency. */
export interface NodeRow {
  readonly brandId: string;
  readonly lineId: string;
  readonly nodeNo: number;
  readonly parentNo: number | null;
  readonly payeeId: string;
  readonly role: PayeeRole;
  readonly rateBp: number;
  readonly of: 'BASE' | 'REST';
  readonly grossMinor: bigint;
  readonly netMinor: bigint;
  readonly currency: string;
  /** Whether it is what a creator earns, and the caller the managing agency that may see EARNINGS now. */
  readonly isAgreedTo: boolean;
}

/** A node as one caller may see it: what is not theirs to know is null. */
export type VisibleNode = Omit<NodeRow, 'rateBp' | 'of' | 'netMinor'> & {
  readonly rateBp: number | null;
  readonly of: NodeRow['of'] | null;
  readonly netMinor: bigint | null;
};

/** Whether the caller sees all of a brand's waterfalls. */
export const seesAll = (actor: Actor, brandId: string): boolean =>
  isMember(actor, brandId) || isOperator(actor);

/**
 * Who sees what (money.md): the paying brand and operators all of it. A payee sees its own node, the gross of the node
 * that pays it, and what it passes on; never what another payee keeps or has agreed with a third. A managing agency
 * that may see EARNINGS sees the creator's node too, but not what it passes on: that may be an earlier agency's share.
 */
export function visibleNodes(actor: Actor, nodes: readonly NodeRow[]): VisibleNode[] {
  if (nodes[0] !== undefined && seesAll(actor, nodes[0].brandId)) return [...nodes];
  const own = new Set(nodes.filter(({ payeeId }) => isMember(actor, payeeId)).map(({ nodeNo }) => nodeNo));
  const payers = new Set(nodes.filter(({ nodeNo }) => own.has(nodeNo)).map(({ parentNo }) => parentNo));
  return nodes.flatMap((node): VisibleNode[] => {
    if (own.has(node.nodeNo) || node.isAgreedTo) return [node];
    if (node.parentNo !== null && own.has(node.parentNo)) return [{ ...node, netMinor: null }];
    return payers.has(node.nodeNo) ? [{ ...node, rateBp: null, of: null, netMinor: null }] : [];
  });
}

/** Whether the caller may know the offers that a line was sold under: whoever sees all, is paid, or may see EARNINGS. */
export const seesOffers = (actor: Actor, brandId: string, nodes: readonly NodeRow[]): boolean =>
  seesAll(actor, brandId) || nodes.some((node) => node.isAgreedTo || isMember(actor, node.payeeId));

/** The sum check: what all payees keep is what the brand pays. It is shown to everybody who sees a part. */
export function sumsUp(nodes: readonly NodeRow[]): boolean {
  let left = 0n;
  for (const { parentNo, grossMinor, netMinor } of nodes)
    left += (parentNo === null ? grossMinor : 0n) - netMinor;
  return left === 0n;
}
