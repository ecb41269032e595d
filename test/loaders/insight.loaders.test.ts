import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundBelt } from '../../src/features/agency/index.ts';
import { countInsight } from '../../src/features/insight/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { event, placed, World } from '../kit/world.ts';

const MANY = 20;
const TYPES = ['Brand', 'Creator', 'Agency', 'IndustrialBelt'] as const;
type Type = (typeof TYPES)[number];

let alliance: TestAlliance;
let operator: Caller;
const ids: Record<Type, string[]> = { Brand: [], Creator: [], Agency: [], IndustrialBelt: [] };

/** A brand of a belt, with an order through a creator whom an agency manages. */
async function makeOne(world: World, no: number): Promise<void> {
  const brandId = await world.brand();
  const product = await world.product({ brandId });
  await world.plan(product);
  const [creatorId, agencyId] = [await world.creator(), await world.agency()];
  await world.contract(agencyId, creatorId);
  const belt = { name: `Belt ${no}`, region: '浙江', agencyId, about: '' };
  const beltId = await world.tx((tx) => foundBelt(tx, belt));
  await alliance.database.rows(sql`update brand set belt_id = ${beltId} where id = ${brandId}`);
  const detail = { placed: placed(product.code, { linkCode: await world.link(creatorId, product) }) };
  await world.ingest(brandId, [event(brandId, 'PLACED', 'A', detail), event(brandId, 'PAID', 'A')]);
  ids.Brand.push(toGlobalId('Brand', brandId));
  ids.Creator.push(toGlobalId('Creator', creatorId));
  ids.Agency.push(toGlobalId('Agency', agencyId));
  ids.IndustrialBelt.push(toGlobalId('IndustrialBelt', beltId));
}

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  const world = new World(alliance.database);
  for (let i = 0; i < MANY; i++) await makeOne(world, i);
  await countInsight(alliance.database, new Date());
}, 120_000);
afterAll(() => alliance.close());

const RANGE = 'from: "2026-06-01", to: "2026-06-30"';
const MINOR = '{ minorUnits }';
const FIGURES = `gmv ${MINOR} orders buyers repurchaseRate returnRate valuePerFan ${MINOR} effectiveCommissionRate
  paths { path share } takenApart { viewers factors { name } } countedAt`;

async function ask(type: Type | 'Alliance', some: readonly string[], fields: string) {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${fields} } } }`;
  const { data, errors, statements } = await operator.query(query, { ids: some });
  expect(errors).toBeUndefined();
  expect(data.nodes).toHaveLength(some.length);
  return { nodes: data.nodes, statements };
}

describe('statements for insight', () => {
  it.each(TYPES)(
    'the figures of a %s by day, week, event and period: 5, for one as for twenty',
    async (type) => {
      const fields = `a: insight(${RANGE}) { nodes { ${FIGURES} } } b: insight(${RANGE}, by: WEEK) { nodes { ${FIGURES} } }
      c: insight(${RANGE}, by: EVENT) { nodes { ${FIGURES} } } d: insight(${RANGE}, by: PERIOD) { nodes { ${FIGURES} } }`;
      for (const count of [1, MANY]) {
        const { nodes, statements } = await ask(type, ids[type].slice(0, count), fields);
        for (const { a, b, c, d } of nodes) {
          for (const { nodes: list } of [a, b, d])
            expect(list).toMatchObject([{ gmv: { minorUnits: '10000' }, orders: '1', buyers: '1' }]);
          expect(c.nodes).toEqual([]);
        }
        expect(statements).toHaveLength(5);
      }
    },
  );

  it('those of the alliance: 2', async () => {
    const { nodes, statements } = await ask(
      'Alliance',
      [toGlobalId('Alliance', alliance.id)],
      `insight(${RANGE}) { nodes { ${FIGURES} } }`,
    );
    expect(nodes[0].insight.nodes).toMatchObject([{ gmv: { minorUnits: '200000' }, orders: '20' }]);
    expect(statements).toHaveLength(2);
  });

  it('reads buyers and sessions only where they are asked for', async () => {
    const { statements } = await ask(
      'Creator',
      ids.Creator,
      `insight(${RANGE}) { nodes { orders gmv ${MINOR} } }`,
    );
    expect(statements.filter((text) => /insight_buyer|live_session/.test(text))).toEqual([]);
  });

  // Of a creator the one credited has been read already.
  it.each([
    ['Brand', 4],
    ['Creator', 3],
  ] as const)('the parts of a %s: %i, for one as for twenty', async (type, budget) => {
    const part = `gmv ${MINOR} effectiveCommissionRate product { title } creator { name }`;
    for (const count of [1, MANY]) {
      const { nodes, statements } = await ask(
        type,
        ids[type].slice(0, count),
        `insightParts(${RANGE}, by: PRODUCT_AND_CREATOR) { nodes { ${part} } }`,
      );
      for (const { insightParts } of nodes)
        expect(insightParts.nodes).toMatchObject([{ gmv: { minorUnits: '10000' } }]);
      expect(statements).toHaveLength(budget);
    }
  });
});
