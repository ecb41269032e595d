import {
  acceptDelivery,
  acceptOffer,
  askChanges,
  cancelEngagement,
  deliverMilestone,
  disputeDelivery,
  endOffer,
  offerEngagement,
  resolveDispute,
  runOutOfTime,
} from '../../src/features/engagement/index.ts';
import { type EngagementSeed, type EngagementStep, engagements } from './content/index.ts';
import { demoId, keyOf } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

/** The engagements of the demo, each told from its offer on, at the days on which it happened. */
export async function seedEngagements(seeding: Seeding): Promise<void> {
  const oldestFirst = engagements.toSorted((a, b) => b.offeredDays - a.offeredDays);
  await forEachItem(seeding, 'Engagements', oldestFirst, async (engagement) => {
    await offer(seeding, engagement);
    for (const step of engagement.steps) await take(seeding, engagement, step);
  });
}

const sidesOf = ({ brand, provider }: EngagementSeed) => ({
  brandId: demoId(brand),
  providerId: demoId(provider),
  providerKind: provider.startsWith('creator:') ? ('CREATOR' as const) : ('AGENCY' as const),
});

function offer(seeding: Seeding, engagement: EngagementSeed): Promise<string> {
  const { key, title, brief, products, offeredDays } = engagement;
  const milestones = engagement.milestones.map(({ dueDays, ...milestone }, i) => ({
    ...milestone,
    id: demoId(keyOf.milestone(engagement, i + 1)),
    dueAt: ago(seeding, dueDays),
  }));
  const settings = { currency: 'CNY', productIds: products.map(demoId), reviewDays: 7, changeRounds: 2 };
  const work = { id: demoId(key), title, brief, milestones, ...settings, ...sidesOf(engagement) };
  return offerEngagement(seeding.tx, work, ago(seeding, offeredDays));
}

/** One step of the story, by the use case that the members would have called on that day. */
async function take(seeding: Seeding, engagement: EngagementSeed, step: EngagementStep): Promise<void> {
  const { tx, within } = seeding;
  const at = ago(seeding, step.days);
  const engagementId = demoId(engagement.key);
  const milestone =
    'no' in step ? { id: demoId(keyOf.milestone(engagement, step.no)), engagementId } : undefined;
  const text = 'text' in step ? step.text : '';
  switch (step.do) {
    case 'ACCEPT':
      return acceptOffer(tx, { id: engagementId, ...sidesOf(engagement) }, at);
    case 'DECLINE':
      return endOffer(tx, { id: engagementId, answer: 'DECLINED', note: text }, at);
    case 'WITHDRAW':
      return endOffer(tx, { id: engagementId, answer: 'WITHDRAWN', note: text }, at);
    case 'TIME':
      return runOutOfTime(within, at);
    case 'DELIVER': {
      const links = [`https://disk.example.com/${engagement.key.slice('engagement:'.length)}/${step.no}`];
      return deliverMilestone(tx, { milestone: milestone!, note: text, links }, at);
    }
    case 'TAKE':
      return acceptDelivery(tx, milestone!, at);
    case 'ASK_CHANGES':
      return askChanges(tx, milestone!, text, at);
    case 'DISPUTE':
      return disputeDelivery(tx, milestone!, text, at);
    case 'CANCEL': {
      const only = { engagementId, milestoneIds: [milestone!.id] };
      return cancelEngagement(tx, { ...only, reason: text, by: [step.by] }, at);
    }
    case 'RESOLVE': {
      const { toProviderMinor } = step;
      return resolveDispute(tx, { milestone: milestone!, toProviderMinor, reason: text }, at);
    }
  }
}
