import { describe, expect, it } from 'vitest';
import { releaseUnpaid } from '../../src/features/order/index.ts';
import { act, said } from '../api/act.ts';
import { caughtUp } from '../kit/feed.ts';
import {
  added,
  alliance,
  callers,
  clock,
  expectSound,
  minutes,
  offer,
  openLive,
  order,
  report,
  session,
  stock,
  told,
} from './live-scene.ts';

openLive();

const BUYERS = 500;

describe('the stock of a live session', () => {
  it(`of 100 pieces sells exactly 100 to ${BUYERS} buyers at once`, async () => {
    await offer(await added());
    const answers = await Promise.all(Array.from({ length: BUYERS }, (_, i) => report(order(`L${i}`))));
    const count = (answer: string) => answers.filter(([told]) => told === answer).length;
    expect({ sold: count('APPLIED'), refused: count('LIVE_STOCK_SOLD_OUT') }).toEqual({
      sold: 100,
      refused: BUYERS - 100,
    });
    const { sku, live, ...lines } = await stock();
    expect({ sku, live, lines: Object.keys(lines).length }).toEqual({ sku: 900, live: 0, lines: 100 });
    expect(new Set(Object.values(lines))).toEqual(new Set([1]));
    await expectSound();
  }, 120_000);

  it('is never oversold by batches and single orders of several pieces that come, go and come back at once', async () => {
    await offer(await added(), { stock: 20 });
    const buyers = Array.from({ length: 60 }, (_, i) => i);
    await Promise.all(
      buyers.map(async (i) => {
        const events = i % 3 === 0 ? [order(`A${i}`, 2), order(`B${i}`, 1)] : [order(`A${i}`, 1 + (i % 4))];
        const [first] = await report(...events);
        if (first === 'APPLIED' && i % 2 === 0) await report(told('CANCELLED', `A${i}`, 1));
      }),
    );
    const { sku, live, ...lines } = await stock();
    const held = Object.values(lines).reduce<number>((sum, pieces) => sum + Number(pieces), 0);
    expect(sku).toBe(980);
    expect(held + (live ?? 0)).toBe(20);
    expect(live).toBeGreaterThanOrEqual(0);
    await expectSound();
  }, 60_000);

  it('is set aside from the SKU: others cannot sell it, and the session cannot sell what is not set aside', async () => {
    await offer(await added(), { stock: 990 });
    expect(await stock()).toEqual({ sku: 10, live: 990 });
    expect(await report(order('A', 12, { liveSessionId: null }), order('B', 991))).toEqual([
      'APPLIED',
      'LIVE_STOCK_SOLD_OUT',
    ]);
    expect(await stock()).toEqual({ sku: 0, live: 990, A: 10 });
    expect(await report(order('C', 990))).toEqual(['APPLIED']);
    expect(await stock()).toEqual({ sku: 0, live: 0, A: 10, C: 990 });
  });

  it('refuses in one batch what comes too late, with its later events waiting, and gives back what is called off', async () => {
    await offer(await added(), { stock: 3 });
    const batch = [order('A', 2), order('B', 2), told('PAID', 'B', 1), order('C', 1)];
    expect(await report(...batch)).toEqual(['APPLIED', 'LIVE_STOCK_SOLD_OUT', 'WAITING', 'APPLIED']);
    expect(await report(told('CANCELLED', 'A', 2))).toEqual(['APPLIED']);
    expect(await stock()).toEqual({ sku: 997, live: 2, A: 0, C: 1 });
    // The order that was refused may be reported again now, under the same id.
    expect(await report(order('B', 2))).toEqual(['APPLIED']);
    expect(await stock()).toEqual({ sku: 997, live: 0, A: 0, B: 2, C: 1 });
    expect(await report(order('B', 2), order('A', 2))).toEqual(['DUPLICATE', 'DUPLICATE']);
    await expectSound();
  });

  it('gives back what was refunded before shipping, and nothing after it', async () => {
    await offer(await added(), { stock: 10 });
    await report(
      order('A', 3),
      told('PAID', 'A', 1),
      order('B', 3),
      told('PAID', 'B', 1),
      told('SHIPPED', 'B', 2),
    );
    await report(told('REFUNDED', 'A', 3), told('REFUNDED', 'B', 3));
    expect(await stock()).toEqual({ sku: 990, live: 5, A: 2, B: 3 });
  });

  it('is not sold above its price', async () => {
    await offer(await added());
    const dear = order('A', 2, { itemTotalMinor: 12_001n });
    expect(await report(dear)).toEqual(['LIVE_PRICE_EXCEEDED']);
    const listed = order('A', 2, { itemTotalMinor: 20_000n, brandDiscountMinor: 8_000n });
    expect(await report(listed)).toEqual(['APPLIED']);
  });

  it('goes back to the SKU when the session ends, with what is called off after that', async () => {
    const item = await added();
    await offer(item);
    await report(order('A', 3), order('B', 4));
    clock.set(minutes(1));
    expect(said(await act(callers.creator, 'liveSessionEnd', { liveSessionId: session() }))).toBe('DONE');
    expect(await stock()).toMatchObject({ sku: 993, A: 3, B: 4 });
    await report(told('CANCELLED', 'A', 2));
    expect(await stock()).toMatchObject({ sku: 996, A: 0, B: 4 });
    // What was placed in time and is reported late is an order like any other.
    expect(await report(order('C', 2))).toEqual(['APPLIED']);
    expect(await stock()).toMatchObject({ sku: 994, C: 2 });
    expect(said(await offer(item))).toBe('StateConflict');
    await expectSound();
  });
});

