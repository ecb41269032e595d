import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleDue } from '../../src/features/settlement/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

const MANY = 20;
const RECEIVED_BY = new Date('2026-06-20T00:00:00Z');
const SETTLED_AT = new Date('2026-07-01T00:00:00Z');

let alliance: TestAlliance;
let world: World;
let operator: Caller;
let brandId: string;
const creators: string[] = [];
const products: MadeProduct[] = [];

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  brandId = await world.brand();
  for (let i = 0; i < MANY; i++) {
    const product = await world.product({ brandId });
    await world.plan(product);
    creators.push(await world.creator());
    products.push(product);
  }
  // Every creator sells every product once, and is settled in twenty runs.
  for (const product of products) {
    const links = await Promise.all(creators.map((creator) => world.link(creator, product)));
    await world.ingest(
      brandId,
      links.flatMap((linkCode, i) => livesOf(product, `${product.code}-${i}`, linkCode)),
    );
    await settleDue(alliance.database, { asOf: SETTLED_AT, now: SETTLED_AT });
  }
});
afterAll(() => alliance.close());

const livesOf = (product: MadeProduct, orderNo: string, linkCode: string) =>
  (['PLACED', 'PAID', 'SHIPPED', 'RECEIVED'] as const).map((kind) =>
    event(brandId, kind, orderNo, {
      ...(kind === 'PLACED' ? { placed: placed(product.code, { linkCode }) } : {}),
      ...(kind === 'RECEIVED' ? { occurredAt: RECEIVED_BY } : {}),
    }),
  );

interface Budget {
  readonly name: string;
  readonly statements: number;
  /** What is asked of each creator. */
  readonly fields: string;
  readonly check: (creator: Json) => void;
}

const JUNE = 'from: "2026-06-01", to: "2026-06-30"';
const BUDGETS: Budget[] = [
  {
    name: 'balances',
    statements: 2,
    fields: 'balances { available { minorUnits } owed { minorUnits } }',
    check: ({ balances }) =>
      expect(balances).toEqual([{ available: { minorUnits: '36000' }, owed: { minorUnits: '0' } }]),
  },
  {
    name: 'accounts with their balance at a moment',
    statements: 3,
    fields: 'accounts { kind balanceAt(at: "2026-07-01T00:00:00Z") { minorUnits } }',
    check: ({ accounts }) =>
      expect(accounts).toEqual([
        { kind: 'PAYABLE', balanceAt: { minorUnits: '36000' } },
        { kind: 'RECEIVABLE', balanceAt: { minorUnits: '0' } },
      ]),
  },
  {
    name: 'histories of accounts with counterparties, brands and order lines',
    statements: 7,
    fields: `accounts { history(first: ${MANY}) { nodes { counterparty { name } brand { name } amount { minorUnits }
      orderLines(first: 5) { nodes { amount { minorUnits } orderLine { orderNo } } } } } }`,
    check: ({ accounts: [{ history }] }) => {
      expect(history.nodes).toHaveLength(MANY);
      for (const { counterparty, brand, amount, orderLines } of history.nodes) {
        expect(counterparty.name).toBe(brand.name);
        expect(orderLines.nodes).toEqual([{ amount, orderLine: { orderNo: expect.any(String) } }]);
      }
    },
  },
  {
    name: 'earnings by day',
    statements: 2,
    fields: `earnings(${JUNE}) { nodes { day orderLines settled { minorUnits } } }`,
    check: ({ earnings }) =>
      expect(earnings.nodes).toEqual([
        { day: '2026-06-16', orderLines: MANY, settled: { minorUnits: '36000' } },
      ]),
  },
  {
    name: 'earnings by product',
    statements: 3,
    fields: `earnings(by: PRODUCT, ${JUNE}) { nodes { product { title } orderLines } }`,
    check: ({ earnings }) => expect(earnings.nodes).toHaveLength(MANY),
  },
  {
    name: 'earnings by plan',
    statements: 3,
    fields: `earnings(by: PLAN, ${JUNE}) { nodes { plan { title } orderLines } }`,
    check: ({ earnings }) => expect(earnings.nodes).toHaveLength(MANY),
  },
  {
    name: 'earnings by content',
    statements: 4,
    fields: `earnings(by: CONTENT, ${JUNE}) { nodes { promotionLink { code } liveSession { title } orderLines } }`,
    check: ({ earnings }) => expect(earnings.nodes).toHaveLength(MANY),
  },
];

describe('statements for the money of creators', () => {
  it.each(BUDGETS)(
    '$name: $statements, for one as for twenty',
    async ({ statements: budget, fields, check }) => {
      for (const count of [1, MANY]) {
        const ids = creators.slice(0, count).map((id) => toGlobalId('Creator', id));
        const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Creator { ${fields} } } }`;
        const { data, errors, statements } = await operator.query(query, { ids });
        expect(errors).toBeUndefined();
        expect(data.nodes).toHaveLength(count);
        for (const creator of data.nodes) check(creator);
        expect(statements).toHaveLength(budget);
      }
    },
  );
});
