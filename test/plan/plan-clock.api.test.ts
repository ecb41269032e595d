import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refreshDuePool, tallySettledLines } from '../../src/features/plan/index.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { MadeProduct } from '../kit/world.ts';
import { openShop, type Promoter, type Shop } from './shop.ts';

/** A day of the clock: a moment in it, and its midnight, with the end of a lock of three days. */
interface Day {
  readonly name: string;
  readonly timeZone: string;
  readonly noon: string;
  readonly midnight: string;
  readonly threeDaysOn: string;
}

const DAYS: readonly Day[] = [
  {
    name: 'Asia/Shanghai, whose clocks never change',
    timeZone: 'Asia/Shanghai',
    noon: '2026-06-16T04:00:00.000Z',
    midnight: '2026-06-16T16:00:00.000Z',
    threeDaysOn: '2026-06-19T16:00:00.000Z',
  },
  {
    name: 'Europe/Berlin, on the day of 23 hours',
    timeZone: 'Europe/Berlin',
    noon: '2026-03-29T10:00:00.000Z',
    midnight: '2026-03-29T22:00:00.000Z',
    threeDaysOn: '2026-04-01T22:00:00.000Z',
  },
  {
    name: 'Europe/Berlin, before the day of 25 hours',
    timeZone: 'Europe/Berlin',
    noon: '2026-10-24T10:00:00.000Z',
    midnight: '2026-10-24T22:00:00.000Z',
    threeDaysOn: '2026-10-27T23:00:00.000Z',
  },
];

