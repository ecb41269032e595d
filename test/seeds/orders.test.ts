import { describe, expect, it, vi } from 'vitest';
import {
  creators,
  type DemoOrderEvent,
  demoOrders,
  plans,
  products,
  showcases,
} from '../../seeds/demo/content/index.ts';

const DAY = 86_400_000;
const until = new Date('2026-03-20T14:30:00Z');
const input = { products, creators, showcases, until };
const events = demoOrders(616, input);

type Placed = Extract<DemoOrderEvent, { kind: 'PLACED' }>;
type Refunded = Extract<DemoOrderEvent, { kind: 'REFUNDED' }>;
const placed = events.filter((event): event is Placed => event.kind === 'PLACED');
const refunds = events.filter((event): event is Refunded => event.kind === 'REFUNDED');
const lineOf = (event: DemoOrderEvent): string => `${event.orderNo}/${event.lineNo}`;
const placedByLine = new Map(placed.map((event) => [lineOf(event), event]));
const eventsByLine = Map.groupBy(events, lineOf);
const tierOf = new Map(creators.map((creator) => [creator.key, creator.tier]));

const paidFor = (line: Placed): bigint =>
  line.itemTotalMinor - line.brandDiscountMinor - line.platformDiscountMinor - line.creatorDiscountMinor;

const sum = (amounts: bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** The last state of each line and whether it was refunded in part or whole. */
function endings(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [line, event] of placedByLine) {
    const own = eventsByLine.get(line)!;
    const state = own.findLast((each) => each.kind !== 'REFUNDED')!.kind;
    const refunded = sum(own.map((each) => (each.kind === 'REFUNDED' ? each.refundMinor : 0n)));
    const back = refunded === 0n ? '' : refunded === paidFor(event) ? ' whole' : ' part';
    const wasPaid = own.some((each) => each.kind === 'PAID');
    const name = state === 'CANCELLED' && wasPaid ? 'CANCELLED paid' : `${state}${back}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('the orders of the demo', () => {
  it('are the same in two runs, also in a module loaded anew, and others for another seed', async () => {
    expect(demoOrders(616, input)).toEqual(events);
    expect(demoOrders(617, input)).not.toEqual(events);
    vi.resetModules();
    const again = await import('../../seeds/demo/content/index.ts');
    expect(again.products).not.toBe(products);
    expect(again.products).toEqual(products);
    expect(again.plans).toEqual(plans);
    expect(again.showcases).toEqual(showcases);
    expect(again.demoOrders(616, { ...again, until })).toEqual(events);
  });

  it('are about 2,500 lines within three weeks, in order of time', () => {
    expect(placed.length).toBeGreaterThanOrEqual(2500);
    expect(placed.length).toBeLessThan(2510);
    expect(new Set(events.map((event) => event.eventId)).size).toBe(events.length);
    const times = events.map((event) => event.occurredAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(until.getTime() - 21 * DAY);
    expect(times.at(-1)).toBeLessThanOrEqual(until.getTime());
  });

  it('end in every state', () => {
    const counts = endings();
    for (const state of ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED', 'CANCELLED paid']) {
      expect(counts[state], state).toBeGreaterThan(0);
    }
    expect(counts['RECEIVED whole']).toBeGreaterThan(10);
    expect(counts['RECEIVED part']).toBeGreaterThan(10);
    expect(counts['SHIPPED whole']).toBeGreaterThan(0);
  });

  it('promote what the creator shows, from the day of the pick; some lines have no link', () => {
    const shown = new Map(showcases.map((item) => [`${item.creator} ${item.product}`, item.pickedDays]));
    const stockLeft = new Map(products.flatMap((each) => each.skus.map((sku) => [sku.key, sku.stock])));
    for (const line of placed) {
      const product = products.find((each) => each.key === line.product)!;
      expect(product.brand).toBe(line.brand);
      const sku = product.skus.find((each) => each.key === line.sku)!;
      expect(line.itemTotalMinor).toBe(sku.priceMinor * BigInt(line.quantity));
      stockLeft.set(sku.key, stockLeft.get(sku.key)! - line.quantity);
      const since =
        line.creator === null ? product.listedDays! : shown.get(`${line.creator} ${line.product}`)!;
      expect(line.occurredAt.getTime()).toBeGreaterThanOrEqual(until.getTime() - since * DAY);
    }
    expect(Math.min(...stockLeft.values())).toBeGreaterThanOrEqual(0);
    const unlinked = placed.filter((line) => line.creator === null).length;
    expect(unlinked).toBeGreaterThan(150);
    expect(unlinked).toBeLessThan(450);
  });

  it('never refund more than was paid, and hold refunds of lines that were never placed', () => {
    const orphans = refunds.filter((event) => !placedByLine.has(lineOf(event)));
    expect(orphans).toHaveLength(3);
    for (const [line, event] of placedByLine) {
      expect(paidFor(event) * 2n).toBeGreaterThanOrEqual(event.itemTotalMinor);
      const own = refunds.filter((each) => lineOf(each) === line);
      expect(own.every((each) => each.refundMinor > 0n)).toBe(true);
      expect(sum(own.map((each) => each.refundMinor))).toBeLessThanOrEqual(paidFor(event));
      expect(own.reduce((total, each) => total + each.refundQuantity, 0)).toBeLessThanOrEqual(event.quantity);
    }
  });

  it('lean to head creators, to evenings and to hits', () => {
    const head = placed.filter((line) => line.creator && tierOf.get(line.creator) === 'HEAD').length;
    expect(head / placed.length).toBeGreaterThan(0.3);
    const evening = placed.filter((line) => [11, 12, 13, 14].includes(line.occurredAt.getUTCHours())).length;
    expect(evening / placed.length).toBeGreaterThan(0.35);
    const perProduct = new Map<string, number>();
    for (const line of placed) perProduct.set(line.product, (perProduct.get(line.product) ?? 0) + 1);
    const top = [...perProduct.values()].sort((a, b) => b - a).slice(0, 20);
    expect(top.reduce((a, b) => a + b, 0) / placed.length).toBeGreaterThan(0.3);
  });
});
