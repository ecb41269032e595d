import { afterAll, beforeAll, expect, it } from 'vitest';
import { blockParty } from '../../src/features/block/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, World } from '../kit/world.ts';

const MANY = 20;
let alliance: TestAlliance;
let operator: Caller;
const ids = { Brand: '', Agency: '' };

beforeAll(async () => {
  alliance = await testAlliance();
  const world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  ids.Brand = await world.brand();
  ids.Agency = await world.agency();
  for (let i = 0; i < MANY; i++) {
    const [creator, brand] = [await world.creator(), await world.brand()];
    const one = {
      blocker: { id: ids.Brand, kind: 'BRAND' },
      blocked: { id: creator, kind: 'CREATOR' },
    } as const;
    const other = {
      blocker: { id: ids.Agency, kind: 'AGENCY' },
      blocked: { id: brand, kind: 'BRAND' },
    } as const;
    for (const sides of [one, other])
      await world.tx((tx) => blockParty(tx, { ...sides, reason: 'No' }, EARLY));
  }
});
afterAll(() => alliance.close());

it.each(['Brand', 'Agency'] as const)(
  'blocks of a %s: three statements, for one as for twenty',
  async (type) => {
    for (const first of [1, MANY]) {
      const { data, errors, statements } =
        await operator.query(`{ node(id: "${toGlobalId(type, ids[type])}") {
      ... on ${type} { blocks(first: ${first}) { nodes { reason blocker { name } blocked { name kind } } } } } }`);
      expect(errors).toBeUndefined();
      expect(data.node.blocks.nodes).toHaveLength(first);
      expect(
        new Set(data.node.blocks.nodes.map(({ blocked }: never) => (blocked as { kind: string }).kind)),
      ).toEqual(new Set([type === 'Brand' ? 'CREATOR' : 'BRAND']));
      expect(statements).toHaveLength(3);
    }
  },
);
