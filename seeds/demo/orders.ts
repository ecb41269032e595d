import { analyze } from '../../src/db/rights.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';
import { type Click, recordClicks } from '../../src/features/promotion/index.ts';
import { ingestOrderEvents, settleDue } from '../../src/features/settlement/index.ts';
import { nextMidnight } from '../../src/kernel/local-time.ts';
import {
  type BrandKey,
  creators,
  type DemoOrderEvent,
  demoOrders,
  isBoosted,
  products,
  showcases,
} from './content/index.ts';
import { demoId } from './ids.ts';
import { type DemoSession, demoSessions, seedLiveSessions } from './live-sessions.ts';
import type { Seeding } from './seeding.ts';
import { type DemoTrace, traceOf } from './traces.ts';

/** The name of the shop system of every brand; a brand's own party reports its orders. */
export const DEMO_SOURCE = 'demo-shop';

const SEED = 616;
/** Of the demo's alliance. */
const TIME_ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;
const FACTS = [
  'order_event',
  'order_line',
  'frozen_terms',
  'waterfall_node',
  'commission_step',
  'commission_entry',
  'line_due',
];
const SKU_CODES = new Map(products.flatMap(({ skus }) => skus.map(({ key, code }) => [key, code])));

/**
 * Three weeks of live sessions, clicks and order events up to now, day by day, with a settlement at each midnight. Gives
 * how many lines and events there are.
 */
export async function seedOrders(seeding: Seeding): Promise<{ lines: number; events: number }> {
  const events = demoOrders(SEED, { products, creators, showcases, until: seeding.now });
  const sessions = demoSessions(seeding.now);
  const traces = tracesOf(events, sessions, seeding.now);
  await seedLiveSessions(seeding, sessions);
  await seedClicks(
    seeding,
    [...traces.values()].flatMap(({ click }) => click ?? []),
  );
  let done = 0;
  for (const [i, day] of daysOf(events, seeding.now).entries()) {
    // The planner would go on scanning tables that it believes to be empty.
    if (i === 1) await analyze(seeding.tx, ...FACTS);
    for (const [brand, own] of Map.groupBy(day.events, (event) => event.brand)) {
      const batch = own.map((event) => toOrderEvent(event, traces.get(event), seeding.now));
      await report(seeding, brand, batch, day.end);
      done += own.length;
      seeding.onProgress({ step: 'Orders', done, total: events.length });
    }
    await settleDue(seeding.within, { asOf: day.end, now: day.end });
  }
  return { lines: traces.size, events: events.length };
}

interface Day {
  /** The midnight with which it ends; of today the present. */
  readonly end: Date;
  readonly events: readonly DemoOrderEvent[];
}

/** No line can be due within so many days of the first one. */
const NOTHING_DUE_DAYS = 8;

/**
 * The days of the events in China, each to be reported when it is over, so that settlement comes between them; the first
 * of them together, since nothing is due before they are over.
 */
function daysOf(events: readonly DemoOrderEvent[], now: Date): Day[] {
  const times = events.map(({ occurredAt }) => occurredAt.getTime());
  const start = Math.min(...times) + NOTHING_DUE_DAYS * DAY_MS;
  const endOf = ({ occurredAt }: DemoOrderEvent) =>
    nextMidnight(new Date(Math.max(occurredAt.getTime(), start)), TIME_ZONE).getTime();
  return [...Map.groupBy(events, endOf)]
    .sort(([one], [other]) => one - other)
    .map(([end, list]) => ({ end: new Date(Math.min(end, now.getTime())), events: list }));
}

function tracesOf(
  events: readonly DemoOrderEvent[],
  sessions: readonly DemoSession[],
  now: Date,
): Map<DemoOrderEvent, DemoTrace> {
  const placed = events.filter((event) => event.kind === 'PLACED');
  return new Map(placed.map((event) => [event, traceOf(event, sessions, now)]));
}

async function seedClicks({ tx }: Seeding, clicks: readonly Click[]): Promise<void> {
  const kept = await recordClicks(tx, clicks);
  if (kept !== clicks.length) throw new Error(`${clicks.length - kept} clicks of the demo name no link.`);
}

/** Hands a batch in as the brand's shop; a refused event is a mistake of the content, and undoes the seeding. */
async function report(
  { within }: Seeding,
  brand: BrandKey,
  batch: readonly OrderEvent[],
  at: Date,
): Promise<void> {
  const answers = await ingestOrderEvents(within, demoId(brand), batch, at);
  for (const [i, { status, problem }] of answers.entries()) {
    if (status === 'APPLIED' || status === 'WAITING') continue;
    throw new Error(`The event ${batch[i]?.eventId} of the demo is ${status}: ${problem?.message ?? ''}`);
  }
}

function toOrderEvent(event: DemoOrderEvent, trace: DemoTrace | undefined, now: Date): OrderEvent {
  const { eventId, kind, brand, orderNo, lineNo, occurredAt } = event;
  const common = { eventId, source: DEMO_SOURCE, brandId: demoId(brand), kind, orderNo, lineNo, occurredAt };
  switch (event.kind) {
    case 'PLACED':
      return { ...common, placed: placedDetail(event, trace!, now) };
    case 'REFUNDED':
      return {
        ...common,
        refund: { amountMinor: event.refundMinor, quantity: event.refundQuantity },
        reason: event.reason,
      };
    case 'CANCELLED':
      return { ...common, reason: event.reason };
    default:
      return common;
  }
}

function placedDetail(
  event: Extract<DemoOrderEvent, { kind: 'PLACED' }>,
  { linkCode, liveSessionId }: DemoTrace,
  now: Date,
): NonNullable<OrderEvent['placed']> {
  const { itemTotalMinor, brandDiscountMinor, platformDiscountMinor, creatorDiscountMinor } = event;
  const { quantity, buyerRef, freightMinor, taxMinor, orderNo } = event;
  const days = (now.getTime() - event.occurredAt.getTime()) / DAY_MS;
  return {
    skuCode: SKU_CODES.get(event.sku)!,
    quantity,
    buyerRef,
    currency: 'CNY',
    itemTotalMinor,
    brandDiscountMinor,
    platformDiscountMinor,
    creatorDiscountMinor,
    freightMinor,
    taxMinor,
    linkCode,
    liveSessionId,
    boosted: isBoosted(event.sku, orderNo, days),
    shareCode: null,
  };
}
