import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEvent, registerProduct, reviewProduct } from '../../src/features/occasion/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, event, PLACED_AT, placed, World } from '../kit/world.ts';

const MANY = 20;
const day = (n: number) => new Date(PLACED_AT.getTime() + n * 86_400_000);

let alliance: TestAlliance;
let operator: Caller;
const ids: Record<'Brand' | 'OfficialEvent', string[]> = { Brand: [], OfficialEvent: [] };

/** An event of its own with two products of a brand, of which an order was made through the link of a creator. */
async function makeOne(world: World, no: number): Promise<void> {
  const brandId = await world.brand();
  const goods = [await world.product({ brandId }), await world.product({ brandId })];
  const creatorId = await world.creator();
  const times = { registerFrom: EARLY, registerUntil: day(-2), startsAt: day(-1), endsAt: day(1) };
  const purse = { rateBp: 1000, capMinor: null, budgetMinor: 100_000n };
  const prizes = [{ board: 'CREATORS' as const, rank: 1, amountMinor: 500n }];
  const wish = {
    ...times,
    closesAt: day(20),
    categoryIds: [],
    minCommissionBp: 0,
    subsidy: purse,
    bonus: purse,
  };
  const eventId = await world.tx((tx) =>
    openEvent(tx, { code: `EVENT-${no}`, name: 'Event', currency: 'CNY', ...wish, prizes }, EARLY),
  );
  for (const product of goods) {
    await world.plan(product);
    const id = await world.tx((tx) => registerProduct(tx, { eventId, productId: product.id }, EARLY));
    await world.tx((tx) => reviewProduct(tx, { id, decision: 'APPROVED', note: null }, EARLY));
    const detail = { placed: placed(product.code, { linkCode: await world.link(creatorId, product) }) };
    const orderNo = product.code;
    await world.ingest(brandId, [event(brandId, 'PLACED', orderNo, detail), event(brandId, 'PAID', orderNo)]);
  }
  ids.Brand.push(toGlobalId('Brand', brandId));
  ids.OfficialEvent.push(toGlobalId('OfficialEvent', eventId));
}

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  const world = new World(alliance.database);
  for (let i = 0; i < MANY; i++) await makeOne(world, i);
}, 120_000);
afterAll(() => alliance.close());

const MINOR = '{ minorUnits }';
const EVENT = `code state purses { kind granted ${MINOR} } prizes { rank }
  products(first: 1) { nodes { product { title } brand { name } } }
  standings(board: CREATORS, first: 5) { nodes { rank amount ${MINOR} prize ${MINOR} party { name } } }`;

describe('statements for official events', () => {
  it('events with their purses, prizes, products and boards: 8, for one as for twenty', async () => {
    for (const count of [1, MANY]) {
      const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on OfficialEvent { ${EVENT} } } }`;
      const { data, errors, statements } = await operator.query(query, {
        ids: ids.OfficialEvent.slice(0, count),
      });
      expect(errors).toBeUndefined();
      expect(data.nodes).toHaveLength(count);
      for (const { purses, standings, products } of data.nodes) {
        expect(purses).toEqual([
          { kind: 'SUBSIDY', granted: { minorUnits: '2000' } },
          { kind: 'BONUS', granted: { minorUnits: '2000' } },
        ]);
        expect(standings.nodes).toMatchObject([{ rank: 1, amount: { minorUnits: '20000' }, prize: null }]);
        expect(products.nodes).toHaveLength(1);
      }
      expect(statements).toHaveLength(8);
    }
  });

  it('what brands have registered, and what their order lines count: 7, for one as for twenty', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Brand {
      eventProducts(first: 5) { nodes { state officialEvent { code } } }
      orderLines(first: 5) { nodes { 
        officialEvent { code } officialEventSubsidy { granted ${MINOR} } officialEventBonus { granted ${MINOR} } } } } } }`;
    for (const count of [1, MANY]) {
      const { data, errors, statements } = await operator.query(query, { ids: ids.Brand.slice(0, count) });
      expect(errors).toBeUndefined();
      for (const { eventProducts, orderLines } of data.nodes) {
        expect(eventProducts.nodes).toHaveLength(2);
        expect(orderLines.nodes[0].officialEventSubsidy.granted).toEqual({ minorUnits: '1000' });
      }
      expect(statements).toHaveLength(7);
    }
  });
});
