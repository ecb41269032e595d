import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';
import { ingestOrderEvents } from '../../src/features/settlement/index.ts';
import { creditSharer, makeShareLink, postShares, setSharing } from '../../src/features/sharing/index.ts';
import { newId } from '../../src/kernel/ids.ts';

const NOW = new Date('2011-02-01T00:00:00Z');
const LATER = new Date('2011-03-01T00:00:00Z');

type Bought = Parameters<typeof makeShareLink>[1] & { readonly skuCode: string };

/** A buyer who shares what they have bought, an order by the link that is kept, and a part of the reward that was given. */
export async function makeSharing(database: Database): Promise<void> {
  const lineOf = async (orderNo: string): Promise<Bought> => {
    const [line] = await database.rows(sql<Bought>`
      select l.brand_id as "brandId", l.id, l.product_id as "productId", l.source_id as "sourceId", l.buyer_ref as "buyerRef",
        l.currency, l.state, l.paid_at as "paidAt", l.goods_paid_minor as "goodsPaidMinor", l.refunded_minor as "refundedMinor",
        s.code as "skuCode"
      from order_line l join sku s on s.id = l.sku_id where l.order_no = ${orderNo} limit 1`);
    if (line === undefined) throw new Error(`There is no line of the order ${orderNo}.`);
    return line;
  };
  const { brandId, skuCode, currency } = await lineOf('536366');
  const order = (orderNo: string, buyerRef: string, shareCode: string | null): OrderEvent[] => {
    const nothing = { brandDiscountMinor: 0n, platformDiscountMinor: 0n, creatorDiscountMinor: 0n };
    const amounts = { itemTotalMinor: 10_000n, ...nothing, freightMinor: 0n, taxMinor: 0n };
    const traces = { linkCode: null, liveSessionId: null, boosted: false, shareCode };
    const placed = { skuCode, quantity: 1, buyerRef, currency, ...amounts, ...traces };
    return (['PLACED', 'PAID', 'SHIPPED', 'RECEIVED'] as const).map((kind) => ({
      ...{ eventId: newId(), source: 'shop', brandId, kind, orderNo, lineNo: 1, occurredAt: NOW },
      ...(kind === 'PLACED' && { placed }),
    }));
  };
  await ingestOrderEvents(database, brandId, order('SHARED', 'anna', null), NOW);
  const shared = await lineOf('SHARED');
  await database.transaction((tx) => setSharing(tx, { brandId, rateBp: 500 }, NOW));
  const linkId = await database.transaction((tx) => makeShareLink(tx, shared, NOW));
  const [link] = await database.rows(sql<{ code: string; sharerId: string }>`
    select code, sharer_id as "sharerId" from share_link where id = ${linkId}`);
  const { code = '', sharerId = '' } = link ?? {};
  await ingestOrderEvents(database, brandId, order('BY-LINK', 'bert', code), NOW);
  await postShares(database, LATER);
  await database.transaction((tx) => creditSharer(tx, { sharerId, amountMinor: 123n }, LATER));
}

/** One thing spoilt at a time, and every check that must see it. */
export const SPOILT_SHARING: readonly [what: string, statement: string, checks: readonly string[]][] = [
  [
    'an order by a share link brings more than its rate',
    'update share_reward set due_minor = due_minor + 1',
    ['share-rewards-are-their-rate'],
  ],
  [
    'a sharer was given what nobody reported',
    'update sharer set credited_minor = credited_minor + 1',
    ['sharers-sum-their-orders', 'share-money-is-put-aside'],
  ],
  [
    'a sharer was rewarded what no order has brought',
    'update share_reward set posted_minor = posted_minor - 1',
    ['sharers-sum-their-orders'],
  ],
];
