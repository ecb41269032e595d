import type { MilestoneState } from './milestone-state.ts';

export type EntryKind = 'HELD' | 'RELEASED' | 'RETURNED';

/** What happens to the money of a milestone, in minor units. The first entry holds the price; the others divide it. */
export interface MoneyEntry {
  readonly no: number;
  readonly kind: EntryKind;
  readonly amountMinor: bigint;
  readonly heldBeforeMinor: bigint;
  readonly heldAfterMinor: bigint;
}

interface Priced {
  readonly state: MilestoneState;
  readonly priceMinor: bigint;
  /** What an operator has given the provider in a dispute. */
  readonly toProviderMinor?: bigint | null;
}

/**
 * The entries that a move brings: the price is held when the offer is accepted, released to the provider when the
 * work is, returned when it is cancelled, and divided by an operator in a dispute.
 */
export function entriesOf({ state, priceMinor, toProviderMinor }: Priced, to: MilestoneState): MoneyEntry[] {
  if (state === 'OFFERED' && to === 'ACCEPTED') {
    const held = { heldBeforeMinor: 0n, heldAfterMinor: priceMinor };
    return [{ no: 1, kind: 'HELD', amountMinor: priceMinor, ...held }];
  }
  if (to === 'ACCEPTED_BY_BRAND') return divided(priceMinor, priceMinor);
  if (to === 'CANCELLED') return divided(priceMinor, 0n);
  return to === 'RESOLVED' ? divided(priceMinor, toProviderMinor ?? 0n) : [];
}

/** A part to the provider and the rest to the brand; a part of nothing is no entry. */
function divided(priceMinor: bigint, toProviderMinor: bigint): MoneyEntry[] {
  const parts = [
    ['RELEASED', toProviderMinor],
    ['RETURNED', priceMinor - toProviderMinor],
  ] as const;
  const entries: MoneyEntry[] = [];
  let heldMinor = priceMinor;
  for (const [kind, amountMinor] of parts) {
    if (amountMinor === 0n) continue;
    const held = { heldBeforeMinor: heldMinor, heldAfterMinor: heldMinor - amountMinor };
    entries.push({ no: entries.length + 2, kind, amountMinor, ...held });
    heldMinor -= amountMinor;
  }
  return entries;
}
