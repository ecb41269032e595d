import { afterAll, beforeAll, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import type { Json } from '../kit/alliance.ts';
import type { MadeProduct } from '../kit/world.ts';
import { openShop, type Promoter, type Shop } from '../plan/shop.ts';

const PLANS = 20;

let shop: Shop;
let agencyId: string;
let promoters: Promoter[];

/** Twenty products with an OPEN plan each that is cut, shown by twenty creators of one agency; a TARGETED plan beside each. */
beforeAll(async () => {
  shop = await openShop('2026-06-16T02:00:00Z');
  await shop.lockFor(7);
  const products: MadeProduct[] = [];
  for (let i = 0; i < PLANS; i++) products.push(await shop.product());
  agencyId = await shop.world.agency();
  promoters = [];
  for (let i = 0; i < PLANS; i++) {
    const promoter = await shop.promoter(...products);
    await shop.world.contract(agencyId, promoter.localId);
    promoters.push(promoter);
  }
  const creatorIds = promoters.slice(0, 5).map(({ id }) => id);
  for (const product of products) {
    const planId = await shop.create('OPEN', product);
    await shop.create('TARGETED', product, { commissionRate: 1200, creatorIds });
    await shop.change(planId, { commissionRate: 1500 });
  }
}, 120_000);
afterAll(() => shop.alliance.close());

const RATES = 'keptRate currentRate applies creator { name } product { title }';

const LISTS: readonly [
  name: string,
  atMost: number,
  query: (first: number) => string,
  of: (data: Json) => Json[],
][] = [
  [
    'a brand, its plans with terms, versions, creators and locks',
    13,
    (first) => `{ brand(id: "${toGlobalId('Brand', shop.brandId)}") { plans(first: ${first}) { nodes { title
      product { title } terms { commissionRate } scheduledTerms { commissionRate }
      versions(first: 5) { nodes { commissionRate } } creators(first: 5) { nodes { name } }
      rateLocks(first: 3) { nodes { ${RATES} } } } } } }`,
    (data) => data.brand.plans.nodes,
  ],
  [
    'a brand, the rate locks on its products',
    5,
    (first) =>
      `{ brand(id: "${toGlobalId('Brand', shop.brandId)}") { rateLocks(first: ${first}) { nodes { ${RATES} } } } }`,
    (data) => data.brand.rateLocks.nodes,
  ],
  [
    'an agency, its creators, the rate locks of each',
    6,
    (first) => `{ agency(id: "${toGlobalId('Agency', agencyId)}") { creators(first: ${first}) { nodes { name
      rateLocks(first: 5) { nodes { ${RATES} } } } } } }`,
    (data) => data.agency.creators.nodes,
  ],
];

it.each(LISTS)('%s: as many statements for twenty as for one', async (name, atMost, query, of) => {
  const ask = async (first: number) => {
    const { data, errors, statements } = await shop.operator.query<Json>(query(first));
    expect(errors).toBeUndefined();
    expect(of(data)).toHaveLength(first);
    return statements.length;
  };
  const [two, twenty] = [await ask(2), await ask(PLANS)];
  process.stdout.write(`${name}: ${two} statements for 2, ${twenty} for ${PLANS}\n`);
  expect(twenty).toBe(two);
  expect(twenty).toBeLessThanOrEqual(atMost);
});

it('a preview: as many statements for a plan that names one as for one that names twenty', async () => {
  const ask = async (named: number) => {
    const query = `query ($input: PreviewPlanInput!) { previewPlan(input: $input) { userErrors { __typename }
      preview { creatorCount creators { creator { name } product { title } termsThen { winner { kind } } } } } }`;
    const create = {
      brandId: toGlobalId('Brand', shop.brandId),
      productId: null,
      kind: 'SHOP_TARGETED',
      title: 'Shop',
      commissionRate: 2500,
      creatorIds: promoters.slice(0, named).map(({ id }) => id),
    };
    const { data, statements } = await shop.brand.query<Json>(query, { input: { create } });
    expect(data.previewPlan.userErrors).toEqual([]);
    expect(data.previewPlan.preview.creatorCount).toBe(named * PLANS);
    return statements.filter((text) => !text.startsWith('insert into "plan_creator"')).length;
  };
  const [one, twenty] = [await ask(1), await ask(PLANS)];
  process.stdout.write(`a preview: ${one} statements for 1, ${twenty} for ${PLANS}\n`);
  expect(twenty).toBe(one);
});
