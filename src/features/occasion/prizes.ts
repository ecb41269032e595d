import { sumOf } from '../../kernel/money.ts';

/** Where a party stands on a board: the same rank for the same amount, and the next one is as many places further. */
export interface Standing {
  readonly partyId: string;
  readonly rank: number;
}

/**
 * Divides the prizes of a board. Those who share a rank take as many places as they are, and share the prizes of these places
 * evenly; what does not divide stays with the alliance. `prizes` are by place, `standings` by rank.
 */
export function dividePrizes(
  prizes: ReadonlyMap<number, bigint>,
  standings: readonly Standing[],
): Map<string, bigint> {
  const won = new Map<string, bigint>();
  for (const [rank, tied] of Map.groupBy(standings, (standing) => standing.rank)) {
    const places = tied.map((_, i) => prizes.get(rank + i) ?? 0n);
    const each = sumOf(places) / BigInt(tied.length);
    if (each > 0n) for (const { partyId } of tied) won.set(partyId, each);
  }
  return won;
}
