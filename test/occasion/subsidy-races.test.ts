import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { closeDueEvents } from '../../src/features/occasion/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { idOfType } from '../../src/kernel/ids.ts';
import { placed } from '../kit/world.ts';
import {
  alliance,
  CLOSES,
  clock,
  creatorId,
  grants,
  openEvents,
  order,
  problems,
  product,
  purses,
  REGISTERING,
  refund,
  report,
  running,
  told,
  world,
} from './event-scene.ts';

openEvents();

const ORDERS = 200;
const subsidy = (budgetMinor: string, more: object = {}) => ({
  subsidy: { rate: 1000, budgetMinor, ...more },
});

it(`${ORDERS} orders at once are granted the budget to the last unit, and never beyond`, async () => {
  // Each order of 100.00 is due 10.00: the budget pays for 66 of them and 7.31 of one more.
  const event = await running(subsidy(String(66 * 1000 + 731)));
  const code = await world.link(creatorId, product);
  await Promise.all(Array.from({ length: ORDERS }, (_, i) => order(code, `P${i}`)));
  const granted = Object.values(await grants(event));
  expect(granted).toHaveLength(ORDERS);
  expect(granted.filter((amount) => amount === 1000)).toHaveLength(66);
  expect(granted.filter((amount) => amount === 731)).toHaveLength(1);
  expect(granted.filter((amount) => amount === 0)).toHaveLength(ORDERS - 67);
  expect(await purses(event)).toEqual({ SUBSIDY: [66_731, 0] });
  expect(await problems()).toEqual([]);
}, 120_000);

it('what comes back of a spent budget is granted to those who came too late, in their order', async () => {
  const event = await running(subsidy('2500'));
  const code = await world.link(creatorId, product);
  for (const no of ['A', 'B', 'C', 'D', 'E']) await order(code, no);
  expect(await grants(event)).toEqual({ A: 1000, B: 1000, C: 500, D: 0, E: 0 });
  await report(refund('A', 10_000n));
  expect(await grants(event)).toEqual({ A: 0, B: 1000, C: 1000, D: 500, E: 0 });
  await report(refund('D', 9_000n), told('CANCELLED', 'B'));
  expect(await grants(event)).toEqual({ A: 0, B: 0, C: 1000, D: 100, E: 1000 });
  expect(await purses(event)).toEqual({ SUBSIDY: [2100, 400] });
  expect(await problems()).toEqual([]);
});

it('orders, refunds and cancellations of many at once leave nothing ungranted that is due, and overspend nothing', async () => {
  const event = await running({
    ...subsidy('40000', { capMinor: '900' }),
    bonus: { rate: 500, budgetMinor: '7777' },
  });
  const code = await world.link(creatorId, product);
  const numbers = Array.from({ length: 90 }, (_, i) => i);
  await Promise.all(
    numbers.map(async (i) => {
      await order(code, `M${i}`, { quantity: 1 + (i % 3), itemTotalMinor: BigInt(3000 + 317 * i) });
      if (i % 4 === 0) await report(refund(`M${i}`, BigInt(500 + 91 * i)));
      if (i % 5 === 0) await report(told('CANCELLED', `M${i}`));
    }),
  );
  const held = await purses(event);
  for (const [kind, [granted, left]] of Object.entries(held)) {
    const all = Object.values(await grants(event, kind)).reduce((sum, one) => sum + one, 0);
    expect({ kind, granted: all }).toEqual({ kind, granted });
    expect(granted + left).toBe(kind === 'SUBSIDY' ? 40_000 : 7777);
  }
  expect(held.BONUS?.[1]).toBe(0);
  // One of the checks is that nothing is left while anything is due.
  expect(await problems()).toEqual([]);
}, 120_000);

