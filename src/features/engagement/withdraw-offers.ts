import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { select } from '../../graphql/loaders.ts';
import { endsWithBlock, type FreshBlock } from '../account/index.ts';
import { endOffers } from './answer-offer.ts';
import type { EngagementRow } from './engagement.entity.ts';
import { ENGAGEMENT_COLUMNS } from './move-milestones.ts';

/**
 * Open offers between the two end with a block: the brand that blocks takes them back, the agency that blocks declines
 * them. Work that was accepted goes on, and its money stays held for it.
 */
export async function withdrawOffers(tx: Sql, block: FreshBlock, now: Date): Promise<void> {
  const { blockerId, blockedId, reason } = block;
  const open = await tx.rows(sql<EngagementRow>`
    select ${select('t', ENGAGEMENT_COLUMNS)} from engagement t
    where t.answered_at is null and t.lapses_at > ${now} and (t.brand_id, t.provider_id) in
      ((${blockerId}::uuid, ${blockedId}::uuid), (${blockedId}::uuid, ${blockerId}::uuid))
    order by t.id for update`);
  const offers = open.map((engagement) => {
    const answer = engagement.brandId === blockerId ? ('WITHDRAWN' as const) : ('DECLINED' as const);
    return { engagement, answer, at: now, note: reason };
  });
  await endOffers(tx, offers, now);
}

endsWithBlock('engagement', withdrawOffers);
