import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { refuseBlocked } from '../account/index.ts';
import { refuseUncertified } from '../agency/index.ts';
import type { EngagementRow } from './engagement.entity.ts';
import { type LockedEngagement, lockEngagement, lockMilestones, moveMilestones } from './move-milestones.ts';
import { aboutEngagement } from './tell-sides.ts';

/** What can become of an offer; all of its milestones move together. */
export type OfferAnswer = 'ACCEPTED' | 'DECLINED' | 'WITHDRAWN' | 'LAPSED';

const TOLD: Readonly<Record<OfferAnswer, EventKind>> = {
  ACCEPTED: 'ENGAGEMENT_ACCEPTED',
  DECLINED: 'ENGAGEMENT_DECLINED',
  WITHDRAWN: 'ENGAGEMENT_WITHDRAWN',
  LAPSED: 'ENGAGEMENT_LAPSED',
};
type Offered = Pick<EngagementRow, 'id' | 'brandId' | 'providerId' | 'providerKind'>;
const PATH = ['input', 'engagementId'];

/** The provider takes the work: from now on the price of each milestone is held. */
export async function acceptOffer(
  tx: Sql,
  { id, brandId, providerId, providerKind }: Offered,
  now: Date,
): Promise<void> {
  // A block may have come between the offer and its acceptance; pairs are locked before rows.
  await refuseBlocked(tx, brandId, providerId, now, PATH);
  const { engagement } = await lockOpenOffer(tx, id, now);
  if (providerKind === 'AGENCY') await refuseUncertified(tx, providerId, 'CONTENT', now, PATH);
  await endOffers(tx, [{ engagement, answer: 'ACCEPTED', at: now }], now);
}

/** The provider does not take the work, or the brand takes the offer back; with a word for the other side, if any. */
export async function endOffer(
  tx: Sql,
  { id, answer, note }: { id: string; answer: 'DECLINED' | 'WITHDRAWN'; note: string | null },
  now: Date,
): Promise<void> {
  if (note !== null) new Checks().text(note, 'note', 1, 500).done();
  const { engagement } = await lockOpenOffer(tx, id, now);
  await endOffers(tx, [{ engagement, answer, at: now, note }], now);
}

/** An offer that is over by time alone is over, also when no chore has come by yet. */
async function lockOpenOffer(tx: Sql, id: string, now: Date): Promise<LockedEngagement> {
  const locked = await lockEngagement(tx, id);
  const { lapsesAt, answeredAt } = locked.engagement;
  const state = locked.milestones[0]?.state ?? 'OFFERED';
  if (answeredAt !== null) throw wrongState(PATH, state, `The offer is ${state} already.`);
  if (lapsesAt <= now) throw wrongState(PATH, 'LAPSED', 'The offer has lapsed.');
  return locked;
}

export interface EndingOffer {
  readonly engagement: Pick<EngagementRow, 'id' | 'brandId' | 'providerId'>;
  readonly answer: OfferAnswer;
  readonly at: Date;
  readonly note?: string | null;
}

/** Moves whole offers, whose rows are locked, and tells both sides. A constant number of statements. */
export async function endOffers(tx: Sql, offers: readonly EndingOffer[], now: Date): Promise<void> {
  if (offers.length === 0) return;
  const byId = new Map(offers.map((offer) => [offer.engagement.id, offer]));
  await tx.rows(sql`
    update engagement e set answered_at = v.at, note = v.note
    from unnest(${[...byId.keys()]}::uuid[], ${offers.map(({ at }) => at.toISOString())}::timestamptz[],
      ${offers.map(({ note }) => note ?? null)}::text[]) v (id, at, note)
    where e.id = v.id`);
  const milestones = await lockMilestones(tx, [...byId.keys()]);
  const moves = milestones.flatMap((milestone) => {
    const offer = byId.get(milestone.engagementId);
    return offer === undefined ? [] : [{ milestone, to: offer.answer, at: offer.at }];
  });
  await moveMilestones(tx, moves, PATH);
  const told = offers.map(({ engagement, answer }) => aboutEngagement(TOLD[answer], engagement));
  await announce(tx, told, now);
}
