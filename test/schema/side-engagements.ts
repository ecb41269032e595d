import { acceptOffer, deliverMilestone, offerEngagement } from '../../src/features/engagement/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';

const DUE = new Date(EARLY.getTime() + 30 * 86_400_000);

interface Sides {
  readonly brandId: string;
  readonly creatorId: string;
  readonly recruiterId: string;
}

/** Work that the brand has ordered from the creator, delivered, and work that it has ordered from an agency. */
export async function makeEngagements(
  world: World,
  { brandId, creatorId, recruiterId }: Sides,
  productId: string,
) {
  const milestoneId = newId();
  const milestone = { kind: 'SCRIPT', title: 'Script', priceMinor: 1000n, dueAt: DUE } as const;
  const work = { title: 'Films', brief: 'Between us', currency: 'CNY', reviewDays: 7, changeRounds: 2 };
  return world.tx(async (tx) => {
    const ordered = { ...work, brandId, productIds: [productId] };
    const creator = { providerId: creatorId, providerKind: 'CREATOR' } as const;
    const milestones = [{ ...milestone, id: milestoneId }];
    const engagementId = await offerEngagement(tx, { ...ordered, ...creator, milestones }, EARLY);
    await acceptOffer(tx, { id: engagementId, brandId, ...creator }, EARLY);
    await deliverMilestone(
      tx,
      { milestone: { id: milestoneId, engagementId }, note: 'Done', links: [] },
      EARLY,
    );
    const agency = { providerId: recruiterId, providerKind: 'AGENCY', milestones: [milestone] } as const;
    const other = await offerEngagement(tx, { ...ordered, ...agency }, EARLY);
    return {
      'Engagement, of a creator': toGlobalId('Engagement', engagementId),
      'Engagement, of an agency': toGlobalId('Engagement', other),
      EngagementMilestone: toGlobalId('EngagementMilestone', milestoneId),
    };
  });
}
