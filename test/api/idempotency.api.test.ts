import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { act, said } from './act.ts';

let alliance: TestAlliance;
let world: World;
let brandId: string;
let brand: Caller;
let creatorId: string;
let creator: Caller;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  brandId = await world.brand();
  brand = await alliance.memberOf(brandId);
  creatorId = await world.creator();
  creator = await alliance.memberOf(creatorId);
});

afterAll(() => alliance.close());

interface Case {
  readonly caller: Caller;
  readonly input: Json;
  readonly fields: string;
  /** The same call with something else in it. */
  readonly changed: Json;
  /** How many rows there are when it took effect once. */
  readonly effects: () => Promise<number>;
}

const countOf = async (query: ReturnType<typeof sql<{ n: bigint }>>): Promise<number> =>
  Number((await alliance.database.rows(query))[0]?.n);

const CASES: Record<string, () => Promise<Case>> = {
  productCreate: async () => {
    const skus = [{ code: 'idem', optionName: 'x', priceMinor: '100', stock: '1' }];
    const categoryId = toGlobalId('Category', await world.leafCategory());
    const input = { brandId: toGlobalId('Brand', brandId), categoryId, title: '货', description: '', skus };
    const effects = () =>
      countOf(sql<{ n: bigint }>`select count(*) n from product where brand_id = ${brandId}`);
    return { caller: brand, input, fields: 'id title state', changed: { title: '别的' }, effects };
  },
  planCreate: async () => {
    const product = await world.product();
    const caller = await alliance.memberOf(product.brandId);
    const ids = {
      brandId: toGlobalId('Brand', product.brandId),
      productId: toGlobalId('Product', product.id),
    };
    const input = { ...ids, kind: 'OPEN', title: 'Plan', commissionRate: 2000 };
    const effects = () =>
      countOf(sql<{ n: bigint }>`select count(*) n from plan where product_id = ${product.id}`);
    return { caller, input, fields: 'id commissionRate opensAt', changed: { commissionRate: 2001 }, effects };
  },
  promotionLinkCreate: async () => {
    const product = await world.product();
    await world.plan(product);
    const ids = { creatorId: toGlobalId('Creator', creatorId), productId: toGlobalId('Product', product.id) };
    const { id: enrolment } = await world.enrolment(product, await world.agency());
    const effects = () =>
      countOf(sql<{ n: bigint }>`select count(*) n from promotion_link where product_id = ${product.id}`);
    const changed = { enrolmentId: toGlobalId('Enrolment', enrolment) };
    return { caller: creator, input: ids, fields: 'id code createdAt', changed, effects };
  },
  liveSessionStart: async () => {
    const input = { creatorId: toGlobalId('Creator', creatorId), title: 'Live' };
    const effects = () =>
      countOf(sql<{ n: bigint }>`select count(*) n from live_session where creator_id = ${creatorId}`);
    return { caller: creator, input, fields: 'id title startedAt', changed: { title: 'Other' }, effects };
  },
};

it.each(Object.keys(CASES))('%s takes effect once, however often it is sent at once', async (name) => {
  const { caller, input, fields, changed, effects } = await (CASES[name] as () => Promise<Case>)();
  const keyed = { ...input, idempotencyKey: `same-${name}` };
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => act(caller, name, keyed, fields)));
  expect(outcomes.map(said)).toEqual(Array.from({ length: 5 }, () => 'DONE'));
  expect(new Set(outcomes.map(({ result }) => JSON.stringify(result))).size).toBe(1);
  expect(await effects()).toBe(1);
  const other = await act(caller, name, { ...keyed, ...changed }, fields);
  expect([other.result, other.refused, other.userErrors[0].path]).toEqual([
    null,
    ['IdempotencyKeyReused'],
    ['input', 'idempotencyKey'],
  ]);
  expect(await effects()).toBe(1);
});

it('goes on when more calls come at once than there are connections', async () => {
  const product = await world.product();
  const owner = await alliance.memberOf(product.brandId);
  const productId = toGlobalId('Product', product.id);
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, () => act(owner, 'productSuspend', { productId })),
  );
  const counts = Object.groupBy(outcomes.map(said), (text) => text);
  expect([counts.DONE?.length, counts.StateConflict?.length]).toEqual([1, 39]);
}, 20_000);

it('keeps nothing of a call that was refused: the key may be used again', async () => {
  const input = { creatorId: toGlobalId('Creator', creatorId), idempotencyKey: 'used-for-a-refusal' };
  expect(said(await act(creator, 'liveSessionStart', { ...input, title: '' }))).toBe('InvalidInput');
  expect(said(await act(creator, 'liveSessionStart', { ...input, title: 'Live' }))).toBe('DONE');
});

it('is each caller’s own, and each mutation’s', async () => {
  const idempotencyKey = 'a-key-for-everybody';
  const otherId = await world.creator();
  const other = await alliance.memberOf(otherId);
  const start = (id: string) => ({ creatorId: toGlobalId('Creator', id), title: 'Live', idempotencyKey });
  const one = await act(creator, 'liveSessionStart', start(creatorId), 'id');
  const two = await act(other, 'liveSessionStart', start(otherId), 'id');
  expect([said(one), said(two), one.result.id === two.result.id]).toEqual(['DONE', 'DONE', false]);
  const end = { liveSessionId: one.result.id, idempotencyKey };
  expect(said(await act(creator, 'liveSessionEnd', end))).toBe('DONE');
});

it('is each person’s own before the alliance knows them, and stays so afterwards', async () => {
  const newcomer = async (subject: string) =>
    alliance.withHeader(`Bearer ${(await alliance.issuer.issue(subject, subject)).token}`);
  const input = { name: '新牌', city: '杭州', about: '', kind: 'BRAND', idempotencyKey: 'my-first-brand' };
  const [one, two] = [await newcomer('new-1'), await newcomer('new-2')];
  const first = await act(one, 'brandRegister', input, 'id');
  const second = await act(two, 'brandRegister', input, 'id');
  const again = await act(one, 'brandRegister', input, 'id');
  expect([said(first), said(second), again.result]).toEqual(['DONE', 'DONE', first.result]);
  expect(second.result).not.toEqual(first.result);
});

it.each(['', 'short', 'with space in it', '短的也不行短的也不行', 'x'.repeat(101), 'null\u0000character'])(
  'refuses the key %#',
  async (idempotencyKey) => {
    const input = { creatorId: toGlobalId('Creator', creatorId), title: 'Live', idempotencyKey };
    const { refused, userErrors } = await act(creator, 'liveSessionStart', input);
    expect([refused, userErrors[0].path]).toEqual([['InvalidInput'], ['input', 'idempotencyKey']]);
  },
);
