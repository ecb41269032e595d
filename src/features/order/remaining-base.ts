import { maxOf, minOf } from '../../kernel/money.ts';

/** How much of a line has been refunded so far, all refunds together. */
export interface Refunded {
  /** The commission base frozen on the line, minor units, not below 0. */
  readonly baseMinor: bigint;
  /** What the buyer paid for the goods (`goodsPaid`), minor units, not below 0. */
  readonly goodsPaidMinor: bigint;
  /** The sum of all refunds of the line, minor units. More than was paid counts as all of it, less than 0 as none. */
  readonly refundedMinor: bigint;
  /** Pieces ordered, at least 1. */
  readonly quantity: number;
  /** Pieces sent back, all refunds together. It decides only where the buyer paid nothing. */
  readonly refundedQuantity: number;
}

/**
 * What is left of a line's commission base after its refunds, in minor units (money.md, "Refunds"):
 * `floor(base × (goodsPaid − refunded) / goodsPaid)`, by quantity where the buyer paid nothing. It depends on
 * the sums alone, so neither the order nor the parts of the refunds matter. Throws a RangeError where a line
 * that cost nothing has no quantity either, because then no proportion is known.
 */
export function remainingBase(line: Refunded): bigint {
  if (line.goodsPaidMinor > 0n) return keep(line.baseMinor, line.refundedMinor, line.goodsPaidMinor);
  if (line.quantity < 1) throw new RangeError('an order line has at least one piece');
  return keep(line.baseMinor, BigInt(line.refundedQuantity), BigInt(line.quantity));
}

/** `floor(baseMinor × (whole − gone) / whole)`, with `gone` held between 0 and `whole`. */
function keep(baseMinor: bigint, gone: bigint, whole: bigint): bigint {
  const left = whole - maxOf(minOf(gone, whole), 0n);
  return (baseMinor * left) / whole;
}
