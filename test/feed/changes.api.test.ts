import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce } from '../../src/db/outbox.ts';
import { nodeTypeNames } from '../../src/graphql/node.ts';
import { fromGlobalId, toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { caughtUp } from '../kit/feed.ts';
import { event, placed, World } from '../kit/world.ts';

let alliance: TestAlliance;
let world: World;
let brandId: string;
let creatorId: string;
let mcnId: string;
let brand: Caller;
let creator: Caller;
let mcn: Caller;
let stranger: Caller;
let operator: Caller;

beforeAll(async () => {
  alliance = await testAlliance();
  world = new World(alliance.database);
  [brandId, creatorId, mcnId] = [await world.brand(), await world.creator(), await world.agency()];
  await world.contract(mcnId, creatorId);
  brand = await alliance.memberOf(brandId);
  creator = await alliance.memberOf(creatorId);
  mcn = await alliance.memberOf(mcnId);
  stranger = await alliance.memberOf(await world.brand());
  operator = await alliance.memberOf(alliance.id);
  const product = await world.product({ brandId });
  await world.plan(product);
  const linkCode = await world.link(creatorId, product);
  const life = ['PAID', 'SHIPPED', 'RECEIVED'] as const;
  await world.ingest(brandId, [
    event(brandId, 'PLACED', 'O-1', { placed: placed(product.code, { linkCode }) }),
    ...life.map((kind) => event(brandId, kind, 'O-1')),
  ]);
  await world.ingest(brandId, [
    event(brandId, 'REFUNDED', 'O-1', { refund: { amountMinor: 100n, quantity: 0 } }),
  ]);
  await world.ingest(brandId, [
    event(brandId, 'PLACED', 'O-2', { placed: placed(product.code) }),
    event(brandId, 'CANCELLED', 'O-2'),
  ]);
});
afterAll(() => alliance.close());

const PAGE = /* GraphQL */ `
  query ($first: Int, $after: String, $kinds: [EventKind!]) {
    changes(first: $first, after: $after, kinds: $kinds) {
      nodes { id kind at subjectId data subject { id ... on OrderLine { orderNo } } }
      edges { cursor }
      pageInfo { hasNextPage endCursor }
      latestCursor
    }
  }
`;
const read = async (caller: Caller, variables: object = {}): Promise<Json> => {
  await caughtUp(alliance.database);
  const { data, errors } = await caller.query(PAGE, variables);
  expect(errors).toBeUndefined();
  return data.changes;
};
const codeOf = async (caller: Caller, variables: object): Promise<string | undefined> =>
  (await caller.query(PAGE, variables)).errors?.[0]?.extensions.code;

const LIFE = ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'REFUNDED'].map((kind) => `ORDER_LINE_${kind}`);
const kindsOf = ({ nodes }: Json): string[] => nodes.map(({ kind }: Json) => kind);
const LINES = { kinds: [...LIFE, 'ORDER_LINE_CANCELLED'], first: 100 };

