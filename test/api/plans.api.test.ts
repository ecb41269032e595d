import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { World } from '../kit/world.ts';
import { act, said } from './act.ts';

const clock = new TestClock('2026-06-16T02:00:00Z');
let alliance: TestAlliance;
let world: World;
let brandId: string;
let brand: Caller;
let creatorIds: string[];
let productId: string;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  brandId = await world.brand();
  brand = await alliance.memberOf(brandId);
  creatorIds = [await world.creator(), await world.creator()].map((id) => toGlobalId('Creator', id));
});

beforeEach(async () => {
  productId = toGlobalId('Product', (await world.product({ brandId })).id);
});

afterAll(() => alliance.close());

const plan = (kind: string, named: readonly string[] = [], more: object = {}) => ({
  brandId: toGlobalId('Brand', brandId),
  productId,
  kind,
  title: 'Plan',
  commissionRate: 2000,
  creatorIds: named,
  ...more,
});

const create = (input: object, caller = brand) =>
  act(caller, 'planCreate', input, 'id kind commissionRate closesAt product { title } brand { name }');

describe('plans that cannot hold together', () => {
  const conflict = async (input: object) => {
    const { userErrors, result } = await create(input);
    return [result, ...userErrors.map(({ __typename, rule }: Record<string, string>) => [__typename, rule])];
  };

  it('two OPEN plans on a product', async () => {
    expect(said(await create(plan('OPEN')))).toBe('DONE');
    expect(await conflict(plan('OPEN'))).toEqual([null, ['PlanConflict', 'ONE_OPEN_PLAN']]);
  });

  it('an OPEN and an EXCLUSIVE plan, in either order', async () => {
    expect(said(await create(plan('OPEN')))).toBe('DONE');
    expect(await conflict(plan('EXCLUSIVE', creatorIds))).toEqual([
      null,
      ['PlanConflict', 'OPEN_OR_EXCLUSIVE'],
    ]);
    productId = toGlobalId('Product', (await world.product({ brandId })).id);
    expect(said(await create(plan('EXCLUSIVE', creatorIds)))).toBe('DONE');
    expect(await conflict(plan('OPEN'))).toEqual([null, ['PlanConflict', 'OPEN_OR_EXCLUSIVE']]);
  });

  it('two TARGETED plans that name the same creator, but not others', async () => {
    const [one = '', other = ''] = creatorIds;
    await create(plan('OPEN'));
    expect(said(await create(plan('TARGETED', [one])))).toBe('DONE');
    expect(await conflict(plan('TARGETED', [other, one]))).toEqual([
      null,
      ['PlanConflict', 'ONE_PLAN_PER_CREATOR'],
    ]);
    expect(said(await create(plan('TARGETED', [other])))).toBe('DONE');
  });

  it('two SHOP_TARGETED plans of a brand that name the same creator', async () => {
    const shop = plan('SHOP_TARGETED', [creatorIds[0] ?? ''], { productId: null });
    expect(said(await create(shop))).toBe('DONE');
    expect(await conflict(shop)).toEqual([null, ['PlanConflict', 'ONE_SHOP_PLAN_PER_CREATOR']]);
  });

  it('a TARGETED plan without an OPEN one', async () => {
    expect(said(await create(plan('TARGETED', creatorIds)))).toBe('OpenPlanMissing');
  });

  it('of twenty OPEN plans made at once, one', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => create(plan('OPEN'))));
    const counts = Object.groupBy(outcomes.map(said), (text) => text);
    expect([counts.DONE?.length, counts.PlanConflict?.length]).toEqual([1, 19]);
  });
});

