import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postShares } from '../../src/features/sharing/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, PLACED_AT, placed, World } from '../kit/world.ts';
import { makeSharing } from '../schema/sides-sharing.ts';

const MANY = 20;

let alliance: TestAlliance;
let operator: Caller;
const brands: string[] = [];

/** A brand with two buyers who share, each with two orders by the link that were kept. */
async function makeOne(world: World): Promise<void> {
  const product = await world.product();
  await world.plan(product);
  const { brandId } = product;
  for (const buyer of ['anna', 'berta']) {
    const { ShareLink } = await makeSharing(world, product);
    const { data } = await operator.query(
      'query ($id: ID!) { node(id: $id) { ... on ShareLink { code } } }',
      {
        id: ShareLink,
      },
    );
    for (const no of [`${buyer} 1`, `${buyer} 2`]) {
      const detail = placed(product.code, { buyerRef: no, shareCode: data.node.code });
      await world.ingest(brandId, [
        event(brandId, 'PLACED', no, { placed: detail }),
        ...(['PAID', 'SHIPPED', 'RECEIVED'] as const).map((kind) => event(brandId, kind, no)),
      ]);
    }
  }
  brands.push(toGlobalId('Brand', brandId));
}

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  const world = new World(alliance.database);
  for (let i = 0; i < MANY; i++) await makeOne(world);
  await postShares(alliance.database, new Date(PLACED_AT.getTime() + 40 * 86_400_000));
}, 120_000);
afterAll(() => alliance.close());

describe('statements for sharing', () => {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Brand {
    sharingTerms(first: 1) { nodes { rate brand { name } } pageInfo { hasNextPage } }
    sharers(first: 5) { nodes { buyerRef balance { minorUnits } credits(first: 1) { nodes { creditedAt } }
      links(first: 1) { nodes { code product { title } } }
      rewards(first: 1) { nodes { due { minorUnits } orderLine { orderNo } shareLink { code } } pageInfo { hasNextPage } } } }
    orderLines(first: 10) { nodes { orderNo shareReward { posted { minorUnits } } } } } } }`;

  it('who shares the products of brands, by which links, and what that brings: 11, for one as for twenty', async () => {
    for (const count of [1, MANY]) {
      const { data, errors, statements } = await operator.query(query, { ids: brands.slice(0, count) });
      expect(errors).toBeUndefined();
      expect(data.nodes).toHaveLength(count);
      for (const { sharers, sharingTerms, orderLines } of data.nodes) {
        expect(sharingTerms.nodes).toMatchObject([{ rate: 500 }]);
        expect(sharers.nodes.map(({ balance }: Json) => balance.minorUnits)).toEqual(['1000', '1000']);
        expect(sharers.nodes[0].rewards).toMatchObject({
          nodes: [{ due: { minorUnits: '500' }, orderLine: { orderNo: 'berta 2' } }],
          pageInfo: { hasNextPage: true },
        });
        const rewarded = orderLines.nodes.filter(({ shareReward }: Json) => shareReward !== null);
        expect(rewarded).toHaveLength(6);
      }
      expect(statements).toHaveLength(11);
    }
  });
});