it('one report of a thousand orders is granted in the order of the report', async () => {
  const event = await running(subsidy('1500'));
  const code = await world.link(creatorId, product);
  const events = Array.from({ length: 400 }, (_, i) => [
    told('PLACED', `T${i}`, { placed: placed(product.code, { linkCode: code }) }),
    told('PAID', `T${i}`),
  ]).flat();
  const answers = await world.ingest(product.brandId, events, clock.now());
  expect(answers.every(({ status }) => status === 'APPLIED')).toBe(true);
  const granted = await grants(event);
  expect(Object.values(granted).filter((amount) => amount > 0)).toEqual([1000, 500]);
  expect(Object.keys(granted)).toHaveLength(400);
});

it('what one order gives back is not for another of the same report, while others came before', async () => {
  const event = await running(subsidy('1000'));
  const code = await world.link(creatorId, product);
  for (const no of ['A', 'B']) await order(code, no);
  await report(told('PLACED', 'C', { placed: placed(product.code, { linkCode: code }) }));
  await report(refund('A', 10_000n), told('PAID', 'C'));
  expect(await grants(event)).toEqual({ A: 0, B: 1000, C: 0 });
  await report(refund('B', 10_000n));
  expect(await grants(event)).toEqual({ A: 0, B: 0, C: 1000 });
});

/** The grants of an order, as settlement has them in hand. */
const inHand = (orderNo: string) => sql`
  update event_grant g set settled = true from order_line l where l.brand_id = g.brand_id and l.id = g.line_id
    and l.brand_id = ${product.brandId} and l.order_no = ${orderNo}`;

it('what comes back is granted to an order also while that is being settled', async () => {
  const event = await running(subsidy('1000'));
  const code = await world.link(creatorId, product);
  for (const no of ['A', 'B']) await order(code, no);
  let refunded: Promise<void> | undefined;
  await world.tx(async (tx) => {
    await tx.rows(inHand('B'));
    refunded = report(refund('A', 10_000n));
    await sleep(300);
  });
  await refunded;
  expect(await grants(event)).toEqual({ A: 0, B: 1000 });
  expect(await problems()).toEqual([]);
});

it('closing and settlement wait for each other in one order', async () => {
  // What other tests have left to be closed.
  await closeDueEvents(alliance.database, new Date(CLOSES));
  await running({ bonus: { rate: 500, budgetMinor: '5000' } });
  const code = await world.link(creatorId, product);
  for (const no of ['A', 'B']) await order(code, no);
  // Settled the other way round than they were granted.
  await report(told('SHIPPED', 'B'), told('RECEIVED', 'B'));
  clock.set('2026-06-18T02:00:00.000Z');
  await report(told('SHIPPED', 'A'), told('RECEIVED', 'A'));
  clock.set(CLOSES);
  const now = clock.now();
  let attempts = 0;
  const transaction: Database['transaction'] = (work) =>
    alliance.database.transaction((tx) => {
      attempts += 1;
      return work(tx);
    });
  let settled: Promise<unknown> | undefined;
  let closed: Promise<void> | undefined;
  await world.tx(async (tx) => {
    await tx.rows(inHand('A'));
    const database = { ...alliance.database, transaction };
    closed = closeDueEvents(database, now);
    await sleep(300);
    settled = settleDue(database, { asOf: now, now, batchLines: 2 });
    await sleep(300);
  });
  await Promise.all([closed, settled]);
  // The event and a look for others; one batch that settles both, and two that find no more. None is tried again.
  expect(attempts).toBe(5);
  expect(await problems()).toEqual([]);
});

it('orders of before an event do not wait for it', async () => {
  const event = await running(subsidy('1000'));
  clock.set(REGISTERING);
  const code = await world.link(creatorId, product);
  await world.tx(async (tx) => {
    await tx.rows(sql`select from official_event where id = ${idOfType(event, 'OfficialEvent')} for update`);
    const ordered = order(code, 'A');
    const waited = sleep(5000).then(() => 'WAITED');
    expect(await Promise.race([ordered, waited])).toBeUndefined();
  });
  expect(await grants(event)).toEqual({});
});
