import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyBoost, chargeBoosts } from '../../src/features/boost/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { deposit } from '../boost/money.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, event, PLACED_AT, placed, World } from '../kit/world.ts';

const MANY = 20;
const UNTIL = new Date(PLACED_AT.getTime() + 86_400_000);

let alliance: TestAlliance;
let operator: Caller;
const ids: Record<'Brand' | 'Boost', string[]> = { Brand: [], Boost: [] };

/** A brand with two boosts of a product, one after the other, each with two charges, and an order that the later one has won. */
async function makeOne(world: World): Promise<void> {
  const product = await world.product();
  const { brandId, id: productId, code } = product;
  await world.plan(product);
  await deposit(world, brandId, 1_000_000n);
  for (const [startsAt, endsAt] of [
    [EARLY, new Date(EARLY.getTime() + 1000)],
    [PLACED_AT, UNTIL],
  ] as const) {
    const id = await world.tx(async (tx) => {
      const money = { budgetMinor: 100_000n, bidMinor: 1_000n, currency: 'CNY' };
      const times = { startsAt, endsAt, fromHour: 0, untilHour: 24 };
      return buyBoost(tx, { payerId: brandId, productId, ...money, ...times }, EARLY);
    });
    const shown = { boostId: id, exposures: 1_000, priceMinor: 1_000n, shownAt: startsAt };
    const charges = ['a', 'b'].map((eventId) => ({ ...shown, eventId }));
    await world.tx((tx) => chargeBoosts(tx, charges, startsAt));
    ids.Boost.push(toGlobalId('Boost', id));
  }
  const detail = { placed: placed(code, { boosted: true }) };
  await world.ingest(brandId, [event(brandId, 'PLACED', 'L', detail), event(brandId, 'PAID', 'L')]);
  ids.Brand.push(toGlobalId('Brand', brandId));
}

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  const world = new World(alliance.database);
  for (let i = 0; i < MANY; i++) await makeOne(world);
}, 120_000);
afterAll(() => alliance.close());

const BOOST = `state spent { minorUnits } product { title } brand { name } creator { name }
  figures { orders gmv { minorUnits } returnOnSpend } charges(first: 1) { nodes { eventId } pageInfo { hasNextPage } }`;

describe('statements for boosts', () => {
  it('the boosts of brands with their figures and charges: 5, for one as for twenty', async () => {
    for (const count of [1, MANY]) {
      const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Brand { boosts { nodes { ${BOOST} } } } } }`;
      const { data, errors, statements } = await operator.query(query, { ids: ids.Brand.slice(0, count) });
      expect(errors).toBeUndefined();
      expect(data.nodes).toHaveLength(count);
      for (const { boosts } of data.nodes) {
        const charges = { nodes: [{ eventId: 'b' }], pageInfo: { hasNextPage: true } };
        expect(boosts.nodes.map(({ figures }: Json) => figures.orders)).toEqual([1, 0]);
        expect(boosts.nodes[0]).toMatchObject({ spent: { minorUnits: '2000' }, creator: null, charges });
        expect(boosts.nodes[0].figures).toMatchObject({
          gmv: { minorUnits: '10000' },
          returnOnSpend: '5.00',
        });
      }
      expect(statements).toHaveLength(5);
    }
  });

  it('boosts by their ids: 5, for one as for twenty', async () => {
    for (const count of [1, MANY]) {
      const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Boost { ${BOOST} } } }`;
      const { data, statements } = await operator.query(query, { ids: ids.Boost.slice(0, count) });
      expect(data.nodes).toHaveLength(count);
      expect(statements).toHaveLength(5);
    }
  });
});
