import { expect, it } from 'vitest';
import { reconcile } from '../../src/checks/reconcile.ts';
import { closeDueEvents, postSubsidies } from '../../src/features/occasion/index.ts';
import { act } from '../api/act.ts';
import { placed } from '../kit/world.ts';
import {
  alliance,
  balance,
  CLOSES,
  callers,
  clock,
  creatorId,
  ENDS,
  grants,
  open,
  openEvents,
  order,
  problems,
  product,
  purses,
  refund,
  report,
  running,
  seen,
  told,
  workAt,
  world,
} from './event-scene.ts';

openEvents();

const received = (orderNo: string) => report(told('SHIPPED', orderNo), told('RECEIVED', orderNo));
const subsidyBalance = () => balance(alliance.id, 'SUBSIDY');
const day = (n: number) => new Date(Date.parse(ENDS) + n * 86_400_000).toISOString();

it('what an event may give away is put aside when it is opened, and comes back when it is cancelled', async () => {
  const before = await subsidyBalance();
  const { result } = await open({
    subsidy: { rate: 1000, budgetMinor: '5000' },
    bonus: { rate: 200, budgetMinor: '700' },
    prizes: [{ board: 'CREATORS', rank: 1, amountMinor: '30' }],
  });
  expect((await subsidyBalance()) - before).toBe(5730);
  const cancelled = await act(
    callers.operator,
    'officialEventCancel',
    { officialEventId: result.id },
    'state',
  );
  expect(cancelled.result).toEqual({ state: 'CANCELLED' });
  expect(await subsidyBalance()).toBe(before);
  expect(await problems()).toEqual([]);
});

it('a subsidy is paid to the brand when its order is settled, and comes back with what is refunded later', async () => {
  await running({ subsidy: { rate: 1000, budgetMinor: '5000' } });
  const code = await world.link(creatorId, product);
  await order(code, 'A');
  await order(code, 'B');
  await received('A');
  const { brandId } = product;
  expect(await balance(brandId, 'ESCROW')).toBe(0);
  await workAt(day(10));
  // The commission of 20.00 was paid out of the escrow, and the subsidy of 10.00 has come in.
  expect(await balance(brandId, 'ESCROW')).toBe(-2000 + 1000);
  await report(refund('A', 2500n));
  await workAt(day(11));
  expect(await balance(brandId, 'ESCROW')).toBe(-1500 + 750);
  await report(refund('A', 7500n, 2));
  await workAt(day(12));
  expect(await balance(brandId, 'ESCROW')).toBe(0);
  expect(await grants(await eventId(), 'SUBSIDY')).toEqual({ A: 0, B: 1000 });
  expect(await problems()).toEqual([]);
  expect((await reconcile(alliance.database)).differences).toEqual([]);
});

const eventId = async (): Promise<string> => {
  const { data } = await callers.operator.query('{ officialEvents(first: 1) { nodes { id } } }');
  return data.officialEvents.nodes[0].id;
};

