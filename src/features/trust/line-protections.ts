import { PROTECTION_KINDS, type ProtectionKind } from '../product/index.ts';
import type { TrustRules } from './trust-policy.ts';

const DAY_MS = 86_400_000;
const WARRANTY_DAYS = 180;
/** What the holder of a Trust Card has with every product of a Trust Buy brand, also where it does not carry it. */
const BY_CARD: ProtectionKind = 'RETURN_FREIGHT';

/** Under what a line was placed. All of it is as of the moment of placing, but the receipt. */
export interface PlacedUnder {
  /** Whether the brand was in Trust Buy. */
  readonly isMember: boolean;
  /** What the product carried. */
  readonly kinds: readonly ProtectionKind[];
  readonly holdsCard: boolean;
  readonly receivedAt: Date | null;
}

/** One protection of a line. */
export interface LineProtectionValue {
  readonly kind: ProtectionKind;
  /** Whether the product carried it, or the buyer's Trust Card adds it. */
  readonly by: 'PRODUCT' | 'TRUST_CARD';
  /** How many days after receipt a claim may be opened. */
  readonly days: number;
  /** Until when: the moment itself is too late. Null before the goods are received. */
  readonly claimableUntil: Date | null;
}

/** The days of each protection by the rules, without what a card adds. */
export function daysOf(kind: ProtectionKind, rules: TrustRules): number {
  switch (kind) {
    case 'REFUND_WITHOUT_RETURN':
      return rules.refundDays;
    case 'RETURN_FREIGHT':
      return rules.freightDays;
    case 'TENFOLD_IF_FAKE':
      return rules.fakeDays;
    case 'AUTHENTICATED':
      return rules.authenticityDays;
    case 'WARRANTY_180_DAYS':
      return WARRANTY_DAYS;
  }
}

/**
 * The protections of a line by the rules that were in force when it was placed: what its product carried, widened by the
 * Trust Card of its buyer. Pure: it comes out the same whenever it is asked.
 */
export function protectionsOf(line: PlacedUnder, rules: TrustRules): LineProtectionValue[] {
  const { isMember, kinds, holdsCard, receivedAt } = line;
  if (!isMember) return [];
  return PROTECTION_KINDS.flatMap((kind): LineProtectionValue[] => {
    const isCarried = kinds.includes(kind);
    if (!isCarried && !(holdsCard && kind === BY_CARD)) return [];
    const days = daysOf(kind, rules) + (holdsCard ? rules.cardExtraDays : 0);
    const claimableUntil = receivedAt && new Date(receivedAt.getTime() + days * DAY_MS);
    return [{ kind, by: isCarried ? 'PRODUCT' : 'TRUST_CARD', days, claimableUntil }];
  });
}