describe.each(DAYS)('in $name', ({ timeZone, noon, midnight, threeDaysOn }) => {
  let shop: Shop;
  let product: MadeProduct;
  let creator: Promoter;
  let planId: string;

  const set = (at: string, ms = 0) => shop.clock.set(new Date(Date.parse(at) + ms));
  const rate = async () => (await creator.terms())?.[1] ?? null;
  const around = async (at: string) => {
    set(at, -1);
    const before = await creator.terms();
    set(at);
    return [before, await creator.terms()];
  };

  beforeAll(async () => {
    shop = await openShop(noon, timeZone);
  });
  beforeEach(async () => {
    set(noon);
    await shop.lockFor(0);
    product = await shop.product();
    creator = await shop.promoter(product);
    planId = await shop.create('OPEN', product);
  });
  afterAll(() => shop.alliance.close());

  it('a raise holds from the millisecond at which it is made', async () => {
    set(noon, 5000);
    const { result } = await shop.change(planId, { commissionRate: 2500 });
    expect(result.terms).toEqual({
      version: 2,
      commissionRate: 2500,
      boostCommissionRate: null,
      tiers: [],
      validFrom: new Date(Date.parse(noon) + 5000).toISOString(),
      validTo: null,
    });
    expect(await rate()).toBe(2500);
    set(noon, 4999);
    expect(await rate()).toBe(2000);
  });

  it('a cut holds from midnight, and not a millisecond before it', async () => {
    const { result } = await shop.change(planId, { commissionRate: 1500 });
    expect(result.scheduledTerms).toEqual({
      version: 2,
      commissionRate: 1500,
      validFrom: midnight,
      validTo: null,
    });
    expect(await around(midnight)).toEqual([
      ['OPEN', 2000, null],
      ['OPEN', 1500, null],
    ]);
  });

  it('a cut is taken until 23:49:59.999 and refused from 23:50 to midnight, and so is an end', async () => {
    set(midnight, -600_001);
    expect(said(await shop.change(planId, { commissionRate: 1900 }))).toBe('DONE');
    for (const ms of [-600_000, -1]) {
      set(midnight, ms);
      const { userErrors } = await shop.change(planId, { commissionRate: 1800 });
      expect(userErrors.map(({ state }) => state)).toEqual(['GUARD_WINDOW']);
      const close = await act(shop.brand, 'planClose', { planId });
      expect(close.userErrors.map(({ state }) => state)).toEqual(['GUARD_WINDOW']);
    }
    expect(await rate()).toBe(2000);
    // A raise is always welcome, also to what is in force: it takes the cut back.
    set(midnight, -1);
    expect(said(await shop.change(planId, { commissionRate: 2100 }))).toBe('DONE');
    set(midnight);
    expect(await rate()).toBe(2100);
    expect(said(await shop.change(planId, { commissionRate: 1800 }))).toBe('DONE');
  });

  it('a cut that is changed again before midnight never comes into force', async () => {
    await shop.lockFor(3);
    await shop.change(planId, { commissionRate: 1000 });
    const { result } = await shop.change(planId, { commissionRate: 1500 });
    expect(result.versions.nodes).toEqual([
      { version: 3, commissionRate: 1500, superseded: false },
      { version: 2, commissionRate: 1000, superseded: true },
      { version: 1, commissionRate: 2000, superseded: false },
    ]);
    await shop.change(planId, { commissionRate: 2000 });
    const locks = `{ node(id: "${planId}") { ... on Plan { scheduledTerms { version } rateLocks { nodes { keptRate } } } } }`;
    expect((await shop.brand.query(locks)).data.node).toEqual({
      scheduledTerms: null,
      rateLocks: { nodes: [] },
    });
    expect(await around(midnight)).toEqual([
      ['OPEN', 2000, null],
      ['OPEN', 2000, null],
    ]);
  });

  it('a lock keeps the older rate for so many local days, for those who promoted before', async () => {
    await shop.lockFor(3);
    await shop.change(planId, { commissionRate: 1500 });
    set(midnight);
    const late = await shop.promoter();
    const picked = await act(
      late.caller,
      'showcaseAdd',
      {
        creatorId: late.id,
        productId: toGlobalId('Product', product.id),
      },
      'terms { winner { commissionRate } }',
    );
    expect(picked.result.terms.winner.commissionRate).toBe(1500);
    expect(await creator.terms()).toEqual(['OPEN', 2000, threeDaysOn]);
    expect(await around(threeDaysOn)).toEqual([
      ['OPEN', 2000, threeDaysOn],
      ['OPEN', 1500, null],
    ]);
  });

  it('a lock is given up by taking the product out of the showcase, and does not come back', async () => {
    await shop.lockFor(3);
    await shop.change(planId, { commissionRate: 1500 });
    set(midnight, 1000);
    const [showcaseItemId = ''] = creator.items;
    await act(creator.caller, 'showcaseRemove', { showcaseItemId });
    const again = await act(
      creator.caller,
      'showcaseAdd',
      {
        creatorId: creator.id,
        productId: toGlobalId('Product', product.id),
      },
      'terms { winner { commissionRate lockedUntil } }',
    );
    expect(again.result.terms.winner).toEqual({ commissionRate: 1500, lockedUntil: null });
  });

  it('an end comes at midnight; who promotes the product keeps the rate for the days', async () => {
    await shop.lockFor(3);
    await act(shop.brand, 'planClose', { planId });
    expect(await around(midnight)).toEqual([
      ['OPEN', 2000, null],
      ['OPEN', 2000, threeDaysOn],
    ]);
    expect(await around(threeDaysOn)).toEqual([['OPEN', 2000, threeDaysOn], null]);
  });

  it('a tier is reached at the moment when the lines are settled', async () => {
    const tiers = [
      { afterLines: 2, commissionRate: 2200 },
      { afterLines: 5, commissionRate: 2600 },
    ];
    expect(said(await shop.change(planId, { tiers }))).toBe('DONE');
    const local = fromGlobalId(planId)?.id ?? '';
    const settle = (lines: number, ms: number) =>
      shop.world.tx((tx) =>
        tallySettledLines(
          tx,
          [{ planId: local, creatorId: creator.localId, lines }],
          new Date(Date.parse(noon) + ms),
        ),
      );
    await settle(1, 1000);
    await settle(1, 2000);
    await settle(3, 3000);
    const rates = [];
    for (const ms of [0, 1999, 2000, 2999, 3000]) {
      set(noon, ms);
      rates.push(await rate());
    }
    expect(rates).toEqual([2000, 2000, 2200, 2200, 2600]);
  });

  it('the pool shows a raise at once, and a cut and an end when they come', async () => {
    const { database } = shop.alliance;
    const pool = `{ productPool(filter: { brandId: "${toGlobalId('Brand', shop.brandId)}", minCommissionRate: 2400 }, first: 100) {
      nodes { id } } }`;
    const isAbove = async () => {
      await refreshDuePool(database, shop.clock.now());
      const { data } = await creator.caller.query(pool);
      return data.productPool.nodes.some(
        ({ id }: { id: string }) => id === toGlobalId('Product', product.id),
      );
    };
    const seen = [await isAbove()];
    await shop.change(planId, { commissionRate: 2500 });
    seen.push(await isAbove());
    await shop.change(planId, { commissionRate: 2300 });
    set(midnight, -1);
    seen.push(await isAbove());
    set(midnight);
    seen.push(await isAbove());
    expect(seen).toEqual([false, true, true, false]);
  });
});