it('bonuses and prizes are paid once when the event is closed, and the rest comes back', async () => {
  // What other tests have left to be closed.
  await workAt(CLOSES);
  const start = await subsidyBalance();
  const event = await running({
    subsidy: { rate: 1000, budgetMinor: '5000' },
    bonus: { rate: 500, budgetMinor: '1200' },
    prizes: [
      { board: 'CREATORS', rank: 1, amountMinor: '301' },
      { board: 'CREATORS', rank: 2, amountMinor: '100' },
      { board: 'CREATORS', rank: 4, amountMinor: '50' },
      { board: 'BRANDS', rank: 1, amountMinor: '900' },
    ],
  });
  const second = await world.creator();
  const third = await world.creator();
  const [one, two, three] = [
    await world.link(creatorId, product),
    await world.link(second, product),
    await world.link(third, product),
  ];
  await order(one, 'A');
  await order(two, 'B');
  await order(three, 'C');
  await report(refund('C', 1n));
  for (const no of ['A', 'B']) await received(no);
  await workAt(day(10));
  const earned = { one: await balance(creatorId, 'PAYABLE'), two: await balance(second, 'PAYABLE') };
  expect(await purses(event)).toEqual({ BONUS: [1200, 0], SUBSIDY: [2999, 2001] });

  clock.set(CLOSES);
  const close = () => closeDueEvents(alliance.database, clock.now());
  await Promise.all([close(), close(), close()]);
  await Promise.all([close(), postSubsidies(alliance.database, clock.now())]);
  // C is not settled: its bonus is given to A and B, whom 5.00 each is due. They share the first two places.
  expect(await grants(event, 'BONUS')).toEqual({ A: 500, B: 500, C: 0 });
  expect((await balance(creatorId, 'PAYABLE')) - earned.one).toBe(500 + 200);
  expect((await balance(second, 'PAYABLE')) - earned.two).toBe(500 + 200);
  expect(await balance(third, 'PAYABLE')).toBe(0);
  const standings = await seen(
    event,
    `state creators: standings(board: CREATORS) { nodes { rank amount { minorUnits } prize { minorUnits } party { name } } }
     brands: standings(board: BRANDS) { nodes { rank prize { minorUnits } } }`,
  );
  expect(standings.state).toBe('CLOSED');
  expect(
    standings.creators.nodes.map(({ rank, amount, prize }: { rank: number; amount: Minor; prize: Minor }) => [
      rank,
      amount.minorUnits,
      prize.minorUnits,
    ]),
  ).toEqual([
    [1, '10000', '200'],
    [1, '10000', '200'],
    [3, '9999', '0'],
  ]);
  expect(standings.brands.nodes).toEqual([{ rank: 1, prize: { minorUnits: '900' } }]);
  // Only the subsidy of C is still put aside.
  expect((await subsidyBalance()) - start).toBe(999);
  await report(refund('C', 9_999n, 2));
  await postSubsidies(alliance.database, clock.now());
  expect(await subsidyBalance()).toBe(start);
  expect(await problems()).toEqual([]);
  expect((await reconcile(alliance.database)).differences).toEqual([]);
});

interface Minor {
  readonly minorUnits: string;
}

it('after it is closed an event gives nothing more, and takes back what brands have had', async () => {
  const event = await running({
    subsidy: { rate: 1000, budgetMinor: '5000' },
    bonus: { rate: 500, budgetMinor: '5000' },
  });
  const code = await world.link(creatorId, product);
  await order(code, 'A');
  await received('A');
  const start = await subsidyBalance();
  const runningAt = clock.now();
  await workAt(CLOSES);
  expect(start - (await subsidyBalance())).toBe(10_000);
  const payable = await balance(creatorId, 'PAYABLE');
  // An order of the running event that is reported only now, and a refund.
  clock.set(CLOSES);
  const late = told('PLACED', 'Z', { occurredAt: runningAt });
  await report(
    { ...late, placed: placed(product.code, { linkCode: code }) },
    told('PAID', 'Z', { occurredAt: runningAt }),
  );
  await report(refund('A', 10_000n));
  await postSubsidies(alliance.database, clock.now());
  expect(await grants(event)).toEqual({ A: 0 });
  expect(await grants(event, 'BONUS')).toEqual({ A: 500 });
  expect(await balance(product.brandId, 'ESCROW')).toBe(0);
  // The commission of 18.00 was taken back, the bonus was not.
  expect(payable - (await balance(creatorId, 'PAYABLE'))).toBe(1800);
  expect(await problems()).toEqual([]);
});

it('who has won something stands on the board also when all of it has come back', async () => {
  const event = await running({ prizes: [{ board: 'CREATORS', rank: 1, amountMinor: '301' }] });
  const code = await world.link(creatorId, product);
  await order(code, 'A');
  await workAt(CLOSES);
  await report(refund('A', 10_000n));
  const board = async (kind: string) =>
    (
      await seen(
        event,
        `standings(board: ${kind}) { nodes { rank amount { minorUnits } prize { minorUnits } } }`,
      )
    ).standings.nodes;
  expect(await board('CREATORS')).toEqual([
    { rank: 1, amount: { minorUnits: '0' }, prize: { minorUnits: '301' } },
  ]);
  expect(await board('BRANDS')).toEqual([]);
});
