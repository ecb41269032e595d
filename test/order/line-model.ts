/**
 * The rules of an order line written a second time, from money.md and domain.md alone: the slow and plain way, without a
 * line of the product's code. All amounts are in minor units.
 */
export interface ModelEvent {
  readonly kind: 'PAID' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED' | 'REFUNDED';
  /** Milliseconds. */
  readonly at: number;
  readonly amount: bigint;
  readonly pieces: number;
}

export interface ModelPlaced {
  readonly quantity: number;
  readonly itemTotal: bigint;
  readonly brandDiscount: bigint;
  readonly platformDiscount: bigint;
  readonly creatorDiscount: bigint;
}

export interface ModelPolicy {
  readonly platformInBase: boolean;
  readonly creatorInBase: boolean;
  readonly feeBp: number;
}

/** Who shares in a line and at which rates; null for nobody. */
export interface ModelDeal {
  readonly commissionBp: number;
  readonly mcnBp: number | null;
  readonly recruiterBp: number | null;
  readonly secondBp: number | null;
}

export interface ModelNode {
  readonly role: string;
  readonly gross: bigint;
  readonly net: bigint;
}

export interface ModelLine {
  readonly state: string;
  readonly base: bigint;
  readonly paidForGoods: bigint;
  readonly refunded: bigint;
  readonly left: bigint;
  readonly reserved: number;
}

export function baseOf(placed: ModelPlaced, policy: ModelPolicy): bigint {
  let base = placed.itemTotal;
  base -= placed.brandDiscount;
  base -= policy.platformInBase ? 0n : placed.platformDiscount;
  base -= policy.creatorInBase ? 0n : placed.creatorDiscount;
  return base > 0n ? base : 0n;
}

export const paidOf = (placed: ModelPlaced): bigint =>
  placed.itemTotal - placed.brandDiscount - placed.platformDiscount - placed.creatorDiscount;

/** How a line stands when all of these events are known, in whatever order they came. */
export function standsAt(
  base: bigint,
  paidForGoods: bigint,
  quantity: number,
  events: readonly ModelEvent[],
): ModelLine {
  const first = (...kinds: string[]) =>
    Math.min(...events.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => at));
  const has = (kind: string) => events.some((event) => event.kind === kind);
  const cancelledBeforeShipping = has('CANCELLED') && first('CANCELLED') < first('SHIPPED', 'RECEIVED');
  const reached = ['RECEIVED', 'SHIPPED', 'PAID'].find(has) ?? 'PLACED';

  let money = 0n;
  let pieces = 0;
  for (const event of events) {
    if (event.kind !== 'REFUNDED') continue;
    money += event.amount;
    pieces += event.pieces;
  }
  if (money > paidForGoods) money = paidForGoods;
  if (pieces > quantity) pieces = quantity;
  let left = 0n;
  if (!has('CANCELLED')) {
    left =
      paidForGoods > 0n
        ? (base * (paidForGoods - money)) / paidForGoods
        : (base * BigInt(quantity - pieces)) / BigInt(quantity);
  }
  return {
    state: cancelledBeforeShipping ? 'CANCELLED' : reached,
    base,
    paidForGoods,
    refunded: has('CANCELLED') && !cancelledBeforeShipping ? paidForGoods : money,
    left,
    reserved: cancelledBeforeShipping ? 0 : quantity,
  };
}

/** What everybody has of what is left, in the order in which they are paid; nothing before the line is paid. */
export function shares(left: bigint, isPaid: boolean, deal: ModelDeal, policy: ModelPolicy): ModelNode[] {
  const base = isPaid ? left : 0n;
  const cut = (of: bigint, bp: number, most: bigint) => {
    const due = (of * BigInt(bp) - ((of * BigInt(bp)) % 10_000n)) / 10_000n;
    return due < most ? due : most;
  };
  const nodes: ModelNode[] = [];
  const fee = (gross: bigint): bigint => {
    if (policy.feeBp === 0) return 0n;
    const taken = cut(gross, policy.feeBp, gross);
    nodes.push({ role: 'TECHNICAL_FEE', gross: taken, net: taken });
    return taken;
  };
  const add = (role: string, gross: bigint, payees: () => bigint) => {
    const place = nodes.push({ role, gross, net: 0n }) - 1;
    nodes[place] = { role, gross, net: gross - payees() };
  };

  const creator = cut(base, deal.commissionBp, base);
  add('CREATOR', creator, () => {
    const taken = fee(creator);
    if (deal.mcnBp === null) return taken;
    const mcn = cut(creator - taken, deal.mcnBp, creator - taken);
    add('MCN', mcn, () => 0n);
    return taken + mcn;
  });
  if (deal.recruiterBp === null || deal.recruiterBp === 0) return nodes;
  const recruiter = cut(base, deal.recruiterBp, base - creator);
  add('RECRUITER', recruiter, () => {
    const taken = fee(recruiter);
    if (deal.secondBp === null) return taken;
    const second = cut(base, deal.secondBp, recruiter - taken);
    add('SECOND_RECRUITER', second, () => fee(second));
    return taken + second;
  });
  return nodes;
}
