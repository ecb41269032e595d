import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import type { MadeProduct } from '../kit/world.ts';
import { openShop, type Promoter, type Shop } from './shop.ts';

const NOW = '2026-06-16T02:00:00.000Z';
const MIDNIGHT = '2026-06-16T16:00:00.000Z';
const LATER = '2026-07-01T02:00:00.000Z';

let shop: Shop;
let product: MadeProduct;
let one: Promoter;
let two: Promoter;
let three: Promoter;
let openId: string;

beforeAll(async () => {
  shop = await openShop(NOW);
});
beforeEach(async () => {
  shop.clock.set(NOW);
  await shop.lockFor(0);
  product = await shop.product();
  [one, two, three] = [await shop.promoter(product), await shop.promoter(product), await shop.promoter()];
  openId = await shop.create('OPEN', product);
});
afterAll(() => shop.alliance.close());

const named = (more: object = {}) =>
  shop.create('TARGETED', product, { commissionRate: 3000, creatorIds: [one.id, two.id], ...more });
const read = (planId: string) => shop.read(planId);

describe('creators', () => {
  it('are named at once and let go at midnight, each told of it', async () => {
    const planId = await named();
    const { result } = await shop.change(planId, { addCreatorIds: [three.id], removeCreatorIds: [one.id] });
    expect(result.creators.nodes.map(({ id }: Json) => id).sort()).toEqual([one.id, two.id, three.id].sort());
    shop.clock.set(new Date(Date.parse(MIDNIGHT) - 1));
    expect(await one.terms()).toEqual(['TARGETED', 3000, null]);
    shop.clock.set(MIDNIGHT);
    expect(await one.terms()).toEqual(['OPEN', 2000, null]);
    expect((await read(planId)).creators.nodes.map(({ id }: Json) => id).sort()).toEqual(
      [two.id, three.id].sort(),
    );
    expect(await shop.told(planId, [one, two, three])).toEqual([
      ['PLAN_OPENED', NOW, null, 3000, 2, true],
      ['PLAN_OPENED', NOW, null, 3000, 1, true],
      ['PLAN_CLOSED', MIDNIGHT, 3000, null, 1, true],
    ]);
    const node = await one.caller.query('query ($id: ID!) { node(id: $id) { id } }', { id: planId });
    expect(node.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('keep a lock when they are let go, and not when they are named again before midnight', async () => {
    await shop.lockFor(7);
    const planId = await named();
    await shop.change(planId, { removeCreatorIds: [one.id] });
    shop.clock.set('2026-06-16T03:00:00Z');
    expect(said(await shop.change(planId, { addCreatorIds: [one.id] }))).toBe('DONE');
    shop.clock.set(MIDNIGHT);
    expect(await one.terms()).toEqual(['TARGETED', 3000, null]);
    await shop.change(planId, { removeCreatorIds: [one.id] });
    shop.clock.set('2026-06-17T16:00:00Z');
    expect(await one.terms()).toEqual(['TARGETED', 3000, '2026-06-24T16:00:00.000Z']);
    shop.clock.set('2026-06-24T16:00:00Z');
    expect(await one.terms()).toEqual(['OPEN', 2000, null]);
    expect(await two.terms()).toEqual(['TARGETED', 3000, null]);
  });

  it('let go at the midnight at which the rate is cut keep the rate from before the cut', async () => {
    await shop.lockFor(7);
    const planId = await named();
    await shop.change(planId, { removeCreatorIds: [one.id] });
    await shop.change(planId, { commissionRate: 2500 });
    shop.clock.set(MIDNIGHT);
    const lock = '2026-06-23T16:00:00.000Z';
    expect([await one.terms(), await two.terms()]).toEqual([
      ['TARGETED', 3000, lock],
      ['TARGETED', 3000, lock],
    ]);
    await shop.change(planId, { commissionRate: 3500 });
    expect([await one.terms(), await two.terms()]).toEqual([
      ['TARGETED', 3000, lock],
      ['TARGETED', 3500, null],
    ]);
  });

  it.each([
    ['one who is named already', () => ({ addCreatorIds: [one.id] }), 'InvalidInput'],
    ['one twice', () => ({ addCreatorIds: [three.id, three.id] }), 'InvalidInput'],
    [
      'one in both lists',
      () => ({ addCreatorIds: [three.id], removeCreatorIds: [three.id] }),
      'InvalidInput',
    ],
    ['all to go', () => ({ removeCreatorIds: [one.id, two.id] }), 'InvalidInput'],
    ['one who is not named to go', () => ({ removeCreatorIds: [three.id] }), 'NotFoundError'],
    ['one who does not exist', () => ({ addCreatorIds: [toGlobalId('Creator', newId())] }), 'NotFoundError'],
    ['a brand', () => ({ addCreatorIds: [toGlobalId('Brand', shop.brandId)] }), 'NotFoundError'],
  ])('cannot be %s', async (_what, change, answer) => {
    const planId = await named();
    expect(said(await shop.change(planId, change()))).toBe(answer);
  });

  it('cannot be named by an OPEN plan', async () => {
    expect(said(await shop.change(openId, { addCreatorIds: [one.id] }))).toBe('InvalidInput');
  });

  it('whom the brand has blocked cannot be named, at the beginning or later', async () => {
    const { database } = shop.alliance;
    await database.rows(sql`
      insert into party_block (id, blocker_id, blocked_id, reason, blocked_at, takes_effect_at, running_until)
      values (${newId()}, ${shop.brandId}, ${three.localId}, 'False claims', ${NOW}, ${MIDNIGHT}, ${MIDNIGHT})`);
    const planId = await named();
    expect(said(await shop.change(planId, { addCreatorIds: [three.id] }))).toBe('Blocked');
    await expect(named({ creatorIds: [three.id] })).rejects.toThrow(/block/);
    await database.rows(sql`update party_block set lifted_at = ${NOW}`);
    expect(said(await shop.change(planId, { addCreatorIds: [three.id] }))).toBe('DONE');
  });

  it('whom another plan names are listed with that plan and the time', async () => {
    const planId = await named({ creatorIds: [one.id] });
    const other = await named({ creatorIds: [two.id, three.id], closesAt: LATER });
    const fields =
      'userErrors { ... on PlanConflict { rule conflicts { rule planId creatorId from until } } }';
    const { data } = await shop.brand.query<Json>(
      `mutation ($input: PlanChangeInput!) { planChange(input: $input) { ${fields} } }`,
      { input: { planId, addCreatorIds: [two.id, three.id], idempotencyKey: 'a-conflict-of-two' } },
    );
    const conflict = { rule: 'ONE_PLAN_PER_CREATOR', planId: other, from: NOW, until: LATER };
    const [{ conflicts, rule }] = data.planChange.userErrors;
    expect([rule, conflicts]).toEqual([
      'ONE_PLAN_PER_CREATOR',
      [two, three]
        .map(({ localId }) => localId)
        .sort()
        .map((id) => ({ ...conflict, creatorId: toGlobalId('Creator', id) })),
    ]);
  });
});
