import { expect, it } from 'vitest';
import { placed } from '../kit/world.ts';
import {
  clock,
  creatorId,
  grants,
  openEvents,
  order,
  problems,
  product,
  purses,
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
