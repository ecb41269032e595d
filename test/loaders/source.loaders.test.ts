import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundBelt, openLiveBase } from '../../src/features/agency/index.ts';
import { confirmStory, submitStory, verifyStory } from '../../src/features/source/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { EARLY, event, placed, World } from '../kit/world.ts';

const MANY = 20;

let alliance: TestAlliance;
let operator: Caller;
const ids: Record<'Brand' | 'Agency' | 'Product' | 'OrderLine', string[]> = {
  Brand: [],
  Agency: [],
  Product: [],
  OrderLine: [],
};

/** A product in the pool with a verified story of its belt, a further version that waits, and a line under it. */
async function makeOne(world: World): Promise<void> {
  const product = await world.product();
  const { brandId, id: productId } = product;
  await world.plan(product);
  const agencyId = await world.agency();
  await world.tx(async (tx) => {
    const beltId = await foundBelt(tx, { name: `Belt ${newId()}`, region: '', agencyId, about: '' });
    await tx.rows(sql`update brand set belt_id = ${beltId} where id = ${brandId}`);
    const place = { beltId, name: 'Base', city: '', address: '', rooms: 9 };
    const liveBaseId = await openLiveBase(tx, place, EARLY);
    const paper = { title: 'Paper', issuer: 'City', issuedAt: EARLY };
    const documents = [
      { ...paper, kind: 'BUSINESS_LICENCE', sha256: 'a'.repeat(64) },
      { ...paper, kind: 'PHOTOGRAPH', sha256: 'b'.repeat(64) },
    ] as const;
    const told = { kind: 'BELT', place: 'Nantong', about: '', documents } as const;
    const belt = { id: beltId, agencyId };
    const story = { ...told, productId, brandId, belt, liveBaseId, submittedBy: brandId };
    const named = { id: await submitStory(tx, story, EARLY), brandId, beltId, agencyId };
    await confirmStory(tx, named, EARLY);
    await verifyStory(tx, named, EARLY);
    await submitStory(tx, story, EARLY);
  });
  await world.ingest(brandId, [event(brandId, 'PLACED', 'L', { placed: placed(product.code) })]);
  const [line] = await alliance.database.rows(sql<{ id: string }>`
    select id from order_line where brand_id = ${brandId}`);
  ids.Brand.push(toGlobalId('Brand', brandId));
  ids.Agency.push(toGlobalId('Agency', agencyId));
  ids.Product.push(toGlobalId('Product', productId));
  ids.OrderLine.push(toGlobalId('OrderLine', line?.id ?? '', brandId));
}

beforeAll(async () => {
  alliance = await testAlliance();
  operator = await alliance.memberOf(alliance.id);
  const world = new World(alliance.database);
  for (let i = 0; i < MANY; i++) await makeOne(world);
}, 120_000);
afterAll(() => alliance.close());

interface Budget {
  readonly name: string;
  readonly type: keyof typeof ids;
  readonly statements: number;
  readonly fields: string;
  readonly check: (node: Json) => void;
}

const STORY = `version state place documents { kind sha256 } belt { name } liveBase { name } agency { name }`;
const two = ({ sourceStories }: Json) =>
  expect(
    sourceStories.nodes.map(({ version, state, documents }: Json) => [version, state, documents.length]),
  ).toEqual([
    [2, 'SUBMITTED', 2],
    [1, 'VERIFIED', 2],
  ]);
const BUDGETS: Budget[] = [
  {
    name: 'the story of a product',
    type: 'Product',
    statements: 6,
    fields: `sourceStory { ${STORY} }`,
    check: ({ sourceStory }) => {
      expect(sourceStory).toMatchObject({ version: 1, state: 'VERIFIED', place: 'Nantong' });
      expect(sourceStory.documents).toHaveLength(2);
      expect(sourceStory.liveBase.name).toBe('Base');
    },
  },
  {
    name: 'all versions of a product',
    type: 'Product',
    statements: 6,
    fields: `sourceStories { nodes { ${STORY} } }`,
    check: two,
  },
  {
    name: 'the stories of a brand',
    type: 'Brand',
    statements: 7,
    fields: `sourceStories { nodes { ${STORY} product { title } } }`,
    check: two,
  },
  {
    name: 'the stories of an agency',
    type: 'Agency',
    statements: 6,
    fields: `sourceStories { nodes { ${STORY} product { title } } }`,
    check: two,
  },
  {
    name: 'what a line was bought as',
    type: 'OrderLine',
    statements: 3,
    fields: 'source { kind version belt { name } }',
    check: ({ source }) => expect(source).toMatchObject({ kind: 'BELT', version: 1 }),
  },
];

describe('statements for sources', () => {
  it.each(BUDGETS)(
    '$name: $statements, for one as for twenty',
    async ({ type, statements: budget, fields, check }) => {
      for (const count of [1, MANY]) {
        const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${fields} } } }`;
        const { data, errors, statements } = await operator.query(query, { ids: ids[type].slice(0, count) });
        expect(errors).toBeUndefined();
        expect(data.nodes).toHaveLength(count);
        for (const node of data.nodes) check(node);
        expect(statements).toHaveLength(budget);
      }
    },
  );

  it('the source goods of the pool with their stories: 6, the stories that wait: 4', async () => {
    for (const first of [1, MANY]) {
      const pool = `query ($first: Int!) { productPool(first: $first, filter: { sourceKind: BELT }) {
        nodes { title sourceStory { ${STORY} } } } }`;
      const waiting = `query ($first: Int!) { waitingSourceStories(first: $first) {
        nodes { version documents { sha256 } belt { name } brand { name } product { title } } } }`;
      const found = await operator.query(pool, { first });
      expect(found.data.productPool.nodes.map(({ sourceStory }: Json) => sourceStory.version)).toEqual(
        Array(first).fill(1),
      );
      expect(found.statements).toHaveLength(6);
      const waits = await operator.query(waiting, { first });
      expect(waits.data.waitingSourceStories.nodes).toHaveLength(first);
      expect(waits.statements).toHaveLength(4);
    }
  });

  it('the comparison of a file: 3', async () => {
    const query = `query ($id: ID!) { sourceDocumentCheck(productId: $id, sha256: "${'b'.repeat(64)}") {
      matches document { kind } version } }`;
    const { data, statements } = await operator.query(query, { id: ids.Product[0] });
    expect(data.sourceDocumentCheck).toEqual({
      matches: true,
      document: { kind: 'PHOTOGRAPH' },
      version: 1,
    });
    expect(statements).toHaveLength(3);
  });
});
