import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import type { MadeProduct } from '../kit/world.ts';
import { openShop, type Promoter, type Shop } from './shop.ts';

const NOW = '2026-06-16T02:00:00.000Z';
const MIDNIGHT = '2026-06-16T16:00:00.000Z';
const A_WEEK_ON = '2026-06-23T16:00:00.000Z';

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
  await shop.lockFor(7);
  // Locks are listed for the whole brand: those of the test before are not to be among them.
  await shop.alliance.database.rows(sql`delete from rate_lock`);
  product = await shop.product();
  [one, two] = [await shop.promoter(product), await shop.promoter(product)];
  openId = await shop.create('OPEN', product);
});
afterAll(() => shop.alliance.close());

const FIELDS =
  'kind offerId keptRate currentRate applies lockedFrom lockedUntil creator { id } product { id }';

const locksOf = async (caller: Caller, id: string, args = ''): Promise<Json> => {
  const type = id.slice(0, id.indexOf('_'));
  const { data } = await caller.query<Json>(
    `query ($id: ID!) { node(id: $id) { ... on ${type} { rateLocks${args} { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } } } }`,
    { id },
  );
  return data.node.rateLocks;
};

const lock = (creator: Promoter, more: object = {}) => ({
  kind: 'OPEN',
  offerId: openId,
  keptRate: 2000,
  currentRate: 1500,
  applies: true,
  lockedFrom: MIDNIGHT,
  lockedUntil: A_WEEK_ON,
  creator: { id: creator.id },
  product: { id: toGlobalId('Product', product.id) },
  ...more,
});

