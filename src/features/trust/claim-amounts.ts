import { minOf } from '../../kernel/money.ts';
import type { ProtectionKind } from '../product/index.ts';

/** What of a line bounds a claim on it. */
export interface ClaimedLine {
  /** What the buyer paid for the goods, minor units. */
  readonly goodsPaidMinor: bigint;
  /** The most that the freight of a return is paid by, minor units. */
  readonly freightCapMinor: bigint;
}

/** A fake is paid back, and ten times its price beside that 假一赔十. */
const FAKE_TIMES = 10n;

/** The most that all claims of a kind on one line may come to, in minor units. */
export function mostOf(kind: ProtectionKind, { goodsPaidMinor, freightCapMinor }: ClaimedLine): bigint {
  if (kind === 'RETURN_FREIGHT') return freightCapMinor;
  return kind === 'TENFOLD_IF_FAKE' ? goodsPaidMinor * (FAKE_TIMES + 1n) : goodsPaidMinor;
}

/** What an amount that is upheld consists of. */
export interface ClaimParts {
  /** Goes back for goods: it moves the commission as a refund of so much would. */
  readonly goodsMinor: bigint;
  /** Beside the goods: between the payer and the buyer alone. */
  readonly compensationMinor: bigint;
}

/**
 * Divides what is upheld: the price of the goods first, and what is above it is compensation. Freight is never in the
 * commission base (money.md), so that all of RETURN_FREIGHT is compensation. Pure; both parts are never below zero.
 */
export function partsOf(
  kind: ProtectionKind,
  amountMinor: bigint,
  { goodsPaidMinor }: Pick<ClaimedLine, 'goodsPaidMinor'>,
): ClaimParts {
  const goodsMinor = kind === 'RETURN_FREIGHT' ? 0n : minOf(amountMinor, goodsPaidMinor);
  return { goodsMinor, compensationMinor: amountMinor - goodsMinor };
}
