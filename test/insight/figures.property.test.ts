import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countInsight } from '../../src/features/insight/index.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';
import { caughtUp } from '../kit/feed.ts';
import { event, placed } from '../kit/world.ts';
import { alliance, clock, hours, makeScene, openInsight, type Scene, world } from './insight-scene.ts';
import { type BrandFigures, inOrder, keptFigures, plainFigures } from './plain.ts';

openInsight();

/** A line of an order: what was bought, how it came, when, and what was reported of it, in this order. */
interface Line {
  readonly product: number;
  readonly creator: number | null;
  readonly isLive: boolean;
  readonly boosted: boolean;
  readonly hour: number;
  readonly paidMinor: bigint;
  readonly told: readonly {
    readonly kind: OrderEvent['kind'];
    readonly hour: number;
    readonly part: bigint;
  }[];
}
interface Order {
  readonly buyer: number;
  readonly lines: readonly Line[];
}

const told = fc.record({
  kind: fc.constantFrom<OrderEvent['kind']>(
    'PAID',
    'PAID',
    'SHIPPED',
    'RECEIVED',
    'CANCELLED',
    'REFUNDED',
    'REFUNDED',
  ),
  hour: fc.integer({ min: 0, max: 9 }),
  part: fc.bigInt(1n, 10_000n),
});
const line: fc.Arbitrary<Line> = fc.record({
  product: fc.nat(3),
  creator: fc.option(fc.nat(2), { freq: 4 }),
  isLive: fc.boolean(),
  boosted: fc.boolean(),
  // On both sides of midnight, so that lines of one order lie on two days.
  hour: fc.integer({ min: 0, max: 8 }),
  paidMinor: fc.constantFrom(0n, 1n, 999n, 10_000n),
  told: fc.array(told, { maxLength: 6 }),
});
const orders = fc.array(
  fc.record({ buyer: fc.nat(2), lines: fc.array(line, { minLength: 1, maxLength: 3 }) }),
  {
    minLength: 1,
    maxLength: 12,
  },
);
/** After which reports it is counted, beside the end. */
const counts = fc.array(fc.nat(100), { maxLength: 3 });

function eventsOf(scene: Scene, { buyer, lines }: Order, orderNo: string): OrderEvent[] {
  return lines.flatMap(({ product, creator, isLive, boosted, hour, paidMinor, told: list }, i) => {
    const lineNo = i + 1;
    const about = (kind: OrderEvent['kind'], no: number, at: number, more: Partial<OrderEvent> = {}) =>
      event(scene.brandId, kind, orderNo, {
        eventId: `${orderNo}/${lineNo}/${no}`,
        lineNo,
        occurredAt: hours(at),
        ...more,
      });
    const detail = placed(scene.goods[product]?.code ?? '', {
      itemTotalMinor: paidMinor,
      buyerRef: `buyer-${buyer}`,
      linkCode: creator === null ? null : (scene.links[product]?.[creator] ?? null),
      liveSessionId: isLive ? scene.sessionId : null,
      boosted,
    });
    return [
      about('PLACED', 0, hour, { placed: detail }),
      ...list.map(({ kind, hour: at, part }, n) =>
        about(kind, n + 1, at, kind === 'REFUNDED' ? { refund: { amountMinor: part, quantity: 0 } } : {}),
      ),
    ];
  });
}

const compared: BrandFigures[] = [];

async function compare(scene: Scene): Promise<void> {
  await caughtUp(alliance.database);
  await countInsight(alliance.database, clock.now(), 1);
  const kept = await keptFigures(alliance.database, scene.brandId);
  expect(inOrder(kept)).toEqual(inOrder(await plainFigures(alliance.database, scene.brandId)));
  compared.push(kept);
}

it('is what a plain recomputation gives, whenever it is counted, whatever is reported in whatever order', async () => {
  clock.set(hours(20));
  let round = 0;
  await fc.assert(
    fc.asyncProperty(orders, counts, fc.infiniteStream(fc.nat(1000)), async (list, when, places) => {
      round += 1;
      const scene = await makeScene();
      const all = list.flatMap((order, i) => eventsOf(scene, order, `${round}-${i}`));
      // A line's own events keep no order either: those that come before it is placed wait for it.
      const shuffled = all
        .map((one) => ({ one, place: places.next().value ?? 0 }))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one);
      const stops = [...new Set(when.map((part) => Math.floor((part * shuffled.length) / 100)))].sort(
        (a, b) => a - b,
      );
      let from = 0;
      for (const stop of [...stops, shuffled.length]) {
        await world.ingest(scene.brandId, shuffled.slice(from, stop), clock.now());
        await compare(scene);
        from = stop;
      }
    }),
    { numRuns: Number(process.env.INSIGHT_RUNS ?? 60), seed: seedOf() },
  );
  // What was compared holds every case that there is: figures that are never met prove nothing.
  const met = compared.flatMap(({ days }) => [...days.values()]);
  for (const name of Object.keys(met[0] ?? {})) {
    expect([name, met.some((sums) => (sums[name] ?? 0n) > 0n)]).toEqual([name, true]);
  }
  expect(compared.some(({ sessions }) => sessions.size > 0)).toBe(true);
}, 600_000);

/** The same histories each time; `INSIGHT_SEED` sets others. */
function seedOf(): number {
  return Number(process.env.INSIGHT_SEED ?? 20261128);
}
