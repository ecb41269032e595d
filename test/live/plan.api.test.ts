import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import {
  added,
  alliance,
  callers,
  clock,
  creatorId,
  minutes,
  offer,
  openLive,
  order,
  product,
  report,
  session,
  told,
} from './live-scene.ts';

openLive();

const content = (more: object = {}) => ({
  title: '中秋专场',
  startsAt: minutes(60).toISOString(),
  plannedMinutes: 180,
  trafficBudgetMinor: '500000',
  merchandise: [
    { productId: toGlobalId('Product', product.id), audience: 'NEW_FANS', priceMinor: '5900', stock: 50 },
    { productId: toGlobalId('Product', product.id), audience: 'OLD_FANS', priceMinor: '5500', stock: 20 },
  ],
  gifts: ['福袋 100 份'],
  highlights: [{ minute: 30, text: '产地连线' }],
  ...more,
});

const PLAN = `id current { version title trafficBudget { minorUnits currencyCode } gifts highlights { minute text }
  merchandise { audience price { minorUnits } stock product { id } } } versions { nodes { version title } }`;

const made = async (more: object = {}): Promise<Json> => {
  const input = { creatorId: toGlobalId('Creator', creatorId), content: content(more) };
  const { result, userErrors } = await act(callers.creator, 'livePlanCreate', input, PLAN);
  expect(userErrors).toEqual([]);
  return result;
};

