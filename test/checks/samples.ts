import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { moveDueSamples, requestSample, setSampleRule, shipSample } from '../../src/features/sample/index.ts';

/** Before the orders of the replay. */
const BEFORE = new Date('2010-12-01T00:00:00Z');
const AFTER = new Date('2010-12-20T00:00:00Z');

/** A sample that an order of the replay has fulfilled. */
export async function makeSample(database: Database): Promise<void> {
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
    const [brand] = await tx.rows(
      sql<{ currency: string }>`select currency from brand where id = ${brandId}`,
    );
    const side = { brandId, productId, currency: brand?.currency ?? '' };
    const ways = { approval: 'AUTOMATIC', shortFalls: 'REVIEWED', contentWanted: 'ANY' } as const;
    const limits = { minFollowers: 0n, minGmvMinor: 0n, minCompletedOrders: 0, quota: 1, perCreator: 1 };
    const rule = { ...side, ...ways, ...limits, daysToShip: 7, daysForContent: 14 };
    await setSampleRule(tx, rule, BEFORE);
    const address = { recipient: 'A', phone: '0123456789', region: 'London', lines: ['1 High Street'] };
    const { id } = await requestSample(tx, { creatorId, productId, skuId, message: '', address }, BEFORE);
    await shipSample(tx, { requestId: id, carrier: 'Post', trackingNumber: '1' }, BEFORE);
  });
  await moveDueSamples(database, AFTER);
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_SAMPLES: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'a place of a quota is lost',
    'update sample_rule set taken = 0 where product_id in (select product_id from sample_request)',
    ['samples-taken-are-promised'],
  ],
  [
    'a sample is fulfilled by an order of somebody else',
    `update sample_request set order_line_id = (select id from order_line where order_no = '536367')`,
    ['orders-fulfil-samples-of-their-creator'],
  ],
  [
    'a sample is fulfilled by an order from before it was shipped',
    `update sample_request set shipped_at = fulfilled_at`,
    ['orders-fulfil-samples-of-their-creator'],
  ],
];
