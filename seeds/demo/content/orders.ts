import { createRandom, type Random } from '../../random.ts';
import { topOf } from './categories.ts';
import type { DemoOrderEvent, PlacedEvent } from './order-events.ts';
import { lifeOf } from './order-life.ts';
import type { BrandKey, CreatorSeed, ProductSeed, ShowcaseSeed, SkuSeed } from './shapes.ts';

export type { DemoOrderEvent } from './order-events.ts';

export interface OrdersInput {
  products: readonly ProductSeed[];
  creators: readonly CreatorSeed[];
  showcases: readonly ShowcaseSeed[];
  /** The moment of seeding: the last event is not later. */
  until: Date;
  /** How many lines at least; 2,500 by default. */
  lines?: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = 21;
/** The demo's day begins at midnight in China, which keeps no summer time. */
const CHINA = 8 * HOUR;

/** How busy each hour of the day is: lunch is a small peak, the evening's live sessions are the large one. */
const BUSY = [4, 2, 1, 1, 1, 2, 4, 7, 10, 12, 13, 14, 18, 15, 12, 12, 13, 15, 22, 40, 58, 62, 44, 18];

const UNATTRIBUTED_PER_MILLE = 110;
const BUYERS = 1500;
/** Shops that joined while orders of theirs were on the way. */
const ORPHANED: readonly BrandKey[] = ['brand:hebai', 'brand:lianji', 'brand:tianshan'];

interface Pick {
  product: ProductSeed;
  creator: CreatorSeed | null;
  since: number;
}

interface Shop {
  random: Random;
  until: number;
  left: Map<SkuSeed, number>;
  heat: Map<ProductSeed, number>;
  picksOf: Map<CreatorSeed | null, Pick[]>;
  weights: Map<CreatorSeed, number>;
  creators: readonly CreatorSeed[];
}

/**
 * Three weeks of order events up to `until`, in order of time, the same for the same arguments. Head creators,
 * evenings and hits have most; no SKU sells more than its stock; every state, part and whole refunds, lines without
 * a link and refunds of lines that were never placed are among them.
 */
export function demoOrders(seed: number, input: OrdersInput): DemoOrderEvent[] {
  const shop = openShop(seed, input);
  const events: DemoOrderEvent[] = [];
  const wanted = input.lines ?? 2500;
  for (let placed = 0, order = 1; placed < wanted; order += 1) {
    const lines = placeOrder(shop, order);
    placed += lines.length;
    if (order > 10 * wanted) throw new Error(`there is too little stock for ${wanted} lines`);
    for (const { event, product } of lines) {
      const top = topOf(product.category).slice('category:'.length);
      events.push(event, ...lifeOf(shop.random, event, top));
    }
  }
  events.push(...orphans(shop, input.products));
  const due = events.filter((event) => event.occurredAt.getTime() <= shop.until);
  return due.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || compare(a.eventId, b.eventId));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function openShop(seed: number, input: OrdersInput): Shop {
  const random = createRandom(seed);
  const until = input.until.getTime();
  const listed = random.shuffle(input.products.filter((product) => product.state === 'LISTED'));
  const weights = new Map<CreatorSeed, number>();
  const range = { HEAD: [45, 75], WAIST: [9, 19], ORDINARY: [1, 5] } as const;
  for (const creator of input.creators) {
    const [from, to] = range[creator.tier];
    weights.set(creator, random.int(from, to));
  }
  return {
    random,
    until,
    creators: input.creators,
    weights,
    left: new Map(listed.flatMap((product) => product.skus.map((sku) => [sku, sku.stock]))),
    // The first few of the shuffled products are the hits.
    heat: new Map(listed.map((product, rank) => [product, Math.ceil(1500 / (rank + 10))])),
    picksOf: picksOf(listed, input, until),
  };
}

function picksOf(listed: ProductSeed[], input: OrdersInput, until: number): Shop['picksOf'] {
  const ago = (days: number) => until - days * DAY;
  const byKey = new Map(listed.map((product) => [product.key, product]));
  const free = listed.map((product) => ({ product, creator: null, since: ago(product.listedDays!) }));
  const picks: Shop['picksOf'] = new Map([[null, free]]);
  for (const creator of input.creators) {
    const own = input.showcases.filter((item) => item.creator === creator.key && byKey.has(item.product));
    picks.set(
      creator,
      own.map((item) => ({ product: byKey.get(item.product)!, creator, since: ago(item.pickedDays) })),
    );
  }
  return picks;
}

interface Placed {
  event: PlacedEvent;
  product: ProductSeed;
}

function placeOrder(shop: Shop, number: number): Placed[] {
  const { random } = shop;
  const at = momentOf(shop);
  const linked = !random.chance(UNATTRIBUTED_PER_MILLE);
  const creator = linked ? random.weighted(shop.creators, (each) => shop.weights.get(each)!) : null;
  const picks = shop.picksOf.get(creator)!.filter((pick) => pick.since <= at);
  if (picks.length === 0) return [];
  const first = random.weighted(picks, (pick) => shop.heat.get(pick.product)!);
  const sameShop = picks.filter((pick) => pick.product.brand === first.product.brand && pick !== first);
  const more = random.chance(200) ? random.sample(sameShop, random.int(1, 2)) : [];
  const day = new Date(at + CHINA).toISOString().slice(0, 10).replaceAll('-', '');
  const order = { orderNo: `D${day}${String(number).padStart(5, '0')}`, at, buyerRef: buyerOf(random) };
  const placed: Placed[] = [];
  for (const pick of [first, ...more]) {
    const event = placeLine(shop, order, placed.length + 1, pick);
    if (event) placed.push({ event, product: pick.product });
  }
  return placed;
}

/** A moment of the last three weeks at which the shop was open, by how busy the hours are. */
function momentOf(shop: Shop): number {
  const { random, until } = shop;
  const today = Math.floor((until + CHINA) / DAY) * DAY - CHINA;
  for (;;) {
    const hour = random.weighted([...BUSY.keys()], (each) => BUSY[each]!);
    const at = today - random.int(0, DAYS) * DAY + hour * HOUR + random.int(0, 3599) * 1000;
    if (at <= until && at > until - DAYS * DAY) return at;
  }
}

/** Buyers are opaque; a few of them come again and again. */
function buyerOf(random: Random): string {
  const number = Math.min(random.int(1, BUYERS), random.int(1, BUYERS));
  return `buyer-${Math.imul(number, 0x9e3779b1) >>> 0}`;
}

function placeLine(
  shop: Shop,
  order: { orderNo: string; at: number; buyerRef: string },
  lineNo: number,
  pick: Pick,
): PlacedEvent | undefined {
  const { random, left } = shop;
  const quantity = random.weighted([1, 2, 3, 5], (each) => ({ 1: 72, 2: 18, 3: 7, 5: 3 })[each]!);
  const available = pick.product.skus.filter((sku) => left.get(sku)! >= quantity);
  if (available.length === 0) return undefined;
  const sku = random.pick(available);
  left.set(sku, left.get(sku)! - quantity);
  return {
    kind: 'PLACED',
    eventId: `${order.orderNo}-${lineNo}-PLACED`,
    orderNo: order.orderNo,
    lineNo,
    brand: pick.product.brand,
    occurredAt: new Date(order.at),
    product: pick.product.key,
    sku: sku.key,
    quantity,
    ...amountsOf(random, sku.priceMinor * BigInt(quantity), pick),
    buyerRef: order.buyerRef,
    creator: pick.creator?.key ?? null,
  };
}

/** Shop coupons, the alliance's subsidies and the creator's red packets, each a part of what the others leave. */
function amountsOf(random: Random, itemTotalMinor: bigint, pick: Pick) {
  const coupon = random.chance(260) ? (itemTotalMinor * BigInt(random.int(3, 15))) / 100n : 0n;
  const subsidy = random.chance(140) ? (itemTotalMinor * BigInt(random.int(3, 8))) / 100n : 0n;
  const packet = pick.creator && random.chance(70) ? BigInt(random.int(1, 5) * 100) : 0n;
  return {
    itemTotalMinor,
    brandDiscountMinor: coupon,
    platformDiscountMinor: subsidy,
    // Dear enough goods only, so that what is paid never falls below half.
    creatorDiscountMinor: packet * 4n <= itemTotalMinor ? packet : 0n,
    freightMinor: random.chance(120) ? BigInt(random.int(5, 15) * 100) : 0n,
    taxMinor: 0n,
  };
}

/** Refunds of orders that were never reported: a shop that joined while they were on the way. */
function orphans(shop: Shop, products: readonly ProductSeed[]): DemoOrderEvent[] {
  return ORPHANED.flatMap((brand, index) => {
    const product = products.find((each) => each.brand === brand && each.state === 'LISTED');
    if (product === undefined) return [];
    const orderNo = `X${String(index + 1).padStart(5, '0')}`;
    return {
      kind: 'REFUNDED',
      eventId: `${orderNo}-1-REFUNDED-1`,
      orderNo,
      lineNo: 1,
      brand,
      occurredAt: new Date(shop.until - shop.random.int(1, 15) * DAY),
      refundMinor: product.skus[0]!.priceMinor,
      refundQuantity: 1,
      reason: '七天无理由',
    };
  });
}
