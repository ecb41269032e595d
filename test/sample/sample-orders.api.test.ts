import { afterAll, beforeAll, expect, it } from 'vitest';
import { said } from '../api/act.ts';
import { after, DAY, HOUR, SampleWorld } from './sample-world.ts';

let samples: SampleWorld;

beforeAll(async () => {
  samples = await SampleWorld.make();
});

afterAll(() => samples.close());

const now = () => samples.clock.now().toISOString();
const OUTCOME = 'state fulfilledAt fulfilledBy late overdueAt orderLine { id }';

it('an order that is paid fulfils a sample at the moment of its payment, and both sides are told once', async () => {
  const { id, creator, product } = await samples.requestIn('CONTENT_DUE');
  const start = now();
  samples.clock.advance(2 * DAY);
  const line = await samples.order(creator.id, product, after(start, HOUR), after(start, 2 * HOUR));
  await Promise.all([samples.upkeep(), samples.upkeep(), samples.upkeep()]);
  expect(await samples.upkeep()).toBe(0);
  expect(await samples.read(id, OUTCOME)).toEqual({
    state: 'FULFILLED',
    fulfilledAt: after(start, 2 * HOUR),
    fulfilledBy: 'ORDER',
    late: false,
    overdueAt: null,
    orderLine: { id: line },
  });
  const told = (await samples.news(id)).filter(({ kind }) => kind === 'SAMPLE_FULFILLED');
  expect(told).toEqual([
    { kind: 'SAMPLE_FULFILLED', to: [samples.brandId, creator.id].sort(), data: { fulfilledBy: 'ORDER' } },
  ]);
});

it('of several orders the first that was paid counts', async () => {
  const { id, creator, product } = await samples.requestIn('SHIPPED');
  const start = now();
  samples.clock.advance(DAY);
  await samples.order(creator.id, product, after(start, 1), null);
  await samples.order(creator.id, product, after(start, 2), after(start, 3 * HOUR));
  const first = await samples.order(creator.id, product, after(start, 3), after(start, 2 * HOUR));
  await samples.upkeep();
  expect(await samples.read(id, 'state arrivedAt orderLine { id }')).toEqual({
    state: 'FULFILLED',
    arrivedAt: null,
    orderLine: { id: first },
  });
});

it('orders from before shipping, of others, of other products and unpaid ones do not count', async () => {
  const { id, creator, product } = await samples.requestIn('SHIPPED');
  const shipped = now();
  const other = await samples.product();
  samples.clock.advance(DAY);
  await samples.order(creator.id, product, shipped, after(shipped, HOUR));
  await samples.order((await samples.creator()).id, product, after(shipped, 1), after(shipped, HOUR));
  await samples.order(creator.id, other, after(shipped, 1), after(shipped, HOUR));
  await samples.order(creator.id, product, after(shipped, 1), null);
  expect(await samples.upkeep()).toBe(0);
  expect((await samples.read(id, 'state')).state).toBe('SHIPPED');
});

it('a payment one millisecond before the date for content keeps it, also when it is worked off late', async () => {
  const { id, creator, product } = await samples.requestIn('CONTENT_DUE');
  const due = after(now(), 14 * DAY);
  samples.clock.advance(20 * DAY);
  await samples.order(creator.id, product, after(due, -HOUR), after(due, -1));
  await samples.upkeep();
  expect(await samples.read(id, OUTCOME)).toMatchObject({
    state: 'FULFILLED',
    fulfilledAt: after(due, -1),
    late: false,
  });
  expect(await samples.kinds(id)).not.toContain('SAMPLE_OVERDUE');
});

it('a payment at the date for content is late', async () => {
  const { id, creator, product } = await samples.requestIn('CONTENT_DUE');
  const due = after(now(), 14 * DAY);
  samples.clock.advance(20 * DAY);
  await samples.order(creator.id, product, after(due, -HOUR), due);
  await samples.upkeep();
  expect(await samples.read(id, OUTCOME)).toMatchObject({
    state: 'FULFILLED',
    fulfilledAt: due,
    late: true,
    overdueAt: due,
  });
});

it('a payment in time that is reported after the date takes the lateness back', async () => {
  const { id, creator, product } = await samples.requestIn('OVERDUE');
  const due = now();
  samples.clock.advance(DAY);
  await samples.order(creator.id, product, after(due, -HOUR), after(due, -1));
  await samples.upkeep();
  expect(await samples.read(id, OUTCOME)).toMatchObject({ state: 'FULFILLED', late: false, overdueAt: null });
});

it('a late order makes good for ninety days', async () => {
  const inTime = await samples.requestIn('OVERDUE');
  const tooLate = await samples.requestIn('OVERDUE');
  const due = [inTime, tooLate].map(
    async ({ id }) => (await samples.read(id, 'contentDueAt')).contentDueAt as string,
  );
  const [first = '', second = ''] = await Promise.all(due);
  samples.clock.advance(120 * DAY);
  await samples.order(inTime.creator.id, inTime.product, after(first, 80 * DAY), after(first, 90 * DAY - 1));
  await samples.order(tooLate.creator.id, tooLate.product, after(second, 80 * DAY), after(second, 90 * DAY));
  await samples.upkeep();
  expect(await samples.read(inTime.id, 'state late')).toEqual({ state: 'FULFILLED', late: true });
  expect(await samples.read(tooLate.id, 'state')).toEqual({ state: 'OVERDUE' });
});

it('who hands in content after an order has fulfilled the sample is told so', async () => {
  const { id, creator, product } = await samples.requestIn('CONTENT_DUE');
  const start = now();
  samples.clock.advance(DAY);
  await samples.order(creator.id, product, after(start, 1), after(start, 2));
  const content = { title: '开箱', url: 'https://v.example.com/1' };
  const outcome = await samples.move(creator.caller, 'sampleContentSubmit', id, content);
  expect([said(outcome), outcome.userErrors[0].state]).toEqual(['StateConflict', 'FULFILLED']);
});
