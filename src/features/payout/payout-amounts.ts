import { type BasisPoints, maxOf, minOf, share } from '../../kernel/money.ts';

/** The balances of a payee in one currency that a payout is decided by. */
export interface PayeeBalances {
  readonly payableMinor: bigint;
  /** Zero, or below it by what is owed after clawbacks. */
  readonly receivableMinor: bigint;
}

/**
 * What a payee may be paid: its balance less what it owes. The recovery policy decides how fast a debt is taken of
 * earnings; it does not mean that the alliance pays out beside it what it would have to claim back.
 */
export const availableMinor = ({ payableMinor, receivableMinor }: PayeeBalances): bigint =>
  maxOf(minOf(payableMinor, payableMinor + receivableMinor), 0n);

/** The parts of a payout: what is withheld is rounded down, in favour of the payee. They sum to the gross. */
export function partsOf(
  grossMinor: bigint,
  withholdingBp: BasisPoints,
): { readonly withheldMinor: bigint; readonly netMinor: bigint } {
  const withheldMinor = share(grossMinor, withholdingBp);
  return { withheldMinor, netMinor: grossMinor - withheldMinor };
}
