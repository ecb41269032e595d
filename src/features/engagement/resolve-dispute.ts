import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { toDecimal } from '../../kernel/money.ts';
import { lockMilestone, moveMilestones } from './move-milestones.ts';
import { aboutMilestone } from './tell-sides.ts';

export interface Resolution {
  readonly milestone: { readonly id: string; readonly engagementId: string };
  /** What the provider gets of the price, in minor units; the rest goes back to the brand. */
  readonly toProviderMinor: bigint;
  readonly reason: string;
}

/** An operator ends a dispute by dividing the price of the milestone. */
export async function resolveDispute(tx: Sql, resolution: Resolution, now: Date): Promise<void> {
  const { toProviderMinor, reason } = resolution;
  const { engagement, milestone } = await lockMilestone(tx, resolution.milestone);
  const { priceMinor } = milestone;
  const limit = `The provider gets 0 to ${toDecimal(priceMinor, engagement.currency)} ${engagement.currency}.`;
  new Checks()
    .text(reason, 'reason', 1, 2000)
    .that(toProviderMinor >= 0n && toProviderMinor <= priceMinor, 'toProviderMinor', limit)
    .done();
  const move = { milestone: { ...milestone, toProviderMinor }, to: 'RESOLVED', at: now } as const;
  await tx.rows(sql`
    update engagement_milestone set to_provider_minor = ${toProviderMinor}, resolution = ${reason}
    where id = ${milestone.id}`);
  await moveMilestones(tx, [move], ['input', 'milestoneId']);
  await announce(tx, [aboutMilestone('DISPUTE_RESOLVED', engagement, milestone)], now);
}