describe('the reservation of an order that is not paid', () => {
  it('comes back when its time is over, by the clock of the alliance, and once', async () => {
    await offer(await added(), { stock: 5, payWithinMinutes: 10 });
    await report(order('A', 2), order('B', 3), told('PAID', 'B', 1));
    expect(await releaseUnpaid(alliance.database, minutes(9))).toBe(0);
    expect(await stock()).toEqual({ sku: 995, live: 0, A: 2, B: 3 });
    const released = await Promise.all(
      [10, 10, 11].map((at) => releaseUnpaid(alliance.database, minutes(at))),
    );
    expect(released.sort()).toEqual([0, 0, 1]);
    expect(await stock()).toEqual({ sku: 995, live: 2, A: 0, B: 3 });
    expect(await report(order('C', 2))).toEqual(['APPLIED']);
    await expectSound();
  });

  it('is taken again by an order that is paid after all, as far as it is there, and not by one that is not', async () => {
    await offer(await added(), { stock: 5, payWithinMinutes: 10 });
    await report(order('A', 2), order('B', 3));
    await releaseUnpaid(alliance.database, minutes(10));
    expect(await report(order('C', 4), told('REFUNDED', 'B', 4))).toEqual(['APPLIED', 'APPLIED']);
    clock.set(minutes(12));
    expect(await report(told('PAID', 'A', 12))).toEqual(['APPLIED']);
    expect(await stock()).toEqual({ sku: 995, live: 0, A: 1, B: 0, C: 4 });
    await expectSound();
  });

  it('that comes back while the order is being paid is held or free, never both', async () => {
    await offer(await added(), { stock: 30, payWithinMinutes: 10 });
    const names = Array.from({ length: 30 }, (_, i) => `R${i}`);
    await report(...names.map((name) => order(name)));
    clock.set(minutes(11));
    await Promise.all([
      releaseUnpaid(alliance.database, minutes(11)),
      ...names.map((name) => report(told('PAID', name, 10))),
      releaseUnpaid(alliance.database, minutes(11)),
    ]);
    expect(await stock()).toEqual({
      sku: 970,
      live: 0,
      ...Object.fromEntries(names.map((name) => [name, 1])),
    });
    await expectSound();
  });

  it('is told to the brand', async () => {
    await offer(await added(), { payWithinMinutes: 1 });
    await report(order('A', 2));
    await releaseUnpaid(alliance.database, minutes(2));
    await caughtUp(alliance.database);
    const { data } = await callers.brand.query(
      '{ changes(first: 10, kinds: [LIVE_RESERVATION_LAPSED]) { nodes { data } } }',
    );
    expect(data.changes.nodes).toEqual([{ data: { pieces: 2 } }]);
  });
});

it('an order of a session that does not run, or of a product without an offer, takes of the SKU', async () => {
  await added();
  expect(await report(order('A', 2), { ...order('B', 1), occurredAt: minutes(-60) })).toEqual([
    'APPLIED',
    'APPLIED',
  ]);
  expect(await stock()).toEqual({ sku: 997, live: undefined, A: 2, B: 1 });
});