describe('the change feed', () => {
  it('tells the life of a line to the brand, the creator and the agency, and of a line without a creator to the brand', async () => {
    for (const caller of [creator, mcn]) expect(kindsOf(await read(caller, LINES))).toEqual(LIFE);
    const both = await read(brand, LINES);
    expect(kindsOf(both)).toEqual([...LIFE, 'ORDER_LINE_PLACED', 'ORDER_LINE_CANCELLED']);
    expect(kindsOf(await read(operator, LINES))).toEqual(kindsOf(both));
    expect(await read(stranger, LINES)).toMatchObject({ nodes: [] });
    const [first, paid] = both.nodes;
    expect(first.data).toEqual({
      orderNo: 'O-1',
      lineNo: 1,
      quantity: expect.any(Number),
      occurredAt: expect.any(String),
    });
    expect(paid.subjectId).toMatch(/^OrderLine_/);
    expect(paid.subject).toEqual({ id: paid.subjectId, orderNo: 'O-1' });
    expect(both.nodes[4].data).toMatchObject({ refundedMinor: '100', currency: 'CNY' });
  });

  it('is read on from a cursor, whatever the size of the pages, and its end moves on also where there is nothing', async () => {
    for (const first of [1, 2, 5]) {
      const seen: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const page: Json = await read(brand, { ...LINES, first, after });
        seen.push(...kindsOf(page));
        ({ hasNextPage: more, endCursor: after } = page.pageInfo);
      }
      expect(seen).toEqual(kindsOf(await read(brand, LINES)));
    }
    const { endCursor } = (await read(stranger)).pageInfo;
    await announceTo(brandId);
    const later = (await read(stranger, { after: endCursor })).pageInfo.endCursor;
    expect(later).not.toBe(endCursor);
  });

  it('begins with what comes from now on after its latest cursor', async () => {
    const { latestCursor } = await read(brand, { first: 0 });
    expect(kindsOf(await read(brand, { after: latestCursor }))).toEqual([]);
    await announceTo(brandId);
    expect(kindsOf(await read(brand, { after: latestCursor }))).toEqual(['PARTY_UNBLOCKED']);
  });

  it('shows nothing of an object that is no longer open, and no event of others by its id', async () => {
    const { nodes } = await read(mcn, LINES);
    const [{ id }] = nodes;
    const node = `{ node(id: "${id}") { id ... on ChangeEvent { kind } } }`;
    expect((await mcn.query(node)).data.node).toEqual({ id, kind: 'ORDER_LINE_PLACED' });
    expect((await stranger.query(node)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await announceTo(await world.brand(), {
      type: 'OrderLine',
      id: fromGlobalId(nodes[0].subjectId)?.id ?? '',
      brandId,
    });
    const other = await announceToStranger(nodes[0].subjectId);
    expect(other).toMatchObject({ subject: null, subjectId: nodes[0].subjectId });
  });

  it('names something that can be fetched wherever it names a subject', async () => {
    const rows = await alliance.database.rows(
      sql<{ type: string }>`select distinct subject_type as type from outbox_event`,
    );
    for (const { type } of rows) expect(nodeTypeNames()).toContain(type);
  });

  it('takes as many statements for a hundred events as for one', async () => {
    const ask = async (first: number) => (await brand.query(PAGE, { ...LINES, first })).statements.length;
    const [one, many] = [await ask(1), await ask(100)];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(4);
  });

  it.each([
    ['no kinds', { kinds: [] }, 'BAD_USER_INPUT'],
    ['more than a page', { first: 101 }, 'BAD_USER_INPUT'],
    ['no cursor', { after: 'x' }, 'BAD_USER_INPUT'],
    ['a cursor of another list', { after: cursor(['linesOfBrand', '1', brandZero()]) }, 'BAD_USER_INPUT'],
    ['a cursor without a number', { after: cursor(['changes', '1e9', brandZero()]) }, 'BAD_USER_INPUT'],
    [
      'a cursor past all numbers',
      { after: cursor(['changes', '9'.repeat(18), brandZero()]) },
      'BAD_USER_INPUT',
    ],
    ['a cursor without an event', { after: cursor(['changes', '1', "'"]) }, 'BAD_USER_INPUT'],
  ])('refuses %s', async (_what, variables, code) => {
    expect(await codeOf(brand, variables)).toBe(code);
  });

  it('is for those who have said who they are', async () => {
    expect(await codeOf(alliance.withHeader(), {})).toBe('UNAUTHENTICATED');
  });

  it('says what to do when events after a cursor are no longer kept', async () => {
    const first = (await read(brand, { first: 1 })).pageInfo.endCursor;
    await alliance.database.rows(sql`update outbox_state set (deleted_xid, deleted_id) =
      (select xid, id from outbox_event order by xid desc, id desc limit 1)`);
    const { errors } = await brand.query(PAGE, { after: first });
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'CURSOR_EXPIRED' },
      message: expect.stringMatching(/latestCursor/),
    });
    expect((await brand.query(PAGE, {})).errors).toBeUndefined();
  });
});

function cursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}
function brandZero(): string {
  return '00000000-0000-0000-0000-000000000000';
}

const announceTo = (
  to: string,
  subject: { type: string; id: string; brandId?: string } = { type: 'Brand', id: to },
) =>
  alliance.database.transaction((tx) =>
    announce(tx, [{ kind: 'PARTY_UNBLOCKED', subject, to: [to] }], new Date()),
  );

/** An event that a stranger is told about a line that they may not see. */
async function announceToStranger(lineGlobalId: string): Promise<Json> {
  const { data } = await stranger.query('{ viewer { brand { id } } }');
  const { id = '', brandId: of } = fromGlobalId(lineGlobalId) ?? {};
  const { latestCursor } = await read(stranger, { first: 0 });
  await announceTo(fromGlobalId(data.viewer.brand.id)?.id ?? '', { type: 'OrderLine', id, brandId: of });
  expect(toGlobalId('OrderLine', id, of)).toBe(lineGlobalId);
  return (await read(stranger, { after: latestCursor })).nodes[0];
}
