import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import {
  acceptDelivery,
  acceptOffer,
  deliverMilestone,
  disputeDelivery,
  offerEngagement,
  payMilestones,
  resolveDispute,
} from '../../src/features/engagement/index.ts';
import { newId } from '../../src/kernel/ids.ts';

const NOW = new Date('2011-01-01T00:00:00Z');
const DUE = new Date('2011-02-01T00:00:00Z');

/** An engagement of some brand and creator: one milestone accepted by the brand, one divided in a dispute, one at work. */
export async function makeEngagement(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    const [sides] = await tx.rows(sql<{ brandId: string; creatorId: string; currency: string }>`
      select b.id as "brandId", b.currency, c.id as "creatorId" from brand b, creator c limit 1`);
    const { brandId = '', creatorId = '', currency = '' } = sides ?? {};
    const milestones = ['accepted', 'divided', 'at work'].map((title) => ({
      id: newId(),
      kind: 'SCRIPT' as const,
      title,
      priceMinor: 1000n,
      dueAt: DUE,
    }));
    const offer = {
      title: 'Films',
      brief: 'Three films',
      productIds: [],
      reviewDays: 7,
      changeRounds: 2,
      milestones,
    };
    const sidesOf = { brandId, providerId: creatorId, providerKind: 'CREATOR' as const, currency };
    const engagementId = await offerEngagement(tx, { ...offer, ...sidesOf }, NOW);
    await acceptOffer(tx, { id: engagementId, ...sidesOf }, NOW);
    const [accepted, divided] = milestones.map(({ id }) => ({ id, engagementId }));
    for (const milestone of [accepted!, divided!])
      await deliverMilestone(tx, { milestone, note: 'Done', links: [] }, NOW);
    await acceptDelivery(tx, accepted!, NOW);
    await disputeDelivery(tx, divided!, 'Half of it', NOW);
    await resolveDispute(tx, { milestone: divided!, toProviderMinor: 400n, reason: 'Half of it' }, NOW);
  });
  await payMilestones(database, NOW);
}

const ID = (title: string) => `(select id from engagement_milestone where title = '${title}')`;
const FREE = 'alter table engagement_entry drop constraint';

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_ENGAGEMENTS: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'work is paid that the ledger knows nothing of',
    `update engagement_milestone set payment_id = gen_random_uuid() where title = 'accepted'`,
    ['work-is-paid-by-the-ledger'],
  ],
  [
    'an entry does not add up with the one before it',
    `${FREE} what_is_held_adds_up;
     update engagement_entry set held_after_minor = 1 where milestone_id = ${ID('accepted')} and no = 2`,
    ['milestone-money-adds-up'],
  ],
  [
    'more is released than was held',
    `${FREE} engagement_entry_held_after_minor_check;
     update engagement_entry set amount_minor = 1001, held_after_minor = -1
     where milestone_id = ${ID('accepted')} and no = 2`,
    ['milestone-money-adds-up', 'milestone-money-agrees-with-state', 'work-is-paid-by-the-ledger'],
  ],
  [
    'nothing was released of what was accepted',
    `delete from engagement_entry where milestone_id = ${ID('accepted')} and no = 2`,
    ['milestone-money-agrees-with-state', 'work-is-paid-by-the-ledger'],
  ],
  [
    'a milestone goes back to work after it was divided',
    `update engagement_milestone set state = 'ACCEPTED', to_provider_minor = null where title = 'divided'`,
    ['milestone-money-agrees-with-state', 'work-is-paid-by-the-ledger'],
  ],
  [
    'a price is changed after it was held',
    `update engagement_milestone set price_minor = price_minor + 1 where title = 'at work'`,
    ['milestone-money-agrees-with-state'],
  ],
  [
    'one milestone of an accepted engagement is withdrawn',
    `update engagement_milestone set state = 'WITHDRAWN' where title = 'at work'`,
    ['milestone-money-agrees-with-state', 'offers-are-answered-as-a-whole'],
  ],
];
