import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LineRow } from '../../src/features/order/index.ts';
import { joinTrustBuy, keepTrust, openClaim, setProtections } from '../../src/features/trust/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, event, PLACED_AT, placed, World } from '../kit/world.ts';

const MANY = 20;

let alliance: TestAlliance;
let operator: Caller;
const ids: Record<'Brand' | 'Creator' | 'Product' | 'OrderLine', string[]> = {
  Brand: [],
  Creator: [],
  Product: [],
  OrderLine: [],
};

beforeAll(async () => {
  alliance = await testAlliance();
  const { database } = alliance;
  const world = new World(database);
  operator = await alliance.memberOf(alliance.id);
  await database.rows(
    sql`update trust_policy set admission_lines = 0, admission_score = 0, expulsion_score = 0`,
  );
  for (let i = 0; i < MANY; i++) {
    const product = await world.product();
    const { brandId } = product;
    await world.plan(product);
    const creator = await world.creator();
    const linkCode = await world.link(creator, product);
    await world.tx(async (tx) => {
      await joinTrustBuy(tx, brandId, EARLY);
      const kinds = ['REFUND_WITHOUT_RETURN', 'RETURN_FREIGHT'] as const;
      await setProtections(tx, { brandId, productId: product.id, kinds }, EARLY);
    });
    await world.ingest(brandId, [
      event(brandId, 'PLACED', 'L', { placed: placed(product.code, { linkCode }) }),
      event(brandId, 'PAID', 'L'),
      event(brandId, 'RECEIVED', 'L'),
    ]);
    const [line] = await database.rows(sql<LineRow>`
      select id, brand_id as "brandId", source_id as "sourceId", order_no as "orderNo", line_no as "lineNo",
        product_id as "productId", creator_id as "creatorId", currency, goods_paid_minor as "goodsPaidMinor"
      from order_line where brand_id = ${brandId}`);
    for (const kind of ['REFUND_WITHOUT_RETURN', 'RETURN_FREIGHT'] as const) {
      const claim = { kind, amountMinor: 500n, statement: 'Rotten', evidenceUrls: [], openedBy: brandId };
      await world.tx((tx) => openClaim(tx, line as LineRow, claim, PLACED_AT));
    }
    ids.Brand.push(toGlobalId('Brand', brandId));
    ids.Creator.push(toGlobalId('Creator', creator));
    ids.Product.push(toGlobalId('Product', product.id));
    ids.OrderLine.push(toGlobalId('OrderLine', line?.id ?? '', brandId));
  }
  await keepTrust(database, new Date('2026-06-20T00:00:00Z'));
}, 120_000);
afterAll(() => alliance.close());

interface Budget {
  readonly name: string;
  readonly type: keyof typeof ids;
  readonly statements: number;
  readonly fields: string;
  readonly check: (node: Json) => void;
}

const CLAIMS = 'trustClaims { nodes { kind orderLine { orderNo } product { title } brand { name } } }';
const both = (node: Json) =>
  expect(node.trustClaims.nodes.map(({ kind }: Json) => kind)).toEqual([
    'RETURN_FREIGHT',
    'REFUND_WITHOUT_RETURN',
  ]);
const BUDGETS: Budget[] = [
  {
    name: 'what covers a product',
    type: 'Product',
    statements: 2,
    fields: 'trust { trustBuy protections }',
    check: ({ trust }) =>
      expect(trust).toEqual({ trustBuy: true, protections: ['REFUND_WITHOUT_RETURN', 'RETURN_FREIGHT'] }),
  },
  {
    name: 'the membership and the score of a brand',
    type: 'Brand',
    statements: 5,
    fields: `trust { trustBuy } trustBuyMembership { state rules { rule holds } }
      shopScore { score components { name effect } }`,
    check: (brand) =>
      expect(brand).toMatchObject({
        trust: { trustBuy: true },
        trustBuyMembership: { state: 'MEMBER' },
        shopScore: { score: 100 },
      }),
  },
  { name: 'the claims on the lines of a brand', type: 'Brand', statements: 4, fields: CLAIMS, check: both },
  {
    name: 'the score and the claims of a creator',
    type: 'Creator',
    statements: 6,
    fields: `trustScore { score components { name } } ${CLAIMS}`,
    check: (creator) => {
      expect(creator.trustScore.score).toBe(100);
      both(creator);
    },
  },
  {
    name: 'the protections, the card and the claims of a line',
    type: 'OrderLine',
    statements: 6,
    fields:
      'protections { kind days } trustCard { heldWhenPlaced rules { rule } } trustClaims { nodes { kind } }',
    check: (line) => {
      expect(line.protections).toEqual([
        { kind: 'REFUND_WITHOUT_RETURN', days: 7 },
        { kind: 'RETURN_FREIGHT', days: 30 },
      ]);
      expect(line.trustCard.heldWhenPlaced).toBe(false);
      both(line);
    },
  },
];

describe('statements for trust', () => {
  it.each(BUDGETS)(
    '$name: $statements, for one as for twenty',
    async ({ type, statements: budget, fields, check }) => {
      for (const count of [1, MANY]) {
        const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${fields} } } }`;
        const { data, errors, statements } = await operator.query(query, { ids: ids[type].slice(0, count) });
        expect(errors).toBeUndefined();
        expect(data.nodes).toHaveLength(count);
        for (const node of data.nodes) check(node);
        expect(statements).toHaveLength(budget);
      }
    },
  );

  it('the claims that wait: 3, for one as for twenty', async () => {
    for (const first of [1, MANY]) {
      const query = `query ($first: Int!) { openTrustClaims(first: $first) { nodes { kind statement
        orderLine { orderNo } product { title } brand { name } } } }`;
      const { data, errors, statements } = await operator.query(query, { first });
      expect(errors).toBeUndefined();
      expect(data.openTrustClaims.nodes).toHaveLength(first);
      expect(statements).toHaveLength(3);
    }
  });
});
