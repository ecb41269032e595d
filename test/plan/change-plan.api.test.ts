import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import type { MadeProduct } from '../kit/world.ts';
import { openShop, type Promoter, type Shop } from './shop.ts';

const NOW = '2026-06-16T02:00:00.000Z';
const MIDNIGHT = '2026-06-16T16:00:00.000Z';
const TOMORROW = '2026-06-17T02:00:00.000Z';
const LATER = '2026-07-01T02:00:00.000Z';

let shop: Shop;
let product: MadeProduct;
let one: Promoter;
let two: Promoter;
let openId: string;

beforeAll(async () => {
  shop = await openShop(NOW);
});
beforeEach(async () => {
  shop.clock.set(NOW);
  await shop.lockFor(0);
  product = await shop.product();
  [one, two] = [await shop.promoter(product), await shop.promoter(product)];
  openId = await shop.create('OPEN', product);
});
afterAll(() => shop.alliance.close());

const named = (more: object = {}) =>
  shop.create('TARGETED', product, { commissionRate: 3000, creatorIds: [one.id, two.id], ...more });
const read = (planId: string) => shop.read(planId);

describe('rates', () => {
  it('that rise somewhere and fall elsewhere are a cut as a whole', async () => {
    const tiers = [{ afterLines: 10, commissionRate: 4000 }];
    const planId = await named({ tiers, boostCommissionRate: 3500 });
    for (const change of [
      { commissionRate: 3100, boostCommissionRate: 3400 },
      { commissionRate: 3100, tiers: [] },
      { commissionRate: 3100, tiers: [{ afterLines: 11, commissionRate: 9000 }] },
      { commissionRate: 3100, boostCommissionRate: null },
    ]) {
      const { result } = await shop.change(planId, change);
      expect([change, result.scheduledTerms.validFrom, result.commissionRate]).toEqual([
        change,
        MIDNIGHT,
        3000,
      ]);
    }
    const raised = await shop.change(planId, {
      tiers: [
        { afterLines: 5, commissionRate: 3900 },
        { afterLines: 10, commissionRate: 4000 },
      ],
    });
    expect(raised.result).toMatchObject({
      scheduledTerms: null,
      terms: { commissionRate: 3000, boostCommissionRate: 3500, validFrom: NOW },
    });
  });

  it('that are left out stay as they are in force now, and the same again changes nothing', async () => {
    const planId = await named({ boostCommissionRate: 3500 });
    const { result } = await shop.change(planId, { commissionRate: 3200 });
    expect(result.terms).toMatchObject({ version: 2, commissionRate: 3200, boostCommissionRate: 3500 });
    const same = await shop.change(planId, { commissionRate: 3200 });
    expect(same.result.versions.nodes).toHaveLength(2);
    expect(await shop.told(planId, [one, two])).toEqual([
      ['PLAN_OPENED', NOW, null, 3000, 2, true],
      ['PLAN_CHANGED', NOW, 3000, 3200, 2, true],
    ]);
  });

  it.each([
    ['nothing', {}, ['input']],
    ['a commission of 0', { commissionRate: 0 }, ['input', 'commissionRate']],
    ['a boosted commission of 9001', { boostCommissionRate: 9001 }, ['input', 'boostCommissionRate']],
    [
      'a tier from no line on',
      { tiers: [{ afterLines: 0, commissionRate: 4000 }] },
      ['input', 'tiers', '0', 'afterLines'],
    ],
    [
      'a tier after fewer lines than none',
      { tiers: [{ afterLines: -1, commissionRate: 4000 }] },
      ['input', 'tiers', '0', 'afterLines'],
    ],
    [
      'a tier below the commission',
      { tiers: [{ afterLines: 1, commissionRate: 2000 }] },
      ['input', 'tiers', '0', 'commissionRate'],
    ],
    [
      'a tier above 9000',
      { tiers: [{ afterLines: 1, commissionRate: 9001 }] },
      ['input', 'tiers', '0', 'commissionRate'],
    ],
    [
      'tiers whose counts fall',
      {
        tiers: [
          { afterLines: 9, commissionRate: 2500 },
          { afterLines: 8, commissionRate: 2600 },
        ],
      },
      ['input', 'tiers', '1', 'afterLines'],
    ],
    [
      'tiers whose rates stay',
      {
        tiers: [
          { afterLines: 8, commissionRate: 2500 },
          { afterLines: 9, commissionRate: 2500 },
        ],
      },
      ['input', 'tiers', '1', 'commissionRate'],
    ],
    [
      'eleven tiers',
      { tiers: Array.from({ length: 11 }, (_, i) => ({ afterLines: i + 1, commissionRate: 3000 + i })) },
      ['input', 'tiers'],
    ],
    ['an empty title', { title: ' ' }, ['input', 'title']],
  ])('cannot be changed to %s', async (_what, change, path) => {
    const { userErrors } = await shop.change(openId, change);
    expect(userErrors.map(({ __typename, path: at }) => [__typename, at])).toEqual([['InvalidInput', path]]);
    expect((await read(openId)).versions.nodes).toHaveLength(1);
  });
});

