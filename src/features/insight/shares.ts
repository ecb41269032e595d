import { ALL_BP, type BasisPoints, sumOf } from '../../kernel/money.ts';

/** `part` of `whole` in whole basis points, rounded down; null where there is no whole. */
export const rateBp = (part: bigint, whole: bigint): BasisPoints | null =>
  whole <= 0n ? null : Number((part * BigInt(ALL_BP)) / whole);

/**
 * The parts of a whole in basis points that add up to exactly 10000: each rounded down, and what is lacking given, one by
 * one, to those that lost most by it, the first of equals first. All 0 where there is nothing to share.
 */
export function sharesBp(partsMinor: readonly bigint[]): BasisPoints[] {
  const whole = sumOf(partsMinor);
  if (whole === 0n) return partsMinor.map(() => 0);
  const exact = partsMinor.map((part) => part * BigInt(ALL_BP));
  const shares = exact.map((part) => Number(part / whole));
  const lacking = ALL_BP - shares.reduce((a, b) => a + b, 0);
  const byLoss = exact
    .map((part, place) => ({ place, loss: part % whole }))
    .sort((a, b) => (a.loss === b.loss ? a.place - b.place : a.loss > b.loss ? -1 : 1));
  for (const { place } of byLoss.slice(0, lacking)) shares[place] = (shares[place] as number) + 1;
  return shares;
}
