import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, placed, World } from '../kit/world.ts';
import { act, said } from './act.ts';

const START = '2026-06-16T02:00:00.000Z';
const clock = new TestClock(START);
let alliance: TestAlliance;
let world: World;
let operator: Caller;
let member: Caller;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  member = await alliance.memberOf(await world.brand());
});

afterAll(() => alliance.close());

const FIELDS = `version preset platformDiscountInBase creatorDiscountInBase technicalFeeRate holdingDays rateLockDays
  attributionWindowDays validFrom validTo`;
const KUAISHOU = {
  version: 1,
  preset: 'KUAISHOU',
  platformDiscountInBase: true,
  creatorDiscountInBase: false,
  technicalFeeRate: 1000,
  holdingDays: 7,
  rateLockDays: 0,
  attributionWindowDays: 15,
  validFrom: '1970-01-01T00:00:00.000Z',
  validTo: null,
};

const change = (input: object, caller = operator) => act(caller, 'policyChange', input, FIELDS);
const current = async () => (await member.query(`{ alliancePolicy { ${FIELDS} } }`)).data.alliancePolicy;

it('members read the rules in force; nobody else does', async () => {
  expect(await current()).toEqual(KUAISHOU);
  const { data, errors } = await alliance.withHeader().query('{ alliancePolicy { version } }');
  expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED']);
});

it('an operator changes single values from now, and closes the version before', async () => {
  clock.set('2026-06-16T03:00:00.000Z');
  const next = {
    ...KUAISHOU,
    version: 2,
    preset: null,
    rateLockDays: 30,
    validFrom: '2026-06-16T03:00:00.000Z',
  };
  expect((await change({ rateLockDays: 30, preset: null })).result).toEqual(next);
  expect(await current()).toEqual(next);
  const history = `query ($after: String) { alliancePolicies(first: 1, after: $after) {
    nodes { version validTo } pageInfo { endCursor hasNextPage } } }`;
  const first = (await member.query(history)).data.alliancePolicies;
  expect([first.nodes, first.pageInfo.hasNextPage]).toEqual([[{ version: 2, validTo: null }], true]);
  const second = (await member.query(history, { after: first.pageInfo.endCursor })).data.alliancePolicies;
  expect(second.nodes).toEqual([{ version: 1, validTo: '2026-06-16T03:00:00.000Z' }]);
  expect(second.pageInfo.hasNextPage).toBe(false);
  const [audited] = await alliance.database.rows(
    sql<{ n: number }>`select count(*)::int as n from audit_entry where operation = 'policyChange'`,
  );
  expect(audited?.n).toBe(1);
});

it('or to the rules of a known alliance, with values over them', async () => {
  const tiktok = { preset: 'TIKTOK', technicalFeeRate: 0, holdingDays: 14, attributionWindowDays: 14 };
  expect((await change({ preset: 'TIKTOK' })).result).toMatchObject({ version: 3, ...tiktok });
  const over = await change({ preset: 'DOUYIN', technicalFeeRate: 500 });
  expect(over.result).toMatchObject({ version: 4, preset: null, technicalFeeRate: 500, holdingDays: 15 });
});

it.each([
  [{}, ['input']],
  [{ technicalFeeRate: 500 }, ['input']],
  [{ holdingDays: -1 }, ['input', 'holdingDays']],
  [{ rateLockDays: 366 }, ['input', 'rateLockDays']],
  [{ attributionWindowDays: 0 }, ['input', 'attributionWindowDays']],
])('a change of %j is none', async (input, path) => {
  expect((await change(input)).userErrors).toMatchObject([{ __typename: 'InvalidInput', path }]);
  expect((await current()).version).toBe(4);
});

it('is the operators’, and not of one who only looks on', async () => {
  const onlooker = await alliance.memberOf(alliance.id, 'ALLIANCE', 'VIEWER');
  expect(said(await change({ holdingDays: 1 }, member))).toBe('FORBIDDEN');
  expect(said(await change({ holdingDays: 1 }, onlooker))).toBe('FORBIDDEN');
});

it('of many at once each has its own version, one after the other', async () => {
  const done = await Promise.all([21, 22, 23, 24].map((holdingDays) => change({ holdingDays })));
  expect(done.map(({ result }) => result.version).sort()).toEqual([5, 6, 7, 8]);
  const open = await alliance.database.rows(sql`select from alliance_policy where valid_to is null`);
  expect(open).toHaveLength(1);
});

it('moves no order that was placed before, also when it is refunded after', async () => {
  const product = await world.product();
  await world.plan(product);
  const creatorId = await world.creator();
  const linkCode = await world.link(creatorId, product);
  const at = (orderNo: string, occurredAt: Date) => [
    event(product.brandId, 'PLACED', orderNo, { occurredAt, placed: placed(product.code, { linkCode }) }),
    event(product.brandId, 'PAID', orderNo, { occurredAt }),
  ];
  clock.set('2026-06-16T04:00:00.000Z');
  await change({ technicalFeeRate: 1000 });
  clock.set('2026-06-16T04:30:00.000Z');
  await world.ingest(product.brandId, at('BEFORE', clock.now()), clock.now());
  clock.set('2026-06-16T05:00:00.000Z');
  await change({ technicalFeeRate: 2000 });
  await world.ingest(
    product.brandId,
    [
      ...at('AFTER', clock.now()),
      event(product.brandId, 'REFUNDED', 'BEFORE', {
        occurredAt: clock.now(),
        refund: { amountMinor: 5000n, quantity: 0 },
      }),
    ],
    clock.now(),
  );
  const rows = await alliance.database.rows(sql<{ orderNo: string; rateBp: number; posted: bigint }>`
    select l.order_no as "orderNo", n.rate_bp as "rateBp", sum(e.net_minor)::bigint as posted
    from order_line l join waterfall_node n on n.brand_id = l.brand_id and n.line_id = l.id
    join commission_entry e on e.brand_id = n.brand_id and e.line_id = n.line_id and e.node_no = n.node_no
    where l.brand_id = ${product.brandId} and n.role = 'TECHNICAL_FEE' group by 1, 2 order by 1 desc`);
  expect(rows).toEqual([
    { orderNo: 'BEFORE', rateBp: 1000, posted: 100n },
    { orderNo: 'AFTER', rateBp: 2000, posted: 400n },
  ]);
});
