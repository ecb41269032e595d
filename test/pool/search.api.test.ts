import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePlan, refreshDuePool } from '../../src/features/plan/index.ts';
import { enterCategories } from '../../src/features/product/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, World } from '../kit/world.ts';

let alliance: TestAlliance;
let world: World;
let creator: Caller;
let categories: Map<string, string>;
let teaBrandId: string;

const TREE = [
  {
    slug: 'food',
    nameZh: '食品',
    nameEn: 'Food',
    children: [
      {
        slug: 'drinks',
        nameZh: '冲饮',
        nameEn: 'Drinks',
        children: [
          { slug: 'tea', nameZh: '茗茶', nameEn: 'Leaves' },
          { slug: 'coffee', nameZh: '咖啡', nameEn: 'Coffee' },
        ],
      },
    ],
  },
  {
    slug: 'home',
    nameZh: '家居',
    nameEn: 'Household',
    children: [
      {
        slug: 'kitchen',
        nameZh: '厨具',
        nameEn: 'Kitchen',
        children: [{ slug: 'cups', nameZh: '杯壶', nameEn: 'Drinkware' }],
      },
    ],
  },
];

/** Title, category, price in fen, commission in basis points, shop. */
const GOODS = [
  ['云南古树普洱茶饼七子', 'tea', 19_900n, 3000, undefined],
  ['Jasmine tea 茉莉花茶礼盒装', 'tea', 9_900n, 2500, 'TAOBAO'],
  ['Arabica beans 精选冷萃', 'coffee', 6_900n, 2000, 'JD'],
  ['Stainless steel thermos 316不锈钢保温杯500ml', 'cups', 12_900n, 1500, undefined],
  ['手工紫砂壶', 'cups', 88_000n, 4000, undefined],
] as const;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  categories = await world.tx((tx) => enterCategories(tx, TREE));
  teaBrandId = await world.brand('山野茶社');
  const otherBrandId = await world.brand('Kettle & Co');
  for (const [title, category, priceMinor, commissionBp, source] of GOODS) {
    const categoryId = categories.get(category);
    const brandId = category === 'tea' ? teaBrandId : otherBrandId;
    const product = await world.product({ title, categoryId, priceMinor, source, brandId });
    await world.plan(product, { commissionBp });
  }
  creator = await alliance.memberOf(await world.creator());
});

afterAll(() => alliance.close());

const POOL = `query ($filter: PoolFilterInput, $orderBy: PoolOrder! = RECOMMENDED, $first: Int, $after: String) {
  productPool(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    nodes { id title } pageInfo { hasNextPage endCursor } } }`;

/** The places in GOODS of what is found, in their own order. */
async function found(filter: object): Promise<number[]> {
  const { data, errors } = await creator.query(POOL, { filter, first: 100 });
  expect(errors).toBeUndefined();
  const titles = data.productPool.nodes.map(({ title }: Json) => title);
  return GOODS.map(([title], i) => (titles.includes(title) ? i : -1)).filter((i) => i >= 0);
}

describe('search words', () => {
  it.each([
    ['two characters inside a longer run', '普洱', [0]],
    ['two characters across what a dictionary cuts', '树普', [0]],
    ['two characters at the end of a run', '温杯', [3]],
    ['two characters that are not neighbours', '云洱', []],
    ['an English word as written', 'thermos', [3]],
    ['an English word in another case', 'THERMOS', [3]],
    ['an English word with two letters swapped', 'thremos', [3]],
    ['an English word with a letter missing', 'termos', [3]],
    ['an English word with a wrong letter', 'thermis', [3]],
    ['an English word with a letter too many', 'jassmine', [1]],
    ['two words with a slip in each', 'stianless thermoss', [3]],
    ['Chinese and English mixed', '茉莉 jasmine', [1]],
    ['Chinese and English mixed, with a slip', 'jasmin礼盒', [1]],
    ['words of two products', '普洱 thermos', []],
    ['a name of the brand', '山野', [0, 1]],
    ['a name of the category', '冲饮', [0, 1, 2]],
    ['a number with its unit', '500 ml', [3]],
    ['something that nobody sells', 'zzzzqq', []],
    ['no words at all', '…!🎉', []],
  ])('finds by %s', async (_what, search, expected) => expect(await found({ search })).toEqual(expected));

  it.each(["' | 'a'", '普洱 & !茶', 'a\\b:*', '%_', '"; drop table product', '\u0000茶', '茶\ud800'])(
    'takes %j for words and nothing else',
    async (search) => {
      const { status, data, errors } = await creator.query(POOL, { filter: { search } });
      const code = errors?.[0]?.extensions.code;
      expect([status, code ?? 'FOUND', Array.isArray(data?.productPool.nodes)]).toEqual(
        code === undefined ? [200, 'FOUND', true] : [400, 'BAD_USER_INPUT', false],
      );
    },
  );

  it('reads no more of ten thousand characters than it must', async () => {
    const { status, statements } = await creator.query(POOL, { filter: { search: '普洱'.repeat(5000) } });
    expect([status, statements.length]).toEqual([200, 1]);
  });
});

