import type { RateSource } from './rate-of.ts';

/** What can offer a commission, strongest first: a named offer beats a general one, even when it is lower. */
export const OFFER_RANK = ['EXCLUSIVE', 'TARGETED', 'CAMPAIGN', 'SHOP_TARGETED', 'OPEN'] as const;
export type OfferKind = (typeof OFFER_RANK)[number];

/** One version of an offer that might apply to a creator, a product and a moment. */
export interface Offer {
  readonly kind: OfferKind;
  /** The plan, or for CAMPAIGN the enrolment. */
  readonly offerId: string;
  /** The version of its terms. */
  readonly termsId: string;
  /** What the creator gets on this occasion: a tier, a boost or a link's part is in it. */
  readonly commissionBp: number;
  readonly rateSource: RateSource;
  /** The count of settled lines that tiers went by; 0 where the version has none. */
  readonly settledLines: number;
  /** What the brand pays the recruiting agency beside it; 0 but for CAMPAIGN. */
  readonly serviceFeeBp: number;
  /** Whether it names the creator, or for CAMPAIGN whether the creator picked the product from it; true for OPEN. */
  readonly reachesCreator: boolean;
  /** Whether the brand has blocked the creator. */
  readonly blocked: boolean;
  /** From when it has reached the creator. */
  readonly since: Date;
  /** From when until when a lock keeps this older version for the creator; null for one that is in force by itself. */
  readonly lockedFrom: Date | null;
  readonly lockedUntil: Date | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** Why an offer does not apply. */
export type LostBecause =
  | 'NOT_IN_FORCE'
  | 'NOT_NAMED'
  | 'NOT_PICKED'
  | 'BLOCKED'
  | 'OUTRANKED'
  | 'NOT_HIGHER';

export interface LostOffer {
  readonly offer: Offer;
  readonly because: LostBecause;
}

export interface TermsResolution {
  readonly winner: Offer | null;
  readonly losers: readonly LostOffer[];
}

/**
 * Which of the offers applies at a moment, and why each other does not (domain.md, "Plans and terms"). Of the versions
 * in force the strongest kind wins. A lock keeps an older rate: it wins where it is higher, unless a stronger offer
 * reached the creator already when the lock began, for then the creator never had that rate.
 */
export function resolveTerms(offers: readonly Offer[], at: Date): TermsResolution {
  const sorted = offers.length > 1 ? offers.toSorted(byRank) : offers;
  const strongest = sorted.find((offer) => offer.lockedUntil === null && fits(offer, at));
  let lock: Offer | undefined;
  for (const offer of sorted) {
    if (offer.lockedUntil === null || !fits(offer, at) || outranks(strongest, offer)) continue;
    if (lock === undefined || offer.commissionBp > lock.commissionBp) lock = offer;
  }
  const isKept =
    lock !== undefined && (strongest === undefined || lock.commissionBp > strongest.commissionBp);
  const winner = (isKept ? lock : strongest) ?? null;
  const losers: LostOffer[] = [];
  for (const offer of sorted)
    if (offer !== winner) losers.push({ offer, because: unfit(offer, at) ?? beatenBy(strongest, offer) });
  return { winner, losers };
}

/**
 * Strongest kind first; of one kind the higher rate, then the older version, in force before locked, and of locks on it
 * the longest: the answer never depends on chance.
 */
function byRank(a: Offer, b: Offer): number {
  return (
    rankOf(a) - rankOf(b) ||
    b.commissionBp - a.commissionBp ||
    (a.termsId < b.termsId ? -1 : a.termsId > b.termsId ? 1 : endOfLock(b) - endOfLock(a))
  );
}

const endOfLock = ({ lockedUntil }: Offer): number => lockedUntil?.getTime() ?? Number.MAX_SAFE_INTEGER;

const rankOf = ({ kind }: Offer): number => OFFER_RANK.indexOf(kind);

const fits = (offer: Offer, at: Date): boolean => unfit(offer, at) === undefined;

function unfit(offer: Offer, at: Date): LostBecause | undefined {
  const end = offer.lockedUntil ?? offer.validTo;
  if (at < (offer.lockedFrom ?? offer.validFrom) || (end !== null && at >= end)) return 'NOT_IN_FORCE';
  if (!offer.reachesCreator) return offer.kind === 'CAMPAIGN' ? 'NOT_PICKED' : 'NOT_NAMED';
  return offer.blocked ? 'BLOCKED' : undefined;
}

/** Whether an offer in force is stronger than the lock, and was so when the lock began. */
function outranks(strongest: Offer | undefined, lock: Offer): boolean {
  if (strongest === undefined || rankOf(strongest) >= rankOf(lock)) return false;
  return lock.lockedFrom !== null && strongest.since < lock.lockedFrom;
}

/** Why a fitting offer lost: to the strongest offer in force by its kind, or else to a rate that is not lower. */
function beatenBy(strongest: Offer | undefined, offer: Offer): LostBecause {
  if (strongest === undefined || offer === strongest) return 'NOT_HIGHER';
  if (offer.lockedUntil !== null) return outranks(strongest, offer) ? 'OUTRANKED' : 'NOT_HIGHER';
  return 'OUTRANKED';
}
