import { sql } from 'kysely';
import {
  type LiveItemRow,
  pinLiveItem,
  planSession,
  reportViewers,
  setLiveOffer,
  startPlanned,
} from '../../src/features/live/index.ts';
import { products, showcases } from './content/index.ts';
import { demoId } from './ids.ts';
import { demoSessions } from './live-sessions.ts';
import { ago, type Seeding } from './seeding.ts';

const HOST = 'creator:dapeng';
const MINUTE_MS = 60_000;
const RUNNING_MINUTES = 40;
const GOODS = 6;
const PIECES = 60;
const LIVE_PER_CENT = 80n;
/** Of the last evenings the platform has said how many viewers they had. */
const EVENINGS = 7;
const VIEWERS = 18_000n;
const MORE_EACH_EVENING = 1_370n;
/** How long each of them watched: not quite six minutes. */
const WATCHED_SECONDS_EACH = 340n;

/**
 * A session that runs while the demo is seeded: planned two days before, with goods of the host's showcase at live
 * prices, each set aside by its brand, and the first of them pinned; and the viewers of the evenings before.
 */
export async function seedLiveNow(seeding: Seeding): Promise<void> {
  const { tx, now } = seeding;
  const startedAt = new Date(now.getTime() - RUNNING_MINUTES * MINUTE_MS);
  const planId = demoId('live-plan:now');
  await planSession(
    tx,
    { id: planId, creatorId: demoId(HOST), content: contentOf(startedAt) },
    ago(seeding, 2),
  );
  const plan = { id: planId, creatorId: demoId(HOST), liveSessionId: null, createdAt: ago(seeding, 2) };
  const session = await startPlanned(tx, plan, startedAt, demoId('live:now'));
  const items = await tx.rows(sql<LiveItemRow & { skuId: string; priceMinor: bigint; free: bigint }>`
    select i.id, i.live_session_id as "liveSessionId", i.product_id as "productId", i.brand_id as "brandId", i.position,
      i.pinned, i.added_at as "addedAt", i.removed_at as "removedAt", s.id as "skuId", s.price_minor as "priceMinor",
      s.stock as free
    from live_item i join lateral (select * from sku s where s.product_id = i.product_id order by s.id limit 1) s on true
    where i.live_session_id = ${session.id} order by i.position`);
  for (const { skuId, priceMinor: listed, free, ...item } of items) {
    const stock = Math.min(PIECES, Number(free));
    const priceMinor = (listed * LIVE_PER_CENT) / 100n;
    await setLiveOffer(tx, item, { skuId, priceMinor, stock, payWithinMinutes: 15 }, startedAt);
  }
  const [first] = items;
  if (first !== undefined) await pinLiveItem(tx, first, true);
  const evenings = demoSessions(now).filter(({ endsAt }) => endsAt <= now);
  for (const [i, { id, endsAt }] of evenings.slice(-EVENINGS).entries()) {
    const viewers = VIEWERS + MORE_EACH_EVENING * BigInt(i);
    await reportViewers(tx, id, { viewers, watchedSeconds: viewers * WATCHED_SECONDS_EACH }, endsAt);
  }
}

function contentOf(startsAt: Date) {
  const goods = showcases.filter(({ creator }) => creator === HOST).slice(0, GOODS);
  return {
    title: '大鹏午后加场',
    startsAt,
    plannedMinutes: 180,
    trafficBudgetMinor: 300_000n,
    merchandise: goods.map(({ product }, i) => ({
      productId: demoId(product),
      audience: i % 2 === 0 ? ('NEW_FANS' as const) : ('OLD_FANS' as const),
      priceMinor: (priceOf(product) * LIVE_PER_CENT) / 100n,
      stock: PIECES,
    })),
    gifts: ['整点福袋 100 份', '老粉满减券'],
    highlights: [
      { minute: 30, text: '产地连线' },
      { minute: 120, text: '压轴秒杀' },
    ],
  };
}

const priceOf = (key: string): bigint =>
  products.find((product) => product.key === key)?.skus[0]?.priceMinor ?? 1n;
