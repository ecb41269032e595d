import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { event, type MadeProduct, placed } from '../kit/world.ts';
import { openShop, type Promoter, type Shop } from './shop.ts';

const NOW = '2026-06-16T02:00:00.000Z';
const MIDNIGHT = '2026-06-16T16:00:00.000Z';
const A_WEEK_ON = '2026-06-23T16:00:00.000Z';

let shop: Shop;
let product: MadeProduct;
let one: Promoter;
let other: Promoter;
let openId: string;

beforeAll(async () => {
  shop = await openShop(NOW);
});
beforeEach(async () => {
  shop.clock.set(NOW);
  await shop.lockFor(0);
  product = await shop.product();
  [one, other] = [await shop.promoter(product), await shop.promoter(product)];
  openId = toGlobalId('Plan', await shop.world.plan(product));
});
afterAll(() => shop.alliance.close());

const PREVIEW = `query ($input: PreviewPlanInput!) { previewPlan(input: $input) {
  preview { takesEffectAt creatorCount
    creators { creator { id } product { id } keepsUntil
      termsNow { winner { kind commissionRate } }
      termsThen { winner { kind commissionRate } losers { because offer { kind commissionRate } } } }
    cost { lines base { minorUnits currencyCode } actualCommission { minorUnits } commissionUnderPlan { minorUnits }
      isComplete } }
  userErrors { __typename ... on UserError { message path } ... on StateConflict { state }
    ... on PlanConflict { rule conflicts { rule planId creatorId from until } } } } }`;

async function preview(input: object, caller: Caller = shop.brand): Promise<Json> {
  const { data, errors } = await caller.query<Json>(PREVIEW, { input });
  expect(errors).toBeUndefined();
  return data.previewPlan;
}

const targeted = (more: object = {}) => ({
  brandId: toGlobalId('Brand', shop.brandId),
  productId: toGlobalId('Product', product.id),
  kind: 'TARGETED',
  title: 'For one',
  commissionRate: 3000,
  creatorIds: [one.id],
  ...more,
});

/** Lines of a creator, paid and partly refunded. */
async function sell(creator: Promoter, orderNo: string, at: string, refundMinor = 0n): Promise<void> {
  const occurredAt = new Date(at);
  const linkCode = await shop.world.link(creator.localId, product);
  const events = [
    event(shop.brandId, 'PLACED', orderNo, { occurredAt, placed: placed(product.code, { linkCode }) }),
    event(shop.brandId, 'PAID', orderNo, { occurredAt }),
  ];
  const refund = { amountMinor: refundMinor, quantity: 0 };
  if (refundMinor > 0n) events.push(event(shop.brandId, 'REFUNDED', orderNo, { occurredAt, refund }));
  await shop.world.ingest(shop.brandId, events, new Date(NOW));
}

/** The rows of every table, and where its sequences stand. */
async function everything(): Promise<Json> {
  const { database } = shop.alliance;
  const tables = await database.rows(sql<{ name: string }>`
    select relname as name from pg_class where relkind in ('r', 'p')
      and not relispartition and relnamespace = 'public'::regnamespace order by 1`);
  const counts: Json = {};
  for (const { name } of tables) {
    const [row] = await database.rows(sql<{ hash: string; rows: bigint }>`
      select count(*) as rows, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${sql.table(name)} t`);
    counts[name] = [row?.rows, row?.hash];
  }
  return counts;
}