describe('filters', () => {
  it.each([
    ['a category of the first level', () => ({ categoryId: category('food') }), [0, 1, 2]],
    ['a category of the second level', () => ({ categoryId: category('kitchen') }), [3, 4]],
    ['a category of the third level', () => ({ categoryId: category('tea') }), [0, 1]],
    ['the lowest price', () => ({ minPriceMinor: '12900' }), [0, 3, 4]],
    ['both prices', () => ({ minPriceMinor: '9900', maxPriceMinor: '19900' }), [0, 1, 3]],
    ['the lowest commission', () => ({ minCommissionRate: 2500 }), [0, 1, 4]],
    ['the own shop', () => ({ source: 'OWN_SHOP' }), [0, 3, 4]],
    ['an outside shop', () => ({ source: 'JD' }), [2]],
    ['a brand', () => ({ brandId: toGlobalId('Brand', teaBrandId) }), [0, 1]],
    ['sales', () => ({ minSales: '1' }), []],
    ['several together', () => ({ search: '礼盒', categoryId: category('food'), source: 'TAOBAO' }), [1]],
  ] as const)('by %s', async (_what, filter, expected) => expect(await found(filter())).toEqual(expected));

  const category = (slug: string) => toGlobalId('Category', categories.get(slug) as string);

  it('does not find a category or brand that is none, and takes no amount that no column holds', async () => {
    const codeOf = async (filter: object) =>
      (await creator.query(POOL, { filter })).errors?.map(({ extensions }) => extensions.code);
    expect(await codeOf({ categoryId: toGlobalId('Brand', teaBrandId) })).toEqual(['NOT_FOUND']);
    expect(await codeOf({ brandId: 'Brand_x' })).toEqual(['NOT_FOUND']);
    expect(await codeOf({ minPriceMinor: '9'.repeat(30) })).toEqual(['BAD_USER_INPUT']);
    expect(await codeOf({ minPriceMinor: 1.5 })).toEqual(['BAD_USER_INPUT']);
    expect(await codeOf({ minCommissionRate: 10_001 })).toEqual(['BAD_USER_INPUT']);
  });
});

describe('who stands in the pool', () => {
  const MOVE = (name: string) =>
    `mutation ($input: ProductMoveInput!) { ${name}(input: $input) { product { state } userErrors { ... on UserError { message } } } }`;
  const isIn = async (title: string) =>
    (await creator.query(POOL, { filter: { search: title } })).data.productPool.nodes.length === 1;

  it('leaves it at the moment it is suspended or delisted, and comes back when it is resumed', async () => {
    const product = await world.product({ title: '雪梨膏', categoryId: categories.get('coffee') });
    await world.plan(product);
    const brand = await alliance.memberOf(product.brandId);
    const move = (name: string) => {
      const input = { productId: toGlobalId('Product', product.id), idempotencyKey: `pool-${name}` };
      return brand.query(MOVE(name), { input });
    };
    const seen = [await isIn('雪梨膏')];
    for (const name of ['productSuspend', 'productResume', 'productDelist']) {
      const { data } = await move(name);
      expect(data[name].userErrors).toEqual([]);
      seen.push(await isIn('雪梨膏'));
    }
    expect(seen).toEqual([true, false, true, false]);
  });

  it('holds no draft, nothing without an OPEN plan, and nothing of a plan that was closed', async () => {
    const draft = await world.product({ title: '草稿货', categoryId: categories.get('tea'), draft: true });
    await world.plan(draft);
    const bare = await world.product({ title: '无计划货', categoryId: categories.get('tea') });
    expect([await isIn('草稿货'), await isIn('无计划货')]).toEqual([false, false]);
    const planId = await world.plan(bare);
    expect(await isIn('无计划货')).toBe(true);
    // It ends at the midnight in Shanghai that follows.
    await world.tx((tx) => closePlan(tx, planId, EARLY));
    await refreshDuePool(world.database, new Date('2026-01-01T15:59:59.999Z'));
    expect(await isIn('无计划货')).toBe(true);
    await refreshDuePool(world.database, new Date('2026-01-01T16:00:00Z'));
    expect(await isIn('无计划货')).toBe(false);
  });

  it('is for members: nobody else is answered', async () => {
    const { status, data, errors } = await alliance.withHeader().query(POOL);
    expect([status, data ?? null, errors?.[0]?.extensions.code]).toEqual([200, null, 'UNAUTHENTICATED']);
  });
});