describe('rate locks', () => {
  it('are told to the creator and to the brand as soon as the cut is made, until they run out', async () => {
    await shop.change(openId, { commissionRate: 1500 });
    const brandId = toGlobalId('Brand', shop.brandId);
    const all = [one, two].sort((a, b) => (a.localId < b.localId ? -1 : 1)).map((creator) => lock(creator));
    for (const at of [NOW, MIDNIGHT, new Date(Date.parse(A_WEEK_ON) - 1)]) {
      shop.clock.set(at);
      expect((await locksOf(one.caller, one.id)).nodes).toEqual([lock(one)]);
      expect((await locksOf(shop.brand, brandId)).nodes).toEqual(all);
      expect((await locksOf(shop.brand, openId)).nodes).toEqual(all);
    }
    shop.clock.set(A_WEEK_ON);
    expect((await locksOf(shop.brand, brandId)).nodes).toEqual([]);
    expect((await locksOf(one.caller, one.id)).nodes).toEqual([]);
  });

  it('are not told of where the alliance gives no days, the rate is higher again, or the product is out', async () => {
    await shop.lockFor(0);
    await shop.change(openId, { commissionRate: 1900 });
    shop.clock.set(MIDNIGHT);
    expect((await locksOf(shop.brand, openId)).nodes).toEqual([]);
    await shop.lockFor(7);
    await shop.change(openId, { commissionRate: 1500 });
    const again = {
      keptRate: 1900,
      lockedFrom: '2026-06-17T16:00:00.000Z',
      lockedUntil: '2026-06-24T16:00:00.000Z',
    };
    expect((await locksOf(one.caller, one.id)).nodes).toEqual([lock(one, again)]);
    shop.clock.set('2026-06-18T02:00:00Z');
    const [showcaseItemId = ''] = one.items;
    await act(one.caller, 'showcaseRemove', { showcaseItemId });
    expect((await locksOf(one.caller, one.id)).nodes).toEqual([]);
    expect((await locksOf(shop.brand, openId)).nodes).toEqual([lock(two, again)]);
    await shop.change(openId, { commissionRate: 1900 });
    expect((await locksOf(shop.brand, openId)).nodes).toEqual([]);
  });

  it('of a plan that ended say what the creator would have without', async () => {
    const planId = await shop.create('TARGETED', product, { commissionRate: 3000, creatorIds: [one.id] });
    await act(shop.brand, 'planClose', { planId });
    const kept = { kind: 'TARGETED', offerId: planId, keptRate: 3000, currentRate: 2000 };
    expect((await locksOf(one.caller, one.id)).nodes).toEqual([lock(one, kept)]);
    expect((await locksOf(two.caller, two.id)).nodes).toEqual([]);
    expect((await locksOf(shop.brand, planId)).nodes).toEqual([lock(one, kept)]);
    await act(shop.brand, 'planClose', { planId: openId });
    shop.clock.set(MIDNIGHT);
    expect((await locksOf(two.caller, two.id)).nodes).toEqual([lock(two, { currentRate: null })]);
  });

  it('that a higher offer makes idle do not apply', async () => {
    await shop.change(openId, { commissionRate: 1500 });
    shop.clock.set(MIDNIGHT);
    await shop.create('TARGETED', product, { commissionRate: 2600, creatorIds: [one.id] });
    expect((await locksOf(one.caller, one.id)).nodes).toEqual([
      lock(one, { currentRate: 2600, applies: false }),
    ]);
  });

  it('of a SHOP_TARGETED plan stand on each product that a named creator shows', async () => {
    const second = await shop.product();
    const third = await shop.promoter(product, second);
    const planId = await shop.create('SHOP_TARGETED', null, { commissionRate: 2700, creatorIds: [third.id] });
    await act(shop.brand, 'planClose', { planId });
    const kept = (of: MadeProduct, currentRate: number | null) =>
      lock(third, {
        kind: 'SHOP_TARGETED',
        offerId: planId,
        keptRate: 2700,
        currentRate,
        product: { id: toGlobalId('Product', of.id) },
      });
    const expected =
      product.id < second.id
        ? [kept(product, 2000), kept(second, null)]
        : [kept(second, null), kept(product, 2000)];
    expect((await locksOf(third.caller, third.id)).nodes).toEqual(expected);
    expect((await locksOf(shop.brand, planId)).nodes).toEqual(expected);
  });

  it('come page by page, each once, the same from either side', async () => {
    const second = await shop.product();
    const others = [];
    for (let i = 0; i < 7; i++) others.push(await shop.promoter(product, second));
    const secondId = await shop.create('OPEN', second, { commissionRate: 2400 });
    const shopId = await shop.create('SHOP_TARGETED', null, {
      commissionRate: 4000,
      creatorIds: others.map(({ id }) => id),
    });
    await shop.change(openId, { commissionRate: 1500 });
    await shop.change(secondId, { commissionRate: 1100 });
    await shop.change(shopId, { removeCreatorIds: others.slice(0, 3).map(({ id }) => id) });
    shop.clock.set('2026-06-18T02:00:00Z');
    await act(shop.brand, 'planClose', { planId: shopId });
    const key = ({ offerId, creator, product: { id }, lockedUntil }: Json) =>
      [lockedUntil, offerId, creator.id, id].join(' ');
    const brandId = toGlobalId('Brand', shop.brandId);
    const { nodes: all, pageInfo } = await locksOf(shop.brand, brandId, '(first: 100)');
    // Nine show the first product, seven both; three were let go of the shop's plan and four stayed until its end.
    expect([all.length, pageInfo.hasNextPage]).toEqual([9 + 7 + 2 * 3 + 2 * 4, false]);
    expect(new Set(all.map(key)).size).toBe(all.length);
    const paged: Json[] = [];
    let after = '';
    for (let more = true; more; ) {
      const page = await locksOf(shop.brand, brandId, `(first: 4${after && `, after: "${after}"`})`);
      paged.push(...page.nodes);
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(paged).toEqual(all);
    const own: Json[] = [];
    for (const creator of [one, two, ...others])
      own.push(...(await locksOf(creator.caller, creator.id)).nodes);
    expect(own.map(key).sort()).toEqual(all.map(key).sort());
  });

  it('are read by a page with a cursor of another list not at all', async () => {
    await shop.change(openId, { commissionRate: 1500 });
    const { pageInfo } = await locksOf(shop.brand, openId);
    const { errors } = await shop.brand.query(
      `{ brand(id: "${toGlobalId('Brand', shop.brandId)}") { rateLocks(after: "${pageInfo.endCursor}") { nodes { keptRate } } } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
