import { afterAll, beforeAll, expect, it } from 'vitest';
import { allotDay } from '../../src/features/traffic/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';

const MANY = 20;
let alliance: TestAlliance;
let operator: Caller;
const ids: string[] = [];

beforeAll(async () => {
  alliance = await testAlliance();
  const world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  for (let i = 0; i < MANY; i++) {
    const product = await world.product();
    await world.plan(product);
    ids.push(toGlobalId('Product', product.id));
  }
  await allotDay(alliance.database, new Date('2026-06-19T00:00:00Z'));
  await allotDay(alliance.database, new Date('2026-06-20T00:00:00Z'));
}, 120_000);
afterAll(() => alliance.close());

it('the exposure of products: 2 statements, for one as for twenty', async () => {
  for (const count of [1, MANY]) {
    const query =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { exposure { tier reason allotted owed policyVersion } } } }';
    const { data, errors, statements } = await operator.query(query, { ids: ids.slice(0, count) });
    expect(errors).toBeUndefined();
    expect(data.nodes).toHaveLength(count);
    for (const { exposure } of data.nodes)
      expect(exposure).toEqual({ tier: 0, reason: 'BASE', allotted: '300', owed: '300', policyVersion: 1 });
    expect(statements).toHaveLength(2);
  }
});

it('the days that were allotted, and the versions of the rules: one statement each', async () => {
  for (const first of [1, 20]) {
    const query = `{ exposureAllotments(first: ${first}) { nodes { day gini } } trafficPolicies(first: ${first}) { nodes { version } } }`;
    const { data, statements } = await operator.query(query);
    expect(data.exposureAllotments.nodes).toHaveLength(Math.min(first, 2));
    expect(data.trafficPolicies.nodes).toEqual([{ version: 1 }]);
    expect(statements).toHaveLength(2);
  }
});
