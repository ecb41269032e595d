import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { endsWithBlock, type FreshBlock } from '../account/index.ts';
import { answerJoin } from './ask-to-join.ts';

/**
 * A request to join a belt that nobody has answered ends when the brand and the agency of the belt part: the brand that
 * blocks takes it back, the agency that blocks declines it with the reason. A brand that is in the belt stays until it
 * leaves. A brand has one request open at most.
 */
export async function endJoinsWithBlock(tx: Tx, block: FreshBlock, now: Date): Promise<void> {
  const { blockerId, blockedId, reason } = block;
  const [open] = await tx.rows(sql<{ id: string; brandId: string }>`
    select j.id, j.brand_id as "brandId" from belt_join j join industrial_belt b on b.id = j.belt_id
    where j.state = 'ASKED' and (j.brand_id, b.agency_id) in
      ((${blockerId}::uuid, ${blockedId}::uuid), (${blockedId}::uuid, ${blockerId}::uuid))
    for update of j`);
  if (open === undefined) return;
  if (open.brandId === blockerId) await answerJoin(tx, open.id, 'WITHDRAWN', null, now);
  else await answerJoin(tx, open.id, 'DECLINED', reason, now);
}

endsWithBlock('agency', endJoinsWithBlock);
