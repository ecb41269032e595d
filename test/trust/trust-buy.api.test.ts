import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCategories } from '../../src/features/product/index.ts';
import { keepTrust } from '../../src/features/trust/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

let alliance: TestAlliance;
let world: World;
let operator: Caller;
const clock = new TestClock('2026-06-20T00:00:00.000Z');

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
});
afterAll(() => alliance.close());

/** A brand with so many lines received, of which so many were returned, and with its figures counted. */
async function brandWith(received: number, returned = 0) {
  const product = await world.product();
  await world.plan(product);
  const { brandId } = product;
  const creator = await world.creator();
  const linkCode = await world.link(creator, product);
  const events = Array.from({ length: received }, (_, i) => [
    event(brandId, 'PLACED', `B${i}`, {
      placed: placed(product.code, { linkCode, buyerRef: `buyer-${i % 3}` }),
    }),
    ...(['PAID', 'RECEIVED'] as const).map((kind) => event(brandId, kind, `B${i}`)),
    ...(i < returned
      ? [event(brandId, 'REFUNDED', `B${i}`, { refund: { amountMinor: 10_000n, quantity: 1 } })]
      : []),
  ]).flat();
  if (events.length > 0) await world.ingest(brandId, events, clock.now());
  await keepTrust(alliance.database, clock.now());
  return {
    product,
    brandId,
    creator,
    id: toGlobalId('Brand', brandId),
    caller: await alliance.memberOf(brandId),
  };
}

const SHOWN = `trust { trustBuy since } shopScore { score orderLines windowDays }
  trustBuyMembership { state appliedAt memberFrom endedAt reason rules { rule needed actual holds } }`;
const join = ({ caller, id }: { caller: Caller; id: string }) =>
  act(caller, 'brandTrustBuyJoin', { brandId: id }, SHOWN);
const change = (input: object) => act(operator, 'trustPolicyChange', input, 'version admissionLines');
const set = (caller: Caller, { id }: MadeProduct, protections: readonly string[]) =>
  act(
    caller,
    'productProtectionsSet',
    { productId: toGlobalId('Product', id), protections },
    'trust { protections }',
  );