describe('the plan of a live session', () => {
  it('says timing, budget, merchandise for new and old fans, gifts and highlights, in versions', async () => {
    const plan = await made();
    expect(plan.current).toEqual({
      version: 1,
      title: '中秋专场',
      trafficBudget: { minorUnits: '500000', currencyCode: 'CNY' },
      gifts: ['福袋 100 份'],
      highlights: [{ minute: 30, text: '产地连线' }],
      merchandise: [
        {
          audience: 'NEW_FANS',
          price: { minorUnits: '5900' },
          stock: 50,
          product: { id: toGlobalId('Product', product.id) },
        },
        {
          audience: 'OLD_FANS',
          price: { minorUnits: '5500' },
          stock: 20,
          product: { id: toGlobalId('Product', product.id) },
        },
      ],
    });
    const change = { livePlanId: plan.id, content: content({ title: '中秋专场 二稿', merchandise: [] }) };
    const { result } = await act(callers.creator, 'livePlanChange', change, PLAN);
    expect(result.current).toMatchObject({ version: 2, title: '中秋专场 二稿', merchandise: [] });
    expect(result.versions.nodes).toEqual([
      { version: 2, title: '中秋专场 二稿' },
      { version: 1, title: '中秋专场' },
    ]);
    await expect(
      alliance.database.rows(sql`update live_plan_version set title = 'x' where version = 1`),
    ).rejects.toThrow();
  });

  it('changed by many at once has a version of each', async () => {
    const { id: livePlanId } = await made();
    const changes = Array.from({ length: 8 }, (_, i) =>
      act(callers.creator, 'livePlanChange', { livePlanId, content: content({ title: `V${i}` }) }, PLAN),
    );
    const answers = await Promise.all(changes);
    expect(answers.map(said)).toEqual(answers.map(() => 'DONE'));
    const versions = answers.map(({ result }) => result.current.version);
    expect(Math.max(...versions)).toBe(9);
  });

  it('becomes a session with its title and its merchandise in the cart, once, and is closed then', async () => {
    const { id: livePlanId } = await made();
    const start = () =>
      act(
        callers.creator,
        'livePlanStart',
        { livePlanId },
        'id title plan { id } cart { nodes { product { id } } }',
      );
    const answers = await Promise.all([start(), start()]);
    expect(answers.map(said).sort()).toEqual(['DONE', 'StateConflict']);
    const { result } = answers.find((answer) => said(answer) === 'DONE') as (typeof answers)[0];
    expect(result).toMatchObject({
      title: '中秋专场',
      plan: { id: livePlanId },
      cart: { nodes: [{ product: { id: toGlobalId('Product', product.id) } }] },
    });
    const change = { livePlanId, content: content() };
    expect(said(await act(callers.creator, 'livePlanChange', change))).toBe('StateConflict');
  });

  it("is refused with all that is wrong with it, and is nobody else's", async () => {
    const input = (more: object) => ({ creatorId: toGlobalId('Creator', creatorId), content: content(more) });
    const wrong = input({
      title: '',
      plannedMinutes: 0,
      trafficBudgetMinor: '-1',
      gifts: [''],
      highlights: [{ minute: -1, text: 'x' }],
      merchandise: [{ productId: 'x', priceMinor: '0', stock: 0 }],
    });
    const { userErrors } = await act(callers.creator, 'livePlanCreate', wrong);
    expect(userErrors.map(({ path }: Json) => path.slice(2).join('.'))).toEqual([
      'title',
      'plannedMinutes',
      'trafficBudgetMinor',
      'gifts',
      'merchandise.0.productId',
      'merchandise.0.priceMinor',
      'merchandise.0.stock',
      'highlights.0',
    ]);
    expect(said(await act(callers.stranger, 'livePlanCreate', input({})))).toBe('NotFoundError');
    const { id: livePlanId } = await made();
    expect(said(await act(callers.stranger, 'livePlanStart', { livePlanId }))).toBe('NotFoundError');
    const { errors } = await callers.brand.query('query ($id: ID!) { node(id: $id) { id } }', {
      id: livePlanId,
    });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

const FIGURES = /* GraphQL */ `
  query ($id: ID!) {
    node(id: $id) {
      ... on LiveSession {
        figures { viewers orders units unpaidLines cancelledLines returnedLines stockLeft }
        money { gmv { minorUnits currencyCode } refunded { minorUnits } }
        productFigures { orders units returnedLines gmv { minorUnits } refunded { minorUnits } product { id } }
      }
    }
  }
`;

describe('the figures of a live session', () => {
  it('are counted from its lines: paid ones count, called off ones are no returns', async () => {
    await offer(await added());
    await report(
      ...['A', 'B', 'C', 'D'].map((name) => order(name, 2)),
      ...['A', 'B', 'C'].map((name) => told('PAID', name, 1)),
      told('CANCELLED', 'C', 2),
      told('SHIPPED', 'B', 2),
      told('REFUNDED', 'B', 3),
      order('E', 1, { liveSessionId: null }),
      told('PAID', 'E', 1),
    );
    const viewers = { liveSessionId: session(), viewers: '12345' };
    expect(said(await act(callers.creator, 'liveViewersReport', viewers))).toBe('DONE');
    const { data, errors } = await callers.creator.query(FIGURES, { id: session() });
    expect(errors).toBeUndefined();
    expect(data.node).toEqual({
      figures: {
        viewers: '12345',
        orders: 2,
        units: 4,
        unpaidLines: 1,
        cancelledLines: 1,
        returnedLines: 1,
        stockLeft: '94',
      },
      money: [{ gmv: { minorUnits: '24000', currencyCode: 'CNY' }, refunded: { minorUnits: '6000' } }],
      productFigures: [
        {
          orders: 2,
          units: 4,
          returnedLines: 1,
          gmv: { minorUnits: '24000' },
          refunded: { minorUnits: '6000' },
          product: { id: toGlobalId('Product', product.id) },
        },
      ],
    });
  });

  it("are all 0 before anything was sold, and only its creator's and operators'", async () => {
    clock.set(minutes(0));
    const { data } = await callers.operator.query(FIGURES, { id: session() });
    expect(data.node).toMatchObject({
      figures: { viewers: null, orders: 0, units: 0, stockLeft: '0' },
      money: [],
    });
    for (const caller of [callers.brand, callers.stranger]) {
      const { errors } = await caller.query(FIGURES, { id: session() });
      expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
      expect(said(await act(caller, 'liveViewersReport', { liveSessionId: session(), viewers: '1' }))).toBe(
        'NotFoundError',
      );
    }
    expect(
      said(await act(callers.creator, 'liveViewersReport', { liveSessionId: session(), viewers: '-1' })),
    ).toBe('InvalidInput');
  });
});
