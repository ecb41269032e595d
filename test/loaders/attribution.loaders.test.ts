import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { makeAttributionClaim } from '../schema/sides-attribution.ts';

const MANY = 20;

let alliance: TestAlliance;
let operator: Caller;
const brands: string[] = [];

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  const world = new World(alliance.database);
  for (let i = 0; i < MANY; i++) {
    const listed = await world.product();
    await world.plan(listed);
    for (let j = 0; j < 2; j++)
      await makeAttributionClaim(world, { creatorId: await world.creator(), listed });
    brands.push(toGlobalId('Brand', listed.brandId));
  }
}, 120_000);
afterAll(() => alliance.close());

const CLAIM = 'state statement creator { name } brand { name } orderLine { attribution }';

describe('statements for claims on order lines', () => {
  it('of brands, with what they are of: 4, for one as for twenty', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Brand { attributionClaims(first: 1) { nodes { ${CLAIM} }
      pageInfo { hasNextPage } } } } }`;
    for (const count of [1, MANY]) {
      const { data, errors, statements } = await operator.query(query, { ids: brands.slice(0, count) });
      expect(errors).toBeUndefined();
      expect(data.nodes).toHaveLength(count);
      for (const { attributionClaims } of data.nodes)
        expect(attributionClaims).toMatchObject({
          nodes: [{ state: 'OPEN', orderLine: { attribution: 'NONE' } }],
          pageInfo: { hasNextPage: true },
        });
      expect(statements).toHaveLength(4);
    }
  });

  it('that wait for a decision: 3, for one as for twenty', async () => {
    for (const first of [1, MANY]) {
      const { data, statements } = await operator.query(
        `query ($first: Int!) { openAttributionClaims(first: $first) { nodes { ${CLAIM} } } }`,
        { first },
      );
      expect(data.openAttributionClaims.nodes.map(({ state }: Json) => state)).toEqual(
        Array.from({ length: first }, () => 'OPEN'),
      );
      expect(statements).toHaveLength(3);
    }
  });
});