describe('the end', () => {
  it('comes later at once, and sooner from the next midnight on, with a lock', async () => {
    await shop.lockFor(7);
    const planId = await named({ closesAt: TOMORROW });
    expect((await shop.change(planId, { closesAt: LATER })).result.closesAt).toBe(LATER);
    const early = await shop.change(planId, { closesAt: '2026-06-16T15:59:59.999Z' });
    expect(early.userErrors.map(({ path }) => path)).toEqual([['input', 'closesAt']]);
    const { result } = await shop.change(planId, { closesAt: TOMORROW });
    expect([result.closesAt, result.terms.validTo]).toEqual([TOMORROW, TOMORROW]);
    shop.clock.set(TOMORROW);
    expect(await one.terms()).toEqual(['TARGETED', 3000, '2026-06-23T16:00:00.000Z']);
  });

  it('that was announced leaves no lock, nor one that was put off again', async () => {
    await shop.lockFor(7);
    const planId = await named({ closesAt: TOMORROW });
    await act(shop.brand, 'planClose', { planId });
    expect(said(await shop.change(planId, { closesAt: TOMORROW }))).toBe('DONE');
    shop.clock.set(TOMORROW);
    expect(await one.terms()).toEqual(['OPEN', 2000, null]);
  });

  it('can be taken away', async () => {
    const planId = await named({ closesAt: TOMORROW });
    expect((await shop.change(planId, { closesAt: null })).result).toMatchObject({
      closesAt: null,
      terms: { validTo: null },
    });
  });

  it('does not come back for those who were let go', async () => {
    const planId = await named();
    await shop.change(planId, { removeCreatorIds: [one.id] });
    await act(shop.brand, 'planClose', { planId });
    await shop.change(planId, { closesAt: null });
    shop.clock.set(TOMORROW);
    expect([await one.terms(), await two.terms()]).toEqual([
      ['OPEN', 2000, null],
      ['TARGETED', 3000, null],
    ]);
  });

  it('cannot be moved into another plan', async () => {
    const planId = await named({ closesAt: TOMORROW });
    await named({ opensAt: TOMORROW });
    expect(said(await shop.change(planId, { closesAt: LATER }))).toBe('PlanConflict');
  });

  it('takes a cut back that would come at the same time, and leaves the rate until then to be kept', async () => {
    await shop.lockFor(7);
    const planId = await named();
    await shop.change(planId, { commissionRate: 2500 });
    await act(shop.brand, 'planClose', { planId });
    expect((await read(planId)).versions.nodes.map(({ superseded }: Json) => superseded)).toEqual([
      true,
      false,
    ]);
    const cut = await shop.change(planId, { commissionRate: 2600 });
    expect(cut.userErrors.map(({ state }) => state)).toEqual(['CLOSING']);
    const raise = await shop.change(planId, { commissionRate: 3300 });
    expect(raise.result.terms.validTo).toBe(MIDNIGHT);
    shop.clock.set(MIDNIGHT);
    expect(await one.terms()).toEqual(['TARGETED', 3300, '2026-06-23T16:00:00.000Z']);
  });
});

describe('a plan that is not open yet', () => {
  it('is changed and dropped at once, whatever the hour', async () => {
    await shop.lockFor(7);
    const planId = await named({ opensAt: TOMORROW });
    expect(await read(planId)).toMatchObject({
      commissionRate: null,
      terms: null,
      scheduledTerms: { version: 1 },
    });
    shop.clock.set(new Date(Date.parse(MIDNIGHT) - 1));
    const { result } = await shop.change(planId, { commissionRate: 2400, removeCreatorIds: [two.id] });
    expect([result.scheduledTerms.commissionRate, result.scheduledTerms.validFrom]).toEqual([2400, TOMORROW]);
    expect(result.creators.nodes).toEqual([{ id: one.id }]);
    const closed = await act(shop.brand, 'planClose', { planId }, 'closesAt scheduledTerms { version }');
    expect(closed.result).toEqual({ closesAt: TOMORROW, scheduledTerms: null });
    expect((await act(shop.brand, 'planClose', { planId })).userErrors[0].state).toBe('CLOSED');
    shop.clock.set(TOMORROW);
    expect(await one.terms()).toEqual(['OPEN', 2000, null]);
  });

  it('opens within a year, and TARGETED only where an OPEN one will be', async () => {
    await expect(named({ opensAt: '2026-06-16T01:59:59Z' })).rejects.toThrow(/within a year/);
    await expect(named({ opensAt: '2027-08-16T02:00:00Z' })).rejects.toThrow(/within a year/);
    await act(shop.brand, 'planClose', { planId: openId });
    await expect(named({ opensAt: MIDNIGHT })).rejects.toThrow(/OPEN plan/);
    expect(await named({ opensAt: '2026-06-16T15:59:59.999Z' })).toMatch(/^Plan_/);
  });
});

describe('who may', () => {
  it('is the brand: to others there is no such plan', async () => {
    const viewer = await shop.alliance.memberOf(shop.brandId, 'BRAND', 'VIEWER');
    const stranger = await shop.alliance.memberOf(await shop.world.brand());
    for (const caller of [viewer, stranger, one.caller]) {
      expect(said(await act(caller, 'planChange', { planId: openId, commissionRate: 2100 }))).toBe(
        'NotFoundError',
      );
    }
    expect(said(await act(shop.operator, 'planChange', { planId: openId, commissionRate: 2100 }))).toBe(
      'DONE',
    );
  });

  it('asks again with the same key and gets the same answer, once', async () => {
    const input = { planId: openId, commissionRate: 2100, idempotencyKey: 'raise-it-once' };
    await act(shop.brand, 'planChange', input);
    await shop.change(openId, { commissionRate: 2200 });
    const again = await act(shop.brand, 'planChange', input, 'commissionRate versions { nodes { version } }');
    expect(again.result).toEqual({
      commissionRate: 2200,
      versions: { nodes: [3, 2, 1].map((version) => ({ version })) },
    });
    expect(said(await act(shop.brand, 'planChange', { ...input, commissionRate: 2300 }))).toBe(
      'IdempotencyKeyReused',
    );
  });

  it('finds a plan that is over closed', async () => {
    const planId = await named({ closesAt: TOMORROW });
    shop.clock.set(TOMORROW);
    const { userErrors } = await shop.change(planId, { title: 'Late' });
    expect(userErrors.map(({ state }) => state)).toEqual(['CLOSED']);
  });
});
