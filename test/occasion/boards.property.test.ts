import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import type { Json } from '../kit/alliance.ts';
import { type MadeProduct, placed } from '../kit/world.ts';
import { openEvents, problems, refund, report, running, seen, told, world } from './event-scene.ts';

openEvents();

const LIVES = ['UNPAID', 'PAID', 'CANCELLED', 'RECEIVED', 'CANCELLED_LATE'] as const;

/** An order: of which creator and brand, by number; what was paid, and what became of it. */
interface Order {
  readonly creator: number;
  readonly brand: number;
  readonly paidMinor: bigint;
  readonly life: (typeof LIVES)[number];
  readonly refunds: readonly bigint[];
  readonly isCredited: boolean;
}

// Few amounts, so that there are ties.
const orders: fc.Arbitrary<Order[]> = fc.array(
  fc.record({
    creator: fc.nat(3),
    brand: fc.nat(1),
    paidMinor: fc.constantFrom(1000n, 2000n, 3000n),
    life: fc.constantFrom(...LIVES),
    refunds: fc.array(fc.constantFrom(500n, 1000n, 4000n), { maxLength: 2 }),
    isCredited: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

const isSold = ({ life }: Order): boolean => life === 'PAID' || life === 'RECEIVED';

/** What is left of an order, by the rules in plain words. */
function netOf(order: Order): bigint {
  const back = order.refunds.reduce((sum, amount) => sum + amount, 0n);
  return isSold(order) && back < order.paidMinor ? order.paidMinor - back : 0n;
}

/** A board worked out plainly: who has something, most first, and among equals who joined last. */
function boardOf(list: readonly Order[], idOf: (order: Order) => string): [string, number, bigint][] {
  const ids = [...new Set(list.map(idOf))];
  const net = (id: string) =>
    list.filter((order) => idOf(order) === id).reduce((sum, order) => sum + netOf(order), 0n);
  const all = ids.map((id): [string, bigint] => [id, net(id)]).filter(([, amount]) => amount > 0n);
  return all
    .map(([id, amount]): [string, number, bigint] => [
      id,
      1 + all.filter(([, other]) => other > amount).length,
      amount,
    ])
    .sort((a, b) => a[1] - b[1] || (localIdOf(a[0]) < localIdOf(b[0]) ? 1 : -1));
}

/** Has the shop report an order from its placing to its end. */
async function happen(order: Order, no: string, made: MadeProduct, linkCode: string | null): Promise<void> {
  const tell = (kind: 'PAID' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED') => report(told(kind, no, {}, made));
  const detail = placed(made.code, { linkCode, itemTotalMinor: order.paidMinor });
  await report(told('PLACED', no, { placed: detail }, made));
  if (order.life === 'UNPAID') return;
  await tell('PAID');
  if (order.life === 'CANCELLED') return tell('CANCELLED');
  if (order.life !== 'PAID') await tell('SHIPPED').then(() => tell('RECEIVED'));
  for (const [n, amount] of order.refunds.entries()) await report(refund(no, amount, n, made));
  if (order.life === 'CANCELLED_LATE') await tell('CANCELLED');
}

/** Equals stand in the order of their ids in the database, which is not that of the texts of the API. */
const localIdOf = (globalId: string): string => fromGlobalId(globalId)?.id ?? '';

async function shown(event: string, board: 'CREATORS' | 'BRANDS'): Promise<[string, number, bigint][]> {
  const fields = `standings(board: ${board}, first: 50) {
    nodes { rank amount { minorUnits } party { organisationId } } }`;
  const { standings } = await seen(event, fields);
  return standings.nodes.map(({ rank, amount, party }: Json) => [
    party.organisationId,
    rank,
    BigInt(amount.minorUnits),
  ]);
}

it('boards are what a plain count of the orders gives, with ties, refunds and what is called off', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(orders, async (list) => {
      round += 1;
      const goods = [await world.product(), await world.product()];
      for (const made of goods) await world.plan(made);
      const event = await running({}, goods);
      const creators = await Promise.all([0, 1, 2, 3].map(() => world.creator()));
      const madeOf = ({ brand }: Order) => goods[brand] as MadeProduct;
      const creatorOf = ({ creator }: Order) => creators[creator] ?? '';
      for (const [i, order] of list.entries()) {
        const link = order.isCredited ? await world.link(creatorOf(order), madeOf(order)) : null;
        await happen(order, `${round}-${i}`, madeOf(order), link);
      }
      const credited = list.filter(({ isCredited }) => isCredited);
      expect(await shown(event, 'CREATORS')).toEqual(
        boardOf(credited, (order) => toGlobalId('Creator', creatorOf(order))),
      );
      expect(await shown(event, 'BRANDS')).toEqual(
        boardOf(credited, (order) => toGlobalId('Brand', madeOf(order).brandId)),
      );
    }),
    { numRuns: 12 },
  );
  expect(await problems()).toEqual([]);
}, 180_000);
