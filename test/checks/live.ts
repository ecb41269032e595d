import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { addLiveItem, setLiveOffer } from '../../src/features/live/index.ts';
import { startLiveSession } from '../../src/features/promotion/index.ts';
import { newId } from '../../src/kernel/ids.ts';

const NOW = new Date('2011-02-01T00:00:00Z');

/** A running session with a price and a stock of its own for a SKU of the replay. */
export async function makeLive(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    const [line] = await tx.rows(sql<{
      brandId: string;
      productId: string;
      skuId: string;
      creatorId: string;
    }>`
      select brand_id as "brandId", product_id as "productId", sku_id as "skuId", creator_id as "creatorId"
      from order_line where order_no = '536366'`);
    const { brandId = '', productId = '', skuId = '', creatorId = '' } = line ?? {};
    const { id: liveSessionId } = await startLiveSession(tx, { id: newId(), creatorId, title: 'Live' }, NOW);
    const id = await addLiveItem(tx, { liveSessionId, creatorId, productId }, NOW);
    const place = { id, liveSessionId, productId, brandId, position: 1, pinned: false };
    await tx.rows(sql`update sku set stock = stock + 2 where id = ${skuId}`);
    const wanted = { skuId, priceMinor: 1n, stock: 2, payWithinMinutes: 15 };
    await setLiveOffer(tx, { ...place, addedAt: NOW, removedAt: null }, wanted, NOW);
  });
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_LIVE: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'a piece of a live session is taken by nobody',
    'update live_offer set taken = taken + 1',
    ['live-stock-is-held'],
  ],
];
