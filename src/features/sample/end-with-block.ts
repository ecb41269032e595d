import type { Tx } from '../../db/database.ts';
import { endsWithBlock, type FreshBlock } from '../account/index.ts';
import { go, passTime } from './sample-life.ts';
import { lockPending, writeSamples } from './sample-store.ts';

/**
 * Requests of the creator that nobody has answered are rejected with the block's reason. What was approved was
 * promised, and goes on.
 */
export async function rejectWithBlock(tx: Tx, block: FreshBlock, now: Date): Promise<void> {
  const { blockerId: brandId, blockedId: creatorId, reason } = block;
  const pending = await lockPending(tx, { brandId, creatorId }, now);
  const changes = pending.map(({ request: before, paid }) => {
    const { request, news } = passTime(before, paid, now);
    // Time may have rejected it already, at the moment that was due.
    if (request.state !== 'PENDING') return { request, news };
    const moved = go(request, 'REJECTED', now, { endedAt: now, reason }, 'BRAND');
    return { request: moved.request, news: [...news, ...moved.news] };
  });
  await writeSamples(tx, changes, now);
}

endsWithBlock('sample', rejectWithBlock);