describe('a plan that cannot be', () => {
  it.each([
    ['a commission of 0', () => plan('OPEN', [], { commissionRate: 0 }), 'InvalidInput'],
    ['a commission of 9001', () => plan('OPEN', [], { commissionRate: 9001 }), 'InvalidInput'],
    ['a commission of 10001', () => plan('OPEN', [], { commissionRate: 10_001 }), 'BAD_USER_INPUT'],
    ['a commission of a fraction', () => plan('OPEN', [], { commissionRate: 0.5 }), 'BAD_USER_INPUT'],
    ['EXCLUSIVE that names nobody', () => plan('EXCLUSIVE'), 'InvalidInput'],
    ['OPEN that names somebody', () => plan('OPEN', creatorIds), 'InvalidInput'],
    ['naming one twice', () => plan('EXCLUSIVE', [creatorIds[0] ?? '', creatorIds[0] ?? '']), 'InvalidInput'],
    ['naming a brand', () => plan('EXCLUSIVE', [toGlobalId('Brand', brandId)]), 'NotFoundError'],
    ['no product', () => plan('OPEN', [], { productId: null }), 'InvalidInput'],
    ['an end in the past', () => plan('OPEN', [], { closesAt: '2020-01-01T00:00:00Z' }), 'InvalidInput'],
    ['an end that is no time', () => plan('OPEN', [], { closesAt: 'soon' }), 'BAD_USER_INPUT'],
    ['an empty title', () => plan('OPEN', [], { title: '' }), 'InvalidInput'],
  ])('%s', async (_what, input, answer) => expect(said(await create(input()))).toBe(answer));

  it.each([1, 9000])('but a commission of %d can be', async (commissionRate) => {
    const { result } = await create(plan('OPEN', [], { commissionRate }));
    expect(result.commissionRate).toBe(commissionRate);
  });

  it('for a brand or a product of somebody else', async () => {
    const foreign = await world.product();
    const stranger = await alliance.memberOf(foreign.brandId);
    expect(said(await create(plan('OPEN'), stranger))).toBe('NotFoundError');
    const theirs = { productId: toGlobalId('Product', foreign.id) };
    expect(said(await create(plan('OPEN', [], theirs)))).toBe('NotFoundError');
    const operator = await alliance.memberOf(alliance.id);
    const nowhere = { brandId: 'Brand_x' };
    expect(
      said(await create(plan('SHOP_TARGETED', creatorIds, { productId: null, ...nowhere }), operator)),
    ).toBe('NotFoundError');
  });
});

it('is in force in the very answer that tells of it', async () => {
  const fields = 'id commissionRate product { openPlan { id commissionRate } }';
  const { result } = await act(brand, 'planCreate', plan('OPEN'), fields);
  expect(result.product.openPlan).toEqual({ id: result.id, commissionRate: 2000 });
  const change = { planId: result.id, commissionRate: 2500 };
  const changed = await act(
    brand,
    'planChange',
    change,
    'commissionRate product { openPlan { commissionRate } }',
  );
  expect(changed.result).toEqual({ commissionRate: 2500, product: { openPlan: { commissionRate: 2500 } } });
});

describe('planClose', () => {
  it('ends a plan at the next midnight and only once, and makes room for another from then on', async () => {
    const { result } = await create(plan('OPEN'));
    const closed = await act(brand, 'planClose', { planId: result.id }, 'commissionRate closesAt');
    expect(closed.result).toEqual({ commissionRate: 2000, closesAt: '2026-06-16T16:00:00.000Z' });
    const again = await act(brand, 'planClose', { planId: result.id });
    expect([again.refused, again.userErrors[0].state]).toEqual([['StateConflict'], 'CLOSING']);
    expect(said(await create(plan('OPEN')))).toBe('PlanConflict');
    expect(said(await create(plan('OPEN', [], { opensAt: '2026-06-16T16:00:00.000Z' })))).toBe('DONE');
    const late = await alliance.memberOf(brandId);
    clock.set('2026-06-16T16:00:00Z');
    const over = await act(late, 'planClose', { planId: result.id });
    expect([over.refused, over.userErrors[0].state]).toEqual([['StateConflict'], 'CLOSED']);
    clock.set('2026-06-16T02:00:00Z');
  });

  it('is for the brand, and for plans', async () => {
    const { result } = await create(plan('OPEN'));
    const stranger = await alliance.memberOf(await world.brand());
    expect(said(await act(stranger, 'planClose', { planId: result.id }))).toBe('NotFoundError');
    expect(said(await act(brand, 'planClose', { planId: productId }))).toBe('NotFoundError');
    expect(said(await act(brand, 'planClose', { planId: '' }))).toBe('NotFoundError');
  });
});
