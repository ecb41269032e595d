import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { Checks } from '../../graphql/checks.ts';
import { isWebAddress } from '../../kernel/text.ts';
import { lockMilestone, moveMilestones } from './move-milestones.ts';
import { aboutMilestone } from './tell-sides.ts';

const MAX_LINKS = 20;

export interface Delivery {
  readonly milestone: { readonly id: string; readonly engagementId: string };
  readonly note: string;
  /** Where the work is to be found: https addresses. */
  readonly links: readonly string[];
}

/**
 * Hands the work of a milestone in; from now on the brand has its days to answer. Late work is taken as long as the
 * brand has not cancelled it, and a wish to cancel that was not agreed to is void with it.
 */
export async function deliverMilestone(tx: Sql, { milestone: named, note, links }: Delivery, now: Date) {
  new Checks()
    .text(note, 'note', 1, 2000)
    .that(links.length <= MAX_LINKS, 'links', `At most ${MAX_LINKS} links.`)
    .that(links.every(isWebAddress), 'links', 'Links are https addresses of at most 500 characters.')
    .done();
  const { engagement, milestone } = await lockMilestone(tx, named);
  await moveMilestones(tx, [{ milestone, to: 'DELIVERED', at: now }], ['input', 'milestoneId']);
  await tx.rows(sql`
    insert into engagement_delivery (milestone_id, round, note, links, delivered_at)
    values (${milestone.id}, ${milestone.changesAsked + 1}, ${note}, ${links}::text[], ${now})`);
  await announce(tx, [aboutMilestone('MILESTONE_DELIVERED', engagement, milestone)], now);
}
