import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';

const AT_START = 30;
const PAGE = 4;

/** Each order, and the value that it sorts by, as the API shows it. */
const ORDERS = [
  ['RECOMMENDED', 'score', 'desc'],
  ['COMMISSION_RATE', 'commission_bp', 'desc'],
  ['COMMISSION_AMOUNT', 'commission_minor', 'desc'],
  ['SALES', 'sales', 'desc'],
  ['NEWEST', 'listed_at', 'desc'],
  ['PRICE_ASC', 'price_minor', 'asc'],
  ['PRICE_DESC', 'price_minor', 'desc'],
] as const;

let alliance: TestAlliance;
let world: World;
let creator: Caller;
let brandId: string;
let made = 0;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  brandId = await world.brand();
  for (let i = 0; i < AT_START; i++) await addProduct();
  creator = await alliance.memberOf(await world.creator());
});

afterAll(() => alliance.close());

/** A product somewhere in the middle of every order; few different values, so that many are equal. */
async function addProduct(): Promise<string> {
  made += 1;
  const listedAt = new Date(Date.UTC(2026, 0, 1 + (made % 5)));
  const product = await world.product({ brandId, priceMinor: 1000n * BigInt(1 + (made % 4)), listedAt });
  await world.plan(product, { commissionBp: 1000 + 500 * (made % 3) });
  return toGlobalId('Product', product.id);
}

const POOL = `query ($orderBy: PoolOrder! = RECOMMENDED, $first: Int, $after: String) {
  productPool(orderBy: $orderBy, first: $first, after: $after) {
    edges { cursor node { id } } nodes { id listedAt openPlan { commissionRate } skus { price { minorUnits } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function allIds(orderBy: string, between?: () => Promise<unknown>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const adding = between?.();
    const { data, errors }: Json = await creator.query(POOL, { orderBy, first: PAGE, after });
    expect(errors).toBeUndefined();
    await adding;
    const { nodes, edges, pageInfo } = data.productPool;
    expect(pageInfo).toMatchObject({
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    });
    ids.push(...nodes.map(({ id }: Json) => id));
    if (!pageInfo.hasNextPage) return ids;
    after = pageInfo.endCursor;
  }
}

describe.each(ORDERS)('ordered by %s', (orderBy, column, direction) => {
  it('shows each product once and in order', async () => {
    const { data } = await creator.query(POOL, { orderBy, first: 100 });
    const values = data.productPool.nodes.map(sortedBy[orderBy]);
    const sorted = [...values].sort((a, b) => (direction === 'asc' ? a - b : b - a));
    expect(values).toEqual(sorted);
    const ids = await allIds(orderBy);
    expect(ids).toEqual(data.productPool.nodes.map(({ id }: Json) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows none twice and misses none of those there at the start while others are added', async () => {
    const before = new Set(await allIds(orderBy));
    let added = 0;
    const ids = await allIds(orderBy, async () => {
      if (added >= 8) return;
      added += 2;
      await Promise.all([addProduct(), addProduct()]);
    });
    expect(added).toBe(8);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...before].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('goes on by one row comparison, which an index bounds, and never by an offset', async () => {
    const first = await creator.query(POOL, { orderBy, first: 1 });
    const after = first.data.productPool.pageInfo.endCursor;
    const { statements } = await creator.query(POOL, { orderBy, first: 1, after });
    const [page = ''] = statements;
    const sign = direction === 'asc' ? '>' : '<';
    expect(page.replaceAll('"', '')).toContain(`(e.${column}, e.product_id) ${sign} (`);
    expect(page.replaceAll('"', '')).toContain(
      `order by e.${column} ${direction}, e.product_id ${direction} limit`,
    );
    expect(page).not.toMatch(/offset/i);
  });
});

const sortedBy: Record<(typeof ORDERS)[number][0], (product: Json) => number> = {
  RECOMMENDED: ({ openPlan }) => openPlan.commissionRate,
  COMMISSION_RATE: ({ openPlan }) => openPlan.commissionRate,
  COMMISSION_AMOUNT: ({ openPlan, skus }) => openPlan.commissionRate * Number(skus[0].price.minorUnits),
  SALES: () => 0,
  NEWEST: ({ listedAt }) => Date.parse(listedAt),
  PRICE_ASC: ({ skus }) => Number(skus[0].price.minorUnits),
  PRICE_DESC: ({ skus }) => Number(skus[0].price.minorUnits),
};

describe('a page that cannot be', () => {
  const codeOf = async (variables: object) => {
    const { status, data, errors } = await creator.query(POOL, variables);
    return [status, data?.productPool ?? null, errors?.map(({ extensions }) => extensions.code)];
  };
  const REFUSED = [400, null, ['BAD_USER_INPUT']];
  const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each([-1, 101, 2 ** 31, -(2 ** 31)])('refuses to give %d items', async (first) => {
    expect(await codeOf({ first })).toEqual(REFUSED);
  });

  it('gives none when asked for none', async () => {
    const { data } = await creator.query(POOL, { first: 0 });
    expect(data.productPool.nodes).toEqual([]);
    expect(data.productPool.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });

  it.each([
    '',
    'garbage',
    '*'.repeat(10_000),
    packed([]),
    packed({}),
    packed(['1']),
    packed([1, 2]),
    packed(['\u0000', '\ud800']),
  ])('refuses the cursor %#', async (after) => expect(await codeOf({ after })).toEqual(REFUSED));

  const endOf = async (orderBy: string) =>
    (await creator.query(POOL, { orderBy, first: 1 })).data.productPool.pageInfo.endCursor;

  it('refuses the cursor of every other order', async () => {
    const taken: string[] = [];
    for (const [from] of ORDERS) {
      const after = await endOf(from);
      for (const [orderBy] of ORDERS) {
        const [status] = await codeOf({ orderBy, after });
        if (status !== 400) taken.push(`${from} as ${orderBy}`);
      }
    }
    expect(taken).toEqual(ORDERS.map(([order]) => `${order} as ${order}`));
  });

  it('refuses a cursor of its own shape with a value that no column holds', async () => {
    const shape = JSON.parse(Buffer.from(await endOf('NEWEST'), 'base64url').toString()) as string[];
    const withTime = (time: string) => packed(shape.map((value) => (/^\d{4}-/.test(value) ? time : value)));
    expect((await codeOf({ orderBy: 'NEWEST', after: withTime('2026-01-03T00:00:00.000Z') }))[0]).toBe(200);
    for (const time of ['2026-99-99T99:99:99.999Z', '0000-01-01T00:00:00.000Z', '2026-02-31T00:00:00.000Z']) {
      expect(await codeOf({ orderBy: 'NEWEST', after: withTime(time) })).toEqual(REFUSED);
    }
  });

  it('refuses the cursor of another list', async () => {
    const brand = await alliance.memberOf(brandId);
    const { data } = await brand.query(
      '{ viewer { brand { products(first: 1) { pageInfo { endCursor } } } } }',
    );
    const after = data.viewer.brand.products.pageInfo.endCursor;
    const plans = 'query ($after: String) { viewer { brand { plans(after: $after) { nodes { id } } } } }';
    const { errors } = await brand.query(plans, { after });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(await codeOf({ after })).toEqual(REFUSED);
  });
});