describe('a preview', () => {
  it('of a plan for one tells who wins now and then, and why the others lose', async () => {
    const { preview: seen, userErrors } = await preview({ create: targeted() });
    expect(userErrors).toEqual([]);
    expect([seen.takesEffectAt, seen.creatorCount]).toEqual([NOW, 1]);
    expect(seen.creators).toEqual([
      {
        creator: { id: one.id },
        product: { id: toGlobalId('Product', product.id) },
        keepsUntil: null,
        termsNow: { winner: { kind: 'OPEN', commissionRate: 2000 } },
        termsThen: {
          winner: { kind: 'TARGETED', commissionRate: 3000 },
          losers: [{ because: 'OUTRANKED', offer: { kind: 'OPEN', commissionRate: 2000 } }],
        },
      },
    ]);
  });

  it('of a cut tells until when each keeps the older rate, from midnight on', async () => {
    await shop.lockFor(7);
    const { preview: seen } = await preview({ change: { planId: openId, commissionRate: 1200 } });
    expect([seen.takesEffectAt, seen.creatorCount]).toEqual([MIDNIGHT, 2]);
    const kept = seen.creators.map(({ creator, keepsUntil, termsThen }: Json) => [
      creator.id,
      keepsUntil,
      termsThen.winner.commissionRate,
    ]);
    const ids = [one.localId, other.localId].sort().map((id) => toGlobalId('Creator', id));
    expect(kept).toEqual(ids.map((id) => [id, A_WEEK_ON, 2000]));
  });

  it('of an end tells that nothing would apply any more', async () => {
    const { preview: seen } = await preview({ closePlanId: openId });
    expect(seen.takesEffectAt).toBe(MIDNIGHT);
    expect(seen.creators.map(({ termsThen }: Json) => termsThen.winner)).toEqual([null, null]);
  });

  it("reckons the last 30 days' orders with each creator's rate, rounding each line down", async () => {
    await sell(one, `A-${product.code}`, '2026-06-10T00:00:00Z');
    await sell(one, `B-${product.code}`, '2026-06-11T00:00:00Z', 3333n);
    await sell(other, `C-${product.code}`, '2026-05-17T02:00:01Z');
    await sell(other, `D-${product.code}`, '2026-05-17T01:59:59Z');
    const raised = await preview({ change: { planId: openId, commissionRate: 2555 } });
    // 2000 of 10000, 6667 and 10000; then 2555 of the same, floor(1703.4185) in the middle. D is older than 30 days.
    expect(raised.preview.cost).toEqual({
      lines: '3',
      base: { minorUnits: '26667', currencyCode: 'CNY' },
      actualCommission: { minorUnits: '5333' },
      commissionUnderPlan: { minorUnits: '6813' },
      isComplete: true,
    });
    const forOne = await preview({ create: targeted() });
    expect(forOne.preview.cost).toMatchObject({
      lines: '2',
      actualCommission: { minorUnits: '3333' },
      commissionUnderPlan: { minorUnits: '5000' },
    });
  });

  it('of a SHOP_TARGETED plan goes through all that the creators show of the brand', async () => {
    const second = await shop.product();
    const third = await shop.promoter(product, second);
    await shop.create('OPEN', second, { commissionRate: 2500 });
    const create = targeted({
      kind: 'SHOP_TARGETED',
      productId: null,
      creatorIds: [third.id],
      commissionRate: 2200,
    });
    const { preview: seen } = await preview({ create });
    const rates = seen.creators.map(({ product: { id }, termsNow, termsThen }: Json) => [
      id,
      termsNow.winner.commissionRate,
      termsThen.winner.commissionRate,
    ]);
    const expected = [
      [toGlobalId('Product', product.id), 2000, 2200],
      [toGlobalId('Product', second.id), 2500, 2200],
    ];
    expect(rates.sort()).toEqual(expected.sort());
  });

  it('of what cannot be gives the list of what stands in the way, as the mutation would', async () => {
    const planId = await shop.create('TARGETED', product, { creatorIds: [one.id, other.id] });
    const { preview: seen, userErrors } = await preview({ create: targeted() });
    expect(seen).toBeNull();
    expect(userErrors).toEqual([
      {
        __typename: 'PlanConflict',
        message: expect.any(String),
        path: ['input'],
        rule: 'ONE_PLAN_PER_CREATOR',
        conflicts: [{ rule: 'ONE_PLAN_PER_CREATOR', planId, creatorId: one.id, from: NOW, until: null }],
      },
    ]);
    shop.clock.set('2026-06-16T15:55:00Z');
    const guarded = await preview({ change: { planId: openId, commissionRate: 1200 } });
    expect(guarded.userErrors.map(({ state }: Json) => state)).toEqual(['GUARD_WINDOW']);
  });

  it('takes one step, of a brand of one’s own', async () => {
    for (const input of [{}, { create: targeted(), closePlanId: openId }]) {
      const { userErrors } = await preview(input);
      expect(userErrors.map(({ __typename }: Json) => __typename)).toEqual(['InvalidInput']);
    }
    const stranger = await shop.alliance.memberOf(await shop.world.brand());
    const viewer = await shop.alliance.memberOf(shop.brandId, 'BRAND', 'VIEWER');
    for (const caller of [stranger, viewer, one.caller]) {
      for (const input of [{ create: targeted() }, { closePlanId: openId }, { change: { planId: openId } }]) {
        const { userErrors } = await preview(input, caller);
        expect(userErrors.map(({ __typename }: Json) => __typename)).toEqual(['NotFoundError']);
      }
    }
    const { errors } = await shop.alliance.withHeader().query(PREVIEW, { input: {} });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('leaves nothing behind, also for an operator, whether it is refused or not', async () => {
    await shop.lockFor(7);
    const before = await everything();
    for (const caller of [shop.brand, shop.operator]) {
      expect((await preview({ create: targeted() }, caller)).userErrors).toEqual([]);
      expect((await preview({ closePlanId: openId }, caller)).userErrors).toEqual([]);
      const change = { planId: openId, commissionRate: 1000, title: 'Other' };
      expect((await preview({ change }, caller)).userErrors).toEqual([]);
      expect(
        (await preview({ create: targeted({ kind: 'OPEN', creatorIds: [] }) }, caller)).preview,
      ).toBeNull();
    }
    expect(await everything()).toEqual(before);
  });

  it('is what then happens', async () => {
    await shop.lockFor(7);
    const create = targeted();
    const { preview: seen } = await preview({ create });
    const done = await act(shop.brand, 'planCreate', create);
    expect(done.refused).toEqual([]);
    const { kind, commissionRate } = seen.creators[0].termsThen.winner;
    expect(await one.terms()).toEqual([kind, commissionRate, null]);
  });
});
