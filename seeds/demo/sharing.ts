import { sql } from 'kysely';
import type { LineRow, OrderEvent } from '../../src/features/order/index.ts';
import { ingestOrderEvents } from '../../src/features/settlement/index.ts';
import { creditSharer, makeShareLink, postShares, setSharing } from '../../src/features/sharing/index.ts';
import { demoId } from './ids.ts';
import { DEMO_SOURCE } from './orders.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const BRAND = 'brand:hebai';
const SHARERS = 2;
/** How many friends of each have bought by the link; the last of them has sent half of it back. */
const FRIENDS = 4;
const EVENTS_OF_FRIENDS = FRIENDS * 4 + 1;

type Bought = LineRow & { readonly skuCode: string };

/** Two buyers who share what they have kept, what their friends have bought, and what one was given for it. */
export async function seedSharing(seeding: Seeding): Promise<{ lines: number; events: number }> {
  const { tx, within, now } = seeding;
  await setSharing(tx, { brandId: demoId(BRAND), rateBp: 300 }, ago(seeding, 30));
  const bought = await firstBought(seeding);
  await forEachItem(seeding, 'Shared products', bought, async (line) => {
    const linkId = await makeShareLink(tx, line, ago(seeding, 12));
    const answers = await ingestOrderEvents(
      within,
      line.brandId,
      await ordersByLink(seeding, line, linkId),
      now,
    );
    const refused = answers.find(({ status }) => status !== 'APPLIED');
    if (refused !== undefined) throw new Error(`An order by a share link of the demo is ${refused.status}.`);
  });
  await postShares(within, now);
  const [first] = await tx.rows(sql<{ sharerId: string; amountMinor: bigint }>`
    select id as "sharerId", rewarded_minor / 2 as "amountMinor" from sharer where rewarded_minor > 1 order by id limit 1`);
  if (first !== undefined) await creditSharer(tx, first, now);
  return { lines: bought.length * FRIENDS, events: bought.length * EVENTS_OF_FRIENDS };
}

/** The first lines of the brand that were received early and kept. */
const firstBought = (seeding: Seeding): Promise<Bought[]> =>
  seeding.tx.rows(sql<Bought>`
    select l.brand_id as "brandId", l.id, l.product_id as "productId", l.source_id as "sourceId", l.buyer_ref as "buyerRef",
      l.order_no as "orderNo", l.currency, l.state, l.paid_at as "paidAt", l.goods_paid_minor as "goodsPaidMinor",
      l.refunded_minor as "refundedMinor", l.item_total_minor / l.quantity as "itemTotalMinor", s.code as "skuCode"
    from order_line l join sku s on s.id = l.sku_id
    where l.brand_id = ${demoId(BRAND)} and l.line_no = 1 and l.state = 'RECEIVED' and l.refund_reported_minor = 0
      and l.goods_paid_minor > 0 and l.received_at < ${ago(seeding, 13)} and s.stock > ${FRIENDS}
    order by l.order_no limit ${SHARERS}`);

async function ordersByLink(seeding: Seeding, line: Bought, linkId: string): Promise<OrderEvent[]> {
  const [link] = await seeding.tx.rows(
    sql<{ code: string }>`select code from share_link where id = ${linkId}`,
  );
  return Array.from({ length: FRIENDS }, (_, i) => {
    const orderNo = `${line.orderNo}-S${i + 1}`;
    return orderOf(
      seeding,
      { ...line, orderNo, buyerRef: `friend-${i}-of-${line.buyerRef}` },
      link?.code ?? '',
    );
  }).flatMap((events, i) => (i === FRIENDS - 1 ? [...events, halfBack(seeding, line, events)] : events));
}

function orderOf(seeding: Seeding, line: Bought, shareCode: string): OrderEvent[] {
  const { brandId, orderNo, buyerRef, skuCode, currency, itemTotalMinor } = line;
  const nothing = { brandDiscountMinor: 0n, platformDiscountMinor: 0n, creatorDiscountMinor: 0n };
  const amounts = { itemTotalMinor, ...nothing, freightMinor: 0n, taxMinor: 0n };
  const traces = { linkCode: null, liveSessionId: null, boosted: false, shareCode };
  const placed = { skuCode, quantity: 1, buyerRef, currency, ...amounts, ...traces };
  const days = { PLACED: 11.5, PAID: 11.4, SHIPPED: 11, RECEIVED: 10 } as const;
  return (Object.keys(days) as (keyof typeof days)[]).map((kind) => ({
    ...{ eventId: `${orderNo}/${kind}`, source: DEMO_SOURCE, brandId, kind, orderNo, lineNo: 1 },
    occurredAt: ago(seeding, days[kind]),
    ...(kind === 'PLACED' && { placed }),
  }));
}

function halfBack(seeding: Seeding, { itemTotalMinor }: Bought, events: readonly OrderEvent[]): OrderEvent {
  const { placed: _placed, ...first } = events[0] as OrderEvent;
  const refund = { amountMinor: itemTotalMinor / 2n, quantity: 0 };
  const eventId = `${first.orderNo}/REFUNDED`;
  return { ...first, eventId, kind: 'REFUNDED', occurredAt: ago(seeding, 9), refund, reason: '有一件破损' };
}
