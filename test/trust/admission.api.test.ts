import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { changeTrustPolicy, keepTrust } from '../../src/features/trust/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { event, placed } from '../kit/world.ts';
import {
  alliance,
  callers,
  clock,
  later,
  lineUpTo,
  openTrust,
  parties,
  product,
  uphold,
  world,
} from './trust-scene.ts';

openTrust();

const SCORE = 60;

/** Three lines of the product, of which a claim on one is upheld: that costs 50 points by itself. */
async function threeLines(): Promise<void> {
  // A change that changes nothing is refused: so another number each time.
  const rules = { restrictionScore: SCORE - ++count, restrictionLines: 3 };
  await world.tx((tx) => changeTrustPolicy(tx, rules, clock.now()));
  const [claimed] = [await lineUpTo('RECEIVED'), await lineUpTo('RECEIVED'), await lineUpTo('RECEIVED')];
  await uphold(claimed, { amountMinor: '10000' });
}
let count = 0;

/** Lets the night come, so many days later; gives whether the brand and its product are restricted. */
async function afterNight(days = 0): Promise<{ brand: boolean; product: boolean }> {
  clock.set(later(clock.now(), days).toISOString());
  await keepTrust(alliance.database, clock.now());
  const { data } = await callers.brand.query(
    `query ($brand: ID!, $product: ID!) { brand(id: $brand) { restricted }
      node(id: $product) { ... on Product { restricted } } }`,
    { brand: toGlobalId('Brand', parties.brand), product: toGlobalId('Product', product.id) },
  );
  return { brand: data.brand.restricted, product: data.node.restricted };
}

async function newPlan(): Promise<string> {
  const made = await world.product({ brandId: product.brandId });
  return said(
    await act(callers.brand, 'planCreate', {
      brandId: toGlobalId('Brand', product.brandId),
      productId: toGlobalId('Product', made.id),
      title: 'Open',
      kind: 'OPEN',
      commissionRate: 1000,
    }),
  );
}

const told = async (): Promise<string[]> => {
  const rows = await alliance.database.rows(
    sql<{ kind: string }>`select kind from outbox_event where kind like '%RESTRICT%'
      and party_ids @> ${[product.brandId]}::uuid[] order by id`,
  );
  return rows.map(({ kind }) => kind);
};

it('a brand whose score falls has no new plans until it is high enough again; what runs goes on', async () => {
  expect(await newPlan()).toBe('DONE');
  await threeLines();
  expect(await afterNight()).toEqual({ brand: true, product: true });
  expect(await newPlan()).toBe('RestrictedFromPlans');
  // Once more changes nothing, and tells nobody.
  expect(await afterNight()).toEqual({ brand: true, product: true });
  expect(await told()).toEqual(['BRAND_RESTRICTED', 'PRODUCT_RESTRICTED']);
  expect(await afterNight(91)).toEqual({ brand: false, product: false });
  expect(await newPlan()).toBe('DONE');
  expect((await told()).slice(2)).toEqual(['BRAND_RESTRICTION_LIFTED', 'PRODUCT_RESTRICTION_LIFTED']);
});

it('a product is judged by its own lines: the brand may go on with others', async () => {
  await threeLines();
  const other = await world.product({ brandId: product.brandId });
  await world.plan(other);
  const good = Array.from({ length: 60 }, (_, i) => `good ${i}`).flatMap((orderNo) => [
    event(product.brandId, 'PLACED', orderNo, { placed: placed(other.code) }),
    ...(['PAID', 'SHIPPED', 'RECEIVED'] as const).map((kind) => event(product.brandId, kind, orderNo)),
  ]);
  await world.ingest(product.brandId, good, clock.now());
  expect(await afterNight()).toEqual({ brand: false, product: true });
  expect(await newPlan()).toBe('DONE');
});

it('nobody is judged by fewer lines than the rules ask for', async () => {
  await threeLines();
  await world.tx((tx) => changeTrustPolicy(tx, { restrictionLines: 4 }, clock.now()));
  expect(await afterNight()).toEqual({ brand: false, product: false });
});

it.each([
  ['a score above all', { restrictionScore: 101 }],
  ['no lines', { restrictionLines: 0 }],
])('%s is no rule', async (_what, change) => {
  expect(said(await act(callers.operator, 'trustPolicyChange', change))).toBe('InvalidInput');
});
