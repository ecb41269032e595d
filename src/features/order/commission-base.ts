import { maxOf } from '../../kernel/money.ts';

/** What a shop system reports about the price of one order line; whole minor units of the order's currency, none below 0. */
export interface LineParts {
  /** List price × quantity, before any discount. */
  readonly itemTotalMinor: bigint;
  readonly brandDiscountMinor: bigint;
  readonly platformDiscountMinor: bigint;
  readonly creatorDiscountMinor: bigint;
  readonly freightMinor: bigint;
  readonly taxMinor: bigint;
}

/** Which discounts the payees do not feel: a discount "in the base" stays in the amount that the rates apply to. */
export interface BasePolicy {
  readonly platformDiscountInBase: boolean;
  readonly creatorDiscountInBase: boolean;
}

/**
 * The amount that commission rates apply to, in minor units and never below 0 (money.md, "Commission base").
 * The brand's own discount always lowers it; freight and tax are never in it.
 */
export function commissionBase(parts: LineParts, policy: BasePolicy): bigint {
  let baseMinor = parts.itemTotalMinor - parts.brandDiscountMinor;
  if (!policy.platformDiscountInBase) baseMinor -= parts.platformDiscountMinor;
  if (!policy.creatorDiscountInBase) baseMinor -= parts.creatorDiscountMinor;
  return maxOf(baseMinor, 0n);
}

/**
 * What the buyer paid for the goods of the line, in minor units and never below 0: the item total less every
 * discount, whoever bore it. Freight and tax are not goods.
 */
export function goodsPaid(parts: LineParts): bigint {
  const discountMinor = parts.brandDiscountMinor + parts.platformDiscountMinor + parts.creatorDiscountMinor;
  return maxOf(parts.itemTotalMinor - discountMinor, 0n);
}
