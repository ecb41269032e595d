import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { allotDay, oweExposure, reportExposures } from '../../src/features/traffic/index.ts';
import { FIRST_TRAFFIC_RULES } from '../../src/features/traffic/traffic-rules.ts';
import { joinTrustBuy } from '../../src/features/trust/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { EARLY, event, type MadeProduct, placed, World } from '../kit/world.ts';

let alliance: TestAlliance;
let world: World;
let operator: Caller;
let products: MadeProduct[];
const clock = new TestClock('2026-06-20T00:00:00.000Z');

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
  operator = await alliance.memberOf(alliance.id);
  products = [];
  for (let i = 0; i < 3; i++) {
    const product = await world.product({ stock: 100_000n });
    await world.plan(product);
    products.push(product);
  }
});
afterAll(() => alliance.close());

const idOf = (i: number) => toGlobalId('Product', products[i]!.id);
const report = (caller: Caller, exposures: readonly object[]) =>
  act(caller, 'exposuresReport', { exposures }, 'counted');
const shown = (i: number, count: number, more: object = {}) => ({
  productId: idOf(i),
  count,
  shownAt: clock.now().toISOString(),
  ...more,
});

async function exposures() {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { exposure {
    day tier reason allotted owed shown recentShown recentConversions conversionsPerMillion commonConversionsPerMillion
    isHead policyVersion } } } }`;
  const { data } = await operator.query(query, { ids: [0, 1, 2].map(idOf) });
  return data.nodes.map(({ exposure }: { exposure: unknown }) => exposure);
}

async function pool(): Promise<number[]> {
  await oweExposure(alliance.database, clock.now());
  const { data } = await operator.query('{ productPool(orderBy: RECOMMENDED, first: 3) { nodes { id } } }');
  return data.productPool.nodes.map(({ id }: { id: string }) => [0, 1, 2].findIndex((i) => idOf(i) === id));
}

describe('exposure', () => {
  it('is the base exposure on the first night, allotted once however often it is tried', async () => {
    expect(await exposures()).toEqual([null, null, null]);
    const tried = await Promise.all([1, 2, 3].map(() => allotDay(alliance.database, clock.now())));
    expect(tried.filter((done) => done !== undefined)).toEqual([{ products: 3 }]);
    const first = { day: '2026-06-20', tier: 0, reason: 'BASE', allotted: '300', owed: '300', isHead: false };
    expect(await exposures()).toEqual(Array.from({ length: 3 }, () => expect.objectContaining(first)));
  });

  it('stands first in the pool while it is owed, Trust Buy first among equals', async () => {
    await alliance.database.rows(
      sql`update trust_policy set admission_lines = 0, admission_score = 0, expulsion_score = 0`,
    );
    await world.tx((tx) => joinTrustBuy(tx, products[2]!.brandId, EARLY));
    const [best] = await pool();
    expect(best).toBe(2);
    await report(operator, [shown(2, 1), shown(0, 100)]);
    expect(await pool()).toEqual([1, 2, 0]);
  });

  it('grows with what converts, and what is new has its base exposure all the same', async () => {
    await report(operator, [shown(0, 900), shown(1, 1000)]);
    const [{ brandId, code }] = products as [MadeProduct];
    await world.ingest(
      brandId,
      Array.from({ length: 30 }, (_, i) =>
        event(brandId, 'PLACED', `T${i}`, { occurredAt: clock.now(), placed: placed(code) }),
      ),
      clock.now(),
    );
    clock.set('2026-06-20T16:00:00.000Z');
    expect(await allotDay(alliance.database, clock.now())).toEqual({ products: 3 });
    const common = {
      day: '2026-06-21',
      commonConversionsPerMillion: '14992',
      policyVersion: 1,
      isHead: false,
    };
    expect(await exposures()).toEqual([
      {
        ...common,
        tier: 1,
        reason: 'CLIMBED',
        allotted: '1401',
        owed: '1401',
        shown: '1000',
        recentShown: '1000',
        recentConversions: '30',
        conversionsPerMillion: '28635',
      },
      {
        ...common,
        tier: 0,
        reason: 'KEPT',
        allotted: '300',
        owed: '300',
        shown: '1000',
        recentShown: '1000',
        recentConversions: '0',
        conversionsPerMillion: '1362',
      },
      {
        ...common,
        tier: 0,
        reason: 'BASE',
        allotted: '300',
        owed: '300',
        shown: '1',
        recentShown: '1',
        recentConversions: '0',
        conversionsPerMillion: '14843',
      },
    ]);
    expect(await pool()).toEqual([0, 2, 1]);
    await report(operator, [shown(0, 1401)]);
    expect(await pool()).toEqual([2, 1, 0]);
  });

  it('tells everybody how even it is', async () => {
    const creator = await alliance.memberOf(await world.creator());
    const { data } = await creator.query(
      '{ exposureAllotments { nodes { day products capacity allotted gini nonHeadShare policyVersion } } }',
    );
    expect(data.exposureAllotments.nodes).toEqual([
      {
        day: '2026-06-21',
        products: 3,
        capacity: '2001',
        allotted: '2001',
        gini: 3669,
        nonHeadShare: 10_000,
        policyVersion: 1,
      },
      {
        day: '2026-06-20',
        products: 3,
        capacity: '900',
        allotted: '900',
        gini: 0,
        nonHeadShare: 10_000,
        policyVersion: 1,
      },
    ]);
  });

  it('leaves a brand that sells very much what the share of the others leaves', async () => {
    await world.tx((tx) =>
      tx.rows(sql`update pool_entry set sales = 100000 where product_id = ${products[0]!.id}`),
    );
    clock.set('2026-06-21T16:00:00.000Z');
    await allotDay(alliance.database, clock.now());
    const [first, ...others] = await exposures();
    expect(first.isHead).toBe(true);
    const [given, rest] = [
      BigInt(first.allotted),
      others.map(({ allotted }: { allotted: string }) => BigInt(allotted)),
    ];
    expect(given * 10n).toBeLessThanOrEqual(
      3n * rest.reduce((sum: bigint, amount: bigint) => sum + amount, given),
    );
  });
});

describe('exposuresReport', () => {
  const keyOf = async (partyId: string) => {
    const scopes = ['orders:write'] as const;
    const { token } = await world.tx((tx) =>
      createApiKey(tx, { partyId, name: 'Shop', scopes }, 'test', new Date()),
    );
    return alliance.withHeader(`Bearer ${token}`);
  };

  it('is for operators and for keys with orders:write, each for its own brand', async () => {
    const one = [shown(1, 5)];
    const counted = async (caller: Caller) => (await report(caller, one)).result?.counted;
    expect(await counted(operator)).toBe('5');
    expect(await counted(await keyOf(products[1]!.brandId))).toBe('5');
    expect(await counted(await keyOf(products[0]!.brandId))).toBe('0');
    expect(said(await report(await alliance.memberOf(products[1]!.brandId), one))).toBe('NotFoundError');
  });

  it('counts once what is repeated under one key, and all of what comes at once', async () => {
    const read = async () => {
      const [row] = await alliance.database.rows(
        sql<{ shown: bigint }>`select shown from exposure_total where product_id = ${products[1]!.id}`,
      );
      return row?.shown ?? 0n;
    };
    const before = await read();
    const input = { exposures: [shown(1, 7), shown(1, 4)], idempotencyKey: 'the-same-report' };
    for (let i = 0; i < 2; i++) {
      expect((await act(operator, 'exposuresReport', input, 'counted')).result).toEqual({ counted: '11' });
    }
    expect((await read()) - before).toBe(11n);
    const exposure = (i: number) => ({ productId: products[i]!.id, count: 1, shownAt: clock.now() });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        world.tx((tx) =>
          reportExposures(tx, i % 2 === 0 ? [exposure(0), exposure(1)] : [exposure(1), exposure(0)]),
        ),
      ),
    );
    expect((await read()) - before).toBe(51n);
  });

  it.each([
    ['no products', () => []],
    ['nothing shown', () => [shown(0, 0)]],
    ['too much', () => [shown(0, 1_000_001)]],
    ['a time to come', () => [shown(0, 1, { shownAt: '2999-01-01T00:00:00Z' })]],
    ['1,001 products', () => Array.from({ length: 1001 }, () => shown(0, 1))],
  ])('refuses %s', async (_what, given) => {
    expect(said(await report(operator, [...given()]))).toBe('InvalidInput');
  });
});

describe('the rules of exposure', () => {
  const change = (caller: Caller, input: object) =>
    act(caller, 'trafficPolicyChange', input, 'version giniLimit');

  it('are those of the simulator at first', async () => {
    const { data } = await operator.query(
      '{ trafficPolicy { version tierExposures climb fall giniLimit nonHeadShare headSales } }',
    );
    const { tierExposures, climbBp: climb, fallBp: fall, headSales } = FIRST_TRAFFIC_RULES;
    const { giniLimitBp: giniLimit, nonHeadShareBp: nonHeadShare } = FIRST_TRAFFIC_RULES;
    expect(data.trafficPolicy).toEqual({
      version: 1,
      tierExposures,
      climb,
      fall,
      giniLimit,
      nonHeadShare,
      headSales,
    });
  });

  it.each([
    ['tiers that do not rise', { tierExposures: [300, 300] }, 'tierExposures'],
    ['no tier', { tierExposures: [] }, 'tierExposures'],
    ['a base of nothing', { tierExposures: [0, 1] }, 'tierExposures'],
    ['eleven tiers', { tierExposures: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }, 'tierExposures'],
    ['climbing below all', { climb: 9_999 }, 'climb'],
    ['falling above all', { fall: 10_001 }, 'fall'],
    ['no sales', { headSales: 0 }, 'headSales'],
  ])('refuse %s', async (_what, input, field) => {
    const { userErrors } = await change(operator, input);
    expect(userErrors).toMatchObject([{ __typename: 'InvalidInput', path: ['input', field] }]);
  });

  it('change by operators alone, and hold from the next allotment on', async () => {
    const brand = await alliance.memberOf(products[0]!.brandId);
    expect((await change(brand, { giniLimit: 1000 })).code).toBe('FORBIDDEN');
    expect((await change(operator, { giniLimit: 1000 })).result).toEqual({ version: 2, giniLimit: 1000 });
    expect(said(await change(operator, { giniLimit: 1000 }))).toBe('InvalidInput');
    clock.set('2026-06-22T16:00:00.000Z');
    await allotDay(alliance.database, clock.now());
    const { data } = await operator.query(
      '{ exposureAllotments(first: 1) { nodes { policyVersion gini } } }',
    );
    expect(data.exposureAllotments.nodes[0].policyVersion).toBe(2);
    expect(data.exposureAllotments.nodes[0].gini).toBeLessThanOrEqual(1000);
    const versions = await operator.query('{ trafficPolicies { nodes { version validTo } } }');
    expect(versions.data.trafficPolicies.nodes).toEqual([
      { version: 2, validTo: null },
      { version: 1, validTo: expect.any(String) },
    ]);
  });
});
