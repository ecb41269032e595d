import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLiveItem, pinLiveItem, planSession, setLiveOffer } from '../../src/features/live/index.ts';
import { startLiveSession } from '../../src/features/promotion/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, PLACED_AT, placed, World } from '../kit/world.ts';

const MANY = 20;

let alliance: TestAlliance;
let operator: Caller;
const ids: Record<'LiveSession' | 'Brand' | 'Creator', string[]> = {
  LiveSession: [],
  Brand: [],
  Creator: [],
};

beforeAll(async () => {
  alliance = await testAlliance();
  const world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  for (let i = 0; i < MANY; i++) {
    const product = await world.product();
    const { id: productId, brandId, skuId, code } = product;
    await world.plan(product);
    const creatorId = await world.creator();
    let sessionId = '';
    await world.tx(async (tx) => {
      const { id } = await startLiveSession(tx, { creatorId, title: 'Live' }, PLACED_AT);
      const itemId = await addLiveItem(tx, { liveSessionId: id, creatorId, productId }, PLACED_AT);
      const item = { id: itemId, liveSessionId: id, productId, brandId, position: 1, pinned: false };
      const row = { ...item, addedAt: PLACED_AT, removedAt: null };
      await pinLiveItem(tx, row, true);
      const wanted = { skuId, priceMinor: 6000n, stock: 5, payWithinMinutes: 15 };
      await setLiveOffer(tx, row, wanted, PLACED_AT);
      const merchandise = [{ productId, audience: 'NEW_FANS', priceMinor: 1n, stock: 1 }] as const;
      const times = { startsAt: PLACED_AT, plannedMinutes: 60, trafficBudgetMinor: 1n };
      const content = { title: 'Plan', ...times, merchandise, gifts: [], highlights: [] };
      const planId = await planSession(tx, { creatorId, content }, PLACED_AT);
      await tx.rows(sql`update live_plan set live_session_id = ${id} where id = ${planId}`);
      sessionId = id;
      ids.LiveSession.push(toGlobalId('LiveSession', id));
      ids.Creator.push(toGlobalId('Creator', creatorId));
      ids.Brand.push(toGlobalId('Brand', brandId));
    });
    const detail = placed(code, { itemTotalMinor: 6000n, liveSessionId: sessionId });
    await world.ingest(brandId, [
      event(brandId, 'PLACED', 'L', { placed: detail }),
      event(brandId, 'PAID', 'L'),
    ]);
  }
}, 120_000);
afterAll(() => alliance.close());

interface Budget {
  readonly name: string;
  readonly type: keyof typeof ids;
  readonly statements: number;
  readonly fields: string;
  readonly check: (node: Json) => void;
}

const BUDGETS: Budget[] = [
  {
    name: 'the cart of a session with products, offers and SKUs',
    type: 'LiveSession',
    statements: 7,
    fields: `pinnedItem { position }
      cart { nodes { position pinned product { title } brand { name } offers { left price { amount } sku { code } } } }`,
    check: ({ pinnedItem, cart }) => {
      expect(pinnedItem).toEqual({ position: 1 });
      expect(cart.nodes[0].offers[0]).toMatchObject({ left: 4, price: { amount: '60.00' } });
    },
  },
  {
    name: 'the plan of a session beside its figures',
    type: 'LiveSession',
    statements: 8,
    fields: `plan { current { title merchandise { stock product { title } } } } figures { orders stockLeft }
      money { gmv { amount } } productFigures { units product { title } }`,
    check: ({ plan, figures, money, productFigures }) => {
      expect(plan.current).toMatchObject({ title: 'Plan', merchandise: [{ stock: 1 }] });
      expect(figures).toEqual({ orders: 1, stockLeft: '4' });
      expect(money).toEqual([{ gmv: { amount: '60.00' } }]);
      expect(productFigures).toMatchObject([{ units: 1 }]);
    },
  },
  {
    name: 'the sessions and plans of a creator',
    type: 'Creator',
    statements: 5,
    fields:
      'liveSessions { nodes { title } } livePlans { nodes { versions { nodes { version } } liveSession { title } } }',
    check: ({ liveSessions, livePlans }) => {
      expect(liveSessions.nodes).toEqual([{ title: 'Live' }]);
      const plan = { versions: { nodes: [{ version: 1 }] }, liveSession: { title: 'Live' } };
      expect(livePlans.nodes).toEqual([plan]);
    },
  },
  {
    name: 'the products of a brand in carts, with their sessions',
    type: 'Brand',
    statements: 3,
    fields: 'liveItems { nodes { liveSession { title } } }',
    check: ({ liveItems }) => expect(liveItems.nodes).toEqual([{ liveSession: { title: 'Live' } }]),
  },
];

describe('statements for live sessions', () => {
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
});
