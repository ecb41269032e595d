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
  readonly commissionBp: number;
  /** What the brand pays the recruiting agency beside it; 0 but for CAMPAIGN. */
  readonly serviceFeeBp: number;
  /** Whether it names the creator, or for CAMPAIGN whether the creator picked the product from it; true for OPEN. */
  readonly reachesCreator: boolean;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** Why an offer does not apply. */
export type LostBecause = 'NOT_IN_FORCE' | 'NOT_NAMED' | 'NOT_PICKED' | 'OUTRANKED';

export interface LostOffer {
  readonly offer: Offer;
  readonly because: LostBecause;
}

export interface TermsResolution {
  readonly winner: Offer | null;
  readonly losers: readonly LostOffer[];
}

/** Which of the offers applies at a moment, and why each other does not (domain.md, "Plans and terms"). */
export function resolveTerms(offers: readonly Offer[], at: Date): TermsResolution {
  let winner: Offer | null = null;
  const losers: LostOffer[] = [];
  for (const offer of [...offers].sort(byRank)) {
    const because = unfit(offer, at);
    if (because !== undefined) losers.push({ offer, because });
    else if (winner === null) winner = offer;
    else losers.push({ offer, because: 'OUTRANKED' });
  }
  return { winner, losers };
}

/** Strongest kind first; of one kind the higher rate, then the older version, so that the answer never depends on chance. */
function byRank(a: Offer, b: Offer): number {
  return (
    OFFER_RANK.indexOf(a.kind) - OFFER_RANK.indexOf(b.kind) ||
    b.commissionBp - a.commissionBp ||
    (a.termsId < b.termsId ? -1 : 1)
  );
}

function unfit(offer: Offer, at: Date): LostBecause | undefined {
  if (at < offer.validFrom || (offer.validTo !== null && at >= offer.validTo)) return 'NOT_IN_FORCE';
  if (offer.reachesCreator) return undefined;
  return offer.kind === 'CAMPAIGN' ? 'NOT_PICKED' : 'NOT_NAMED';
}