describe('a brand', () => {
  it('that meets the rules is a member at once', async () => {
    const brand = await brandWith(20);
    const { result } = await join(brand);
    expect(result).toEqual({
      trust: { trustBuy: true, since: '2026-06-20T00:00:00.000Z' },
      shopScore: { score: 100, orderLines: 20, windowDays: 90 },
      trustBuyMembership: {
        state: 'MEMBER',
        appliedAt: '2026-06-20T00:00:00.000Z',
        memberFrom: '2026-06-20T00:00:00.000Z',
        endedAt: null,
        reason: null,
        rules: [
          { rule: 'SHOP_SCORE', needed: 80, actual: 100, holds: true },
          { rule: 'LINES_RECEIVED', needed: 20, actual: 20, holds: true },
          { rule: 'NOT_RESTRICTED', needed: 1, actual: 1, holds: true },
          { rule: 'WAITED_AFTER_EXPULSION', needed: 30, actual: 30, holds: true },
        ],
      },
    });
    expect((await join(brand)).userErrors).toMatchObject([
      { __typename: 'StateConflict', state: 'MEMBER', path: ['input', 'brandId'] },
    ]);
  });

  it('that does not waits, is told what it lacks, and is admitted by night once it has it', async () => {
    const brand = await brandWith(19);
    const { result } = await join(brand);
    expect(result.trustBuyMembership.state).toBe('APPLIED');
    expect(result.trustBuyMembership.rules.filter(({ holds }: Json) => !holds)).toEqual([
      { rule: 'LINES_RECEIVED', needed: 20, actual: 19, holds: false },
    ]);
    const { product, brandId } = brand;
    await world.ingest(
      brandId,
      [
        event(brandId, 'PLACED', 'LAST', { placed: placed(product.code) }),
        event(brandId, 'PAID', 'LAST'),
        event(brandId, 'RECEIVED', 'LAST'),
      ],
      clock.now(),
    );
    await keepTrust(alliance.database, clock.now());
    const { data } = await brand.caller.query(`{ viewer { brand { ${SHOWN} } } }`);
    expect(data.viewer.brand.trustBuyMembership.state).toBe('MEMBER');
    const told = await alliance.database.rows(sql<{ kind: string }>`
      select kind from outbox_event where subject_id = ${brandId} and kind like 'TRUST_BUY%' order by xid, id`);
    expect(told.map(({ kind }) => kind)).toEqual(['TRUST_BUY_APPLIED', 'TRUST_BUY_JOINED']);
  });

  it('that falls below what it must keep up is expelled by night, waits, and may apply again', async () => {
    const brand = await brandWith(20);
    await join(brand);
    await world.ingest(
      brand.brandId,
      Array.from({ length: 20 }, (_, i) =>
        event(brand.brandId, 'REFUNDED', `B${i}`, { refund: { amountMinor: 10_000n, quantity: 1 } }),
      ),
      clock.now(),
    );
    await keepTrust(alliance.database, clock.now());
    // All returned costs 30 points: 70 is below admission and above expulsion.
    const state = async () =>
      (await brand.caller.query(`{ viewer { brand { ${SHOWN} } } }`)).data.viewer.brand;
    expect(await state()).toMatchObject({
      shopScore: { score: 70 },
      trustBuyMembership: { state: 'MEMBER' },
    });
    await change({ expulsionScore: 71 });
    await keepTrust(alliance.database, clock.now());
    expect(await state()).toMatchObject({
      trust: { trustBuy: false },
      trustBuyMembership: { state: 'EXPELLED', reason: expect.stringContaining('score') },
    });
    await change({ expulsionScore: 60, admissionScore: 70 });
    expect((await join(brand)).result.trustBuyMembership).toMatchObject({ state: 'APPLIED' });
    clock.advance(30 * 86_400_000);
    await keepTrust(alliance.database, clock.now());
    expect((await state()).trustBuyMembership).toMatchObject({ state: 'MEMBER' });
    clock.advance(-30 * 86_400_000);
    await change({ admissionScore: 80 });
  });

  it('leaves, or is expelled by an operator with a reason; nobody else does either', async () => {
    const [one, other] = [await brandWith(20), await brandWith(20)];
    await join(one);
    await join(other);
    const leave = (caller: Caller, id: string) => act(caller, 'brandTrustBuyLeave', { brandId: id }, SHOWN);
    const expel = (caller: Caller, id: string, reason: string) =>
      act(caller, 'brandTrustBuyExpel', { brandId: id, reason }, SHOWN);
    expect(said(await leave(other.caller, one.id))).toBe('NotFoundError');
    expect(said(await expel(other.caller, one.id, 'x'))).toBe('FORBIDDEN');
    expect(said(await expel(operator, one.id, ' '))).toBe('InvalidInput');
    expect((await leave(one.caller, one.id)).result.trustBuyMembership.state).toBe('LEFT');
    expect((await leave(one.caller, one.id)).userErrors).toMatchObject([{ state: 'NONE' }]);
    expect((await expel(operator, other.id, 'Fakes')).result.trustBuyMembership).toMatchObject({
      state: 'EXPELLED',
      reason: 'Fakes',
    });
    expect((await join(one)).result.trustBuyMembership.state).toBe('MEMBER');
    const stranger = await alliance.memberOf(await world.brand());
    const { errors } = await stranger.query(
      'query ($id: ID!) { brand(id: $id) { trustBuyMembership { state } } }',
      { id: one.id },
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('joins once, however many call at once', async () => {
    const brand = await brandWith(20);
    const answers = await Promise.all([join(brand), join(brand), join(brand)]);
    expect(answers.map(said).sort()).toEqual(['DONE', 'StateConflict', 'StateConflict']);
  });
});

describe('protections', () => {
  it('are for members, for each product once, and in their own categories alone', async () => {
    const outside = await brandWith(0);
    expect((await set(outside.caller, outside.product, ['RETURN_FREIGHT'])).userErrors).toMatchObject([
      { __typename: 'StateConflict', state: 'NONE' },
    ]);
    const brand = await brandWith(20);
    await join(brand);
    const on = (protections: readonly string[]) => set(brand.caller, brand.product, protections);
    expect((await on(['RETURN_FREIGHT', 'RETURN_FREIGHT'])).refused).toEqual(['InvalidInput']);
    const wrong = await on(['AUTHENTICATED', 'WARRANTY_180_DAYS']);
    expect(wrong.refused).toEqual(['InvalidInput', 'InvalidInput']);
    expect(said(await set(outside.caller, brand.product, ['RETURN_FREIGHT']))).toBe('NotFoundError');
    expect((await on(['TENFOLD_IF_FAKE', 'RETURN_FREIGHT'])).result).toEqual({
      trust: { protections: ['RETURN_FREIGHT', 'TENFOLD_IF_FAKE'] },
    });
    expect((await on(['RETURN_FREIGHT', 'TENFOLD_IF_FAKE'])).refused).toEqual(['InvalidInput']);
    expect((await on([])).result).toEqual({ trust: { protections: [] } });
  });

  it('AUTHENTICATED is for jewellery and jade, WARRANTY_180_DAYS for second-hand phones', async () => {
    const tree = [
      {
        slug: 'jewellery',
        nameZh: '珠宝玉石',
        nameEn: 'Jewellery',
        children: [
          {
            slug: 'jade',
            nameZh: '玉石',
            nameEn: 'Jade',
            children: [{ slug: 'bangles', nameZh: '手镯', nameEn: 'Bangles' }],
          },
        ],
      },
      {
        slug: 'second-hand',
        nameZh: '二手',
        nameEn: 'Second-hand',
        children: [
          {
            slug: 'used-digital',
            nameZh: '二手数码',
            nameEn: 'Used electronics',
            children: [{ slug: 'used-phones', nameZh: '二手手机', nameEn: 'Used phones' }],
          },
        ],
      },
    ];
    const ids = await world.tx((tx) => enterCategories(tx, tree));
    const global = (slug: string) => toGlobalId('Category', ids.get(slug) ?? '');
    expect((await change({ authenticatedCategoryIds: ['Category_none'] })).userErrors).toMatchObject([
      { __typename: 'NotFoundError', path: ['input', 'authenticatedCategoryIds'] },
    ]);
    await change({
      authenticatedCategoryIds: [global('jewellery')],
      warrantyCategoryIds: [global('used-phones')],
    });
    const brand = await brandWith(20);
    await join(brand);
    const { brandId } = brand;
    const bangle = await world.product({ brandId, categoryId: ids.get('bangles') });
    const phone = await world.product({ brandId, categoryId: ids.get('used-phones') });
    expect(said(await set(brand.caller, bangle, ['AUTHENTICATED']))).toBe('DONE');
    expect(said(await set(brand.caller, bangle, ['AUTHENTICATED', 'WARRANTY_180_DAYS']))).toBe(
      'InvalidInput',
    );
    expect(said(await set(brand.caller, phone, ['WARRANTY_180_DAYS']))).toBe('DONE');
    expect(said(await set(brand.caller, phone, ['AUTHENTICATED']))).toBe('InvalidInput');
  });

  it('narrow the pool, and stand in it also after a product has come back', async () => {
    const [brand, outside] = [await brandWith(20), await brandWith(0)];
    await join(brand);
    await set(brand.caller, brand.product, ['RETURN_FREIGHT', 'TENFOLD_IF_FAKE']);
    const ids = [brand, outside].map(({ product }) => toGlobalId('Product', product.id));
    const found = async (filter: object): Promise<Json> => {
      const { data } = await operator.query(
        `query ($filter: PoolFilterInput) { productPool(first: 100, filter: $filter) {
          nodes { id trust { trustBuy protections } } } }`,
        { filter },
      );
      return data.productPool.nodes.filter(({ id }: Json) => ids.includes(id));
    };
    const there = {
      id: ids[0],
      trust: { trustBuy: true, protections: ['RETURN_FREIGHT', 'TENFOLD_IF_FAKE'] },
    };
    const other = { id: ids[1], trust: { trustBuy: false, protections: [] } };
    expect(await found({ trustBuy: true })).toEqual([there]);
    expect(await found({ trustBuy: false })).toEqual([other]);
    expect(await found({ protections: ['TENFOLD_IF_FAKE', 'RETURN_FREIGHT'] })).toEqual([there]);
    expect(await found({ protections: ['TENFOLD_IF_FAKE', 'AUTHENTICATED'] })).toEqual([]);
    expect(await found({ protections: [] })).toHaveLength(2);
    for (const name of ['productSuspend', 'productResume'])
      expect(said(await act(operator, name, { productId: ids[0] }))).toBe('DONE');
    expect(await found({ trustBuy: true, protections: ['TENFOLD_IF_FAKE'] })).toEqual([there]);
    await act(brand.caller, 'brandTrustBuyLeave', { brandId: brand.id });
    expect(await found({ trustBuy: true })).toEqual([]);
    expect(await found({ protections: ['TENFOLD_IF_FAKE'] })).toEqual([]);
  });
});

describe('the rules of Trust Buy', () => {
  it('are versions that an operator adds to, and lines keep the one they were placed under', async () => {
    const before = await operator.query('{ trustPolicy { version refundDays validTo } }');
    const { version, refundDays } = before.data.trustPolicy;
    const brand = await brandWith(20);
    await join(brand);
    await set(brand.caller, brand.product, ['REFUND_WITHOUT_RETURN']);
    clock.advance(60_000);
    const place = async (orderNo: string) => {
      const at = { occurredAt: clock.now() };
      const detail = { placed: placed(brand.product.code), ...at };
      await world.ingest(brand.brandId, [event(brand.brandId, 'PLACED', orderNo, detail)], clock.now());
    };
    await place('OLD');
    clock.advance(60_000);
    expect((await change({ refundDays: refundDays + 3 })).result).toMatchObject({ version: version + 1 });
    await place('NEW');
    const { data } = await brand.caller.query(
      '{ viewer { brand { orderLines(first: 2) { nodes { orderNo protections { kind days claimableUntil } } } } } }',
    );
    expect(data.viewer.brand.orderLines.nodes).toEqual([
      {
        orderNo: 'NEW',
        protections: [{ kind: 'REFUND_WITHOUT_RETURN', days: refundDays + 3, claimableUntil: null }],
      },
      {
        orderNo: 'OLD',
        protections: [{ kind: 'REFUND_WITHOUT_RETURN', days: refundDays, claimableUntil: null }],
      },
    ]);
    const versions = await brand.caller.query(
      '{ trustPolicies(first: 2) { nodes { version refundDays validTo } } }',
    );
    expect(versions.data.trustPolicies.nodes).toEqual([
      { version: version + 1, refundDays: refundDays + 3, validTo: null },
      { version, refundDays, validTo: clock.now().toISOString() },
    ]);
  });

  it.each([
    ['nothing that changes', {}, ['input']],
    ['a score above 100', { admissionScore: 101 }, ['input', 'admissionScore']],
    ['an expulsion above the admission', { expulsionScore: 99 }, ['input', 'expulsionScore']],
    ['a window of no days', { scoreWindowDays: 0 }, ['input', 'scoreWindowDays']],
    ['no freight', { freightCapMinor: '0' }, ['input', 'freightCapMinor']],
    ['a card for nothing', { cardOrders: 0 }, ['input', 'cardOrders']],
  ])('refuse %s', async (_what, input, path) => {
    const { userErrors } = await change(input);
    expect(userErrors).toMatchObject([{ __typename: 'InvalidInput', path }]);
  });

  it('are changed by operators alone', async () => {
    const caller = await alliance.memberOf(await world.brand());
    expect(said(await act(caller, 'trustPolicyChange', { refundDays: 9 }))).toBe('FORBIDDEN');
  });
});
