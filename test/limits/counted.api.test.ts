import { afterAll, beforeAll, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';

let alliance: TestAlliance;
let operator: Caller;
let ids: { brand: string; product: string };

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  const world = new World(alliance.database);
  const brandId = await world.brand();
  const [product] = [await world.product({ brandId }), await world.product({ brandId })];
  ids = { brand: toGlobalId('Brand', brandId), product: toGlobalId('Product', product.id) };
});
afterAll(() => alliance.close());

const BELOW = `... on Brand { products(first: 5) { nodes { id brand { id } } } }
  ... on Product { brand { name products(first: 1) { nodes { id } } } }`;

it.each([
  // The brand, its page, two products, the brand of each.
  ['one object of an interface', (brand: string) => `{ node(id: "${brand}") { id ${BELOW} } }`, 6],
  // The read of each id, the same once more for the brand; the product, its brand, a page and one product.
  [
    'objects of two types in one list',
    (brand: string, product: string) => `{ nodes(ids: ["${brand}", "${product}"]) { id ${BELOW} } }`,
    10,
  ],
])('%s costs what lies below it', async (_what, query, points) => {
  const { errors, extensions } = await operator.query(query(ids.brand, ids.product));
  expect(errors).toBeUndefined();
  expect((extensions as { cost?: { actual: number } }).cost?.actual).toBe(points);
});
