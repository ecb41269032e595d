import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { foundBelt } from '../../src/features/agency/index.ts';
import { countInsight } from '../../src/features/insight/index.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act } from '../api/act.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { caughtUp } from '../kit/feed.ts';
import { event, placed } from '../kit/world.ts';
import { FIELDS, plain, RANGE, type Sale } from './insight-fields.ts';
import { alliance, clock, hours, makeScene, openInsight, type Scene, world } from './insight-scene.ts';

openInsight();

let scene: Scene;
let callers: Record<'brand' | 'creator' | 'manager' | 'recruiter' | 'operator' | 'stranger', Caller>;

/** The figures of an object of a scene, plain: money as minor units, all counts as numbers. */
async function figures(
  caller: Caller,
  [type, id]: readonly [type: string, id: string],
  args: string,
  fields = FIELDS,
): Promise<Json[]> {
  const query = `query ($id: ID!) { node(id: $id) { ... on ${type} { insight(${args}) { nodes { ${fields} } } } } }`;
  const { data, errors } = await caller.query(query, { id: toGlobalId(type, id) });
  expect(errors).toBeUndefined();
  return data.node.insight.nodes.map(plain);
}

async function sell(sale: Sale): Promise<void> {
  const { no, product = 0, creator = 0, hour = 0, lineNo = 1, detail, after = [], refundMinor } = sale;
  const link = creator === null ? null : (scene.links[product]?.[creator] ?? null);
  const told = (kind: OrderEvent['kind'], at: number, more: Partial<OrderEvent> = {}) =>
    event(scene.brandId, kind, no, {
      eventId: `${no}/${lineNo}/${kind}`,
      lineNo,
      occurredAt: hours(at),
      ...more,
    });
  const code = scene.goods[product]?.code ?? '';
  const events = [
    told('PLACED', hour, { placed: placed(code, { linkCode: link, ...detail }) }),
    told('PAID', hour),
    ...after.map((kind, i) => told(kind, hour + i + 1)),
    ...(refundMinor === undefined
      ? []
      : [told('REFUNDED', hour + 4, { refund: { amountMinor: refundMinor, quantity: 0 } })]),
  ];
  const answers = await world.ingest(scene.brandId, events, clock.now());
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
}

async function count(): Promise<void> {
  await caughtUp(alliance.database);
  await countInsight(alliance.database, clock.now());
}

beforeAll(async () => {
  clock.set(hours(20));
  scene = await makeScene();
  callers = {
    brand: await alliance.memberOf(scene.brandId),
    creator: await alliance.memberOf(scene.creators[0] ?? ''),
    manager: await alliance.memberOf(scene.manager),
    recruiter: await alliance.memberOf(scene.recruiter),
    operator: await alliance.memberOf(alliance.id),
    stranger: await alliance.memberOf(await world.brand()),
  };
  // Tuesday: by a managed creator, of whom 25.00 come back; the brand's own broadcast; a boost; an exclusive product; nobody's.
  await sell({ no: 'A', after: ['SHIPPED', 'RECEIVED'], refundMinor: 2500n });
  await sell({ no: 'B', creator: 1 });
  await sell({ no: 'C', detail: { boosted: true, buyerRef: 'buyer-2' } });
  await sell({ no: 'D', product: 2, creator: 2, detail: { buyerRef: 'buyer-3' } });
  await sell({ no: 'E', creator: null, detail: { buyerRef: 'buyer-4', quantity: 3 } });
  // Called off before shipping: no return.
  await sell({ no: 'F', after: ['CANCELLED'] });
  // An order over midnight, with a line of the recruited and one of the event's product; one in the session.
  await sell({ no: 'G', product: 1, hour: 3, detail: { buyerRef: 'buyer-2' } });
  await sell({ no: 'G', product: 3, hour: 5, lineNo: 2, detail: { buyerRef: 'buyer-2' } });
  await sell({
    no: 'H',
    creator: null,
    hour: 5,
    detail: { liveSessionId: scene.sessionId, buyerRef: 'buyer-5' },
  });
  await count();
});

describe('the figures of a brand', () => {
  it('are counted by the day on which lines were placed, an order on its first day', async () => {
    const [tuesday, wednesday, ...others] = await figures(callers.brand, ['Brand', scene.brandId], RANGE);
    expect(others).toEqual([]);
    expect(tuesday).toMatchObject({
      ...{ from: '2026-06-16', to: '2026-06-16', eventCode: null, officialEventId: null },
      ...{ gmv: 60_000, refunded: 2500, orders: 6, orderLines: 6, units: 8 },
      ...{ returnedLines: 1, cancelledLines: 1, returnRate: 1666 },
      ...{ buyers: 4, repeatBuyers: 2, repurchaseRate: 5000, valuePerOrder: 10_000, valuePerFan: null },
      // 2000 of four lines and 3000 of the exclusive one; of A a quarter comes back.
      ...{ accruedCommission: 11_000, estimatedCommission: 10_500 },
      ...{ accruedServiceFee: 300, estimatedServiceFee: 300 },
      effectiveCommissionRate: Math.floor((10_500 * 10_000) / 57_500),
      takenApart: null,
      countedAt: hours(20).toISOString(),
    });
    expect(tuesday.paths).toEqual([
      { path: 'CHANNEL_EXCLUSIVE', share: 1667, gmv: 10_000 },
      { path: 'SELF_BROADCAST', share: 1667, gmv: 10_000 },
      { path: 'PUBLIC_TRAFFIC', share: 1667, gmv: 10_000 },
      { path: 'DISTRIBUTION', share: 3333, gmv: 20_000 },
      { path: 'PRIVATE_TRAFFIC', share: 1666, gmv: 10_000 },
    ]);
    expect(wednesday).toMatchObject({ from: '2026-06-17', gmv: 20_000, orders: 1, orderLines: 2, buyers: 1 });
  });

  it('add up by week and over all days, with buyers counted once', async () => {
    const days = await figures(callers.brand, ['Brand', scene.brandId], RANGE);
    const sumOf = (name: string) => days.reduce((sum, day) => sum + day[name], 0);
    const whole = ['gmv', 'refunded', 'orders', 'orderLines', 'units', 'returnedLines', 'cancelledLines'];
    const sums = Object.fromEntries(whole.map((name) => [name, sumOf(name)]));
    const [week, ...weeks] = await figures(callers.brand, ['Brand', scene.brandId], `${RANGE}, by: WEEK`);
    expect(weeks).toEqual([]);
    expect(week).toMatchObject({ ...sums, from: '2026-06-15', to: '2026-06-21', buyers: 5, repeatBuyers: 2 });
    const [period, ...periods] = await figures(
      callers.brand,
      ['Brand', scene.brandId],
      'from: "2026-06-16", to: "2026-06-17", by: PERIOD',
    );
    expect(periods).toEqual([]);
    expect(period).toMatchObject({
      ...sums,
      from: '2026-06-16',
      to: '2026-06-17',
      buyers: 5,
      repeatBuyers: 2,
    });
  });

  it('are by event what its boards say', async () => {
    const id = toGlobalId('OfficialEvent', scene.eventId);
    for (const [caller, of, board] of [
      [callers.brand, ['Brand', scene.brandId], 'BRANDS'],
      [callers.creator, ['Creator', scene.creators[0] ?? ''], 'CREATORS'],
    ] as const) {
      const [inEvent, ...others] = await figures(caller, of, `${RANGE}, by: EVENT`);
      expect(others).toEqual([]);
      expect(inEvent).toMatchObject({
        officialEventId: id,
        orders: 1,
        orderLines: 1,
        buyers: 1,
        gmv: 10_000,
      });
      const { data } = await caller.query(
        `query ($id: ID!) { node(id: $id) { ... on OfficialEvent { code standings(board: ${board}) {
          nodes { amount { minorUnits } party { organisationId } } } } } }`,
        { id },
      );
      expect(data.node.code).toBe(inEvent.eventCode);
      expect(data.node.standings.nodes.map(plain)).toEqual([
        { amount: inEvent.gmv - inEvent.refunded, party: { organisationId: toGlobalId(of[0], of[1]) } },
      ]);
    }
  });

  it('are divided by product and creator, what sold most first, and page by page', async () => {
    const parts = async (args: string) => {
      const query = `query ($id: ID!) { node(id: $id) { ... on Brand { insightParts(${RANGE}, ${args}) {
        pageInfo { endCursor } nodes { gmv { minorUnits } orderLines estimatedCommission { minorUnits }
          estimatedServiceFee { minorUnits } effectiveCommissionRate returnRate product { id } creator { id } } } } } }`;
      const { data, errors } = await callers.brand.query(query, { id: toGlobalId('Brand', scene.brandId) });
      expect(errors).toBeUndefined();
      return data.node.insightParts;
    };
    const { nodes: products } = await parts('by: PRODUCT');
    expect(products.map(plain)).toMatchObject([
      {
        gmv: 50_000,
        orderLines: 5,
        product: { id: toGlobalId('Product', scene.goods[0]?.id ?? '') },
        creator: null,
      },
      ...[{ gmv: 10_000 }, { gmv: 10_000 }, { gmv: 10_000 }],
    ]);
    const { nodes: creators } = await parts('by: CREATOR');
    // A, C, both lines of G and H; of A a quarter came back.
    expect(plain(creators[0])).toMatchObject({
      ...{
        gmv: 50_000,
        orderLines: 5,
        returnRate: 2000,
        estimatedCommission: 9500,
        estimatedServiceFee: 300,
      },
      effectiveCommissionRate: 2000,
      creator: { id: toGlobalId('Creator', scene.creators[0] ?? '') },
    });
    const { nodes: pairs } = await parts('by: PRODUCT_AND_CREATOR');
    expect(pairs).toHaveLength(6);
    const seen: Json[] = [];
    for (let after: string | null = null; seen.length < 6; ) {
      const { nodes, pageInfo } = await parts(
        `by: PRODUCT_AND_CREATOR, first: 2${after === null ? '' : `, after: "${after}"`}`,
      );
      expect(nodes).toHaveLength(2);
      seen.push(...nodes);
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(pairs);
  });

  it('come page by page', async () => {
    const query = `query ($id: ID!, $after: String) { node(id: $id) { ... on Brand { insight(${RANGE}, first: 1, after: $after) {
      pageInfo { endCursor hasNextPage } nodes { from } } } } }`;
    const days: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data }: Json = await callers.brand.query(query, {
        id: toGlobalId('Brand', scene.brandId),
        after,
      });
      days.push(...data.node.insight.nodes.map(({ from }: Json) => from));
      ({ endCursor: after, hasNextPage: more } = data.node.insight.pageInfo);
    }
    expect(days).toEqual(['2026-06-16', '2026-06-17']);
  });
});

describe('the figures of others', () => {
  it('of a creator are what is credited, with what the creator keeps, the value of a fan, and sessions taken apart', async () => {
    const report = { liveSessionId: toGlobalId('LiveSession', scene.sessionId), viewers: '120' };
    const { userErrors } = await act(callers.creator, 'liveViewersReport', {
      ...report,
      watchedSeconds: '72000',
    });
    expect(userErrors).toEqual([]);
    // In the session, by its own evidence; the link of the order before named none.
    for (const [i, no] of ['S', 'T'].entries())
      await sell({
        no,
        creator: null,
        hour: 6,
        detail: { liveSessionId: scene.sessionId, buyerRef: 'fan', quantity: i + 1 },
      });
    await count();
    const [period] = await figures(
      callers.creator,
      ['Creator', scene.creators[0] ?? ''],
      'from: "2026-06-16", to: "2026-06-17", by: PERIOD',
    );
    expect(period).toMatchObject({
      ...{
        gmv: 70_000,
        refunded: 2500,
        orders: 6,
        orderLines: 7,
        cancelledLines: 1,
        buyers: 4,
        repeatBuyers: 2,
      },
      // The followers are 1,000. Of 2000 the alliance has a tenth and of the rest the manager a fifth; of A a quarter comes back.
      ...{
        valuePerFan: 70,
        accruedCommission: 7 * 1440,
        estimatedCommission: 7 * 1440 - 360,
        accruedServiceFee: 0,
      },
    });
    const { factors, ...apart } = period.takenApart;
    expect(apart).toEqual({
      ...{ liveSessions: 1, viewers: 120, watchedSeconds: 72_000, buyers: 2, orders: 3 },
      gmv: 30_000,
    });
    const product = factors.reduce(
      (sum: number, { numerator, denominator }: Json) => (sum * numerator) / denominator,
      1,
    );
    expect(Math.round(product)).toBe(30_000);
    expect(factors).toEqual([
      { name: 'VIEWERS', numerator: 120, denominator: 1 },
      { name: 'WATCH_TIME', numerator: 72_000, denominator: 432_000 },
      { name: 'BUYERS_PER_HOUR', numerator: 7200, denominator: 72_000 },
      { name: 'REPURCHASE', numerator: 3, denominator: 2 },
      { name: 'VALUE_PER_ORDER', numerator: 30_000, denominator: 3 },
    ]);
    // The agency sees the same orders by its contract, and not what the platform tells of viewers.
    const [seen] = await figures(
      callers.manager,
      ['Creator', scene.creators[0] ?? ''],
      'from: "2026-06-16", to: "2026-06-17", by: PERIOD',
    );
    expect(seen).toEqual({ ...period, takenApart: null });
  });

  it('of an agency are those of the lines that pay it', async () => {
    const [recruited] = await figures(callers.recruiter, ['Agency', scene.recruiter], `${RANGE}, by: PERIOD`);
    expect(recruited).toMatchObject({ gmv: 10_000, orders: 1, estimatedCommission: 270, takenApart: null });
    const [managed] = await figures(callers.manager, ['Agency', scene.manager], `${RANGE}, by: PERIOD`);
    expect(managed).toMatchObject({ gmv: 70_000, orders: 6, estimatedCommission: 7 * 360 - 90 });
  });

  it('of the alliance are those of all brands, for operators', async () => {
    const [all] = await figures(callers.operator, ['Alliance', alliance.id], `${RANGE}, by: PERIOD`);
    const [brand] = await figures(callers.operator, ['Brand', scene.brandId], `${RANGE}, by: PERIOD`);
    expect({ ...all, takenApart: null }).toEqual(brand);
    expect(all.takenApart).toMatchObject({ liveSessions: 1, gmv: 30_000 });
  });

  it('of a belt are those of its brands since they have joined, and nothing of fewer than three to its agency', async () => {
    const agencyId = await world.agency();
    const belt = { name: `Belt ${agencyId}`, region: '浙江', about: '' };
    const beltId = await world.tx((tx) => foundBelt(tx, { ...belt, agencyId }));
    const agency = await alliance.memberOf(agencyId);
    const brands = [scene.brandId, await world.brand(), await world.brand()];
    const join = (brandId = '') =>
      alliance.database.rows(sql`update brand set belt_id = ${beltId} where id = ${brandId}`);
    const seen = (caller: Caller) =>
      figures(caller, ['IndustrialBelt', beltId], `${RANGE}, by: DAY`, 'from gmv { minorUnits }');
    for (const brandId of brands) await join(brandId);
    for (const brandId of brands.slice(1, 2)) await sellOf(brandId, 'X');
    await count();
    expect(await seen(agency)).toEqual([]);
    expect(await seen(callers.operator)).toEqual([
      { from: '2026-06-16', gmv: 70_000 },
      { from: '2026-06-17', gmv: 40_000 },
    ]);
    await sellOf(brands[2] ?? '', 'Y');
    await count();
    expect(await seen(agency)).toEqual([{ from: '2026-06-16', gmv: 80_000 }]);
    await alliance.database.rows(sql`
      insert into belt_join (id, belt_id, brand_id, state, message, asked_at, decided_at)
      values (gen_random_uuid(), ${beltId}, ${scene.brandId}, 'ACCEPTED', '', ${hours(0)}, ${hours(5)})`);
    expect(await seen(callers.operator)).toEqual([
      { from: '2026-06-16', gmv: 20_000 },
      { from: '2026-06-17', gmv: 40_000 },
    ]);
  });
});

/** An order of a brand on the evening, credited to nobody. */
async function sellOf(brandId: string, no: string): Promise<void> {
  const { code } = await world.product({ brandId });
  const about = { occurredAt: hours(0), eventId: `${no}/1` };
  const answers = await world.ingest(
    brandId,
    [
      event(brandId, 'PLACED', no, { ...about, placed: placed(code) }),
      event(brandId, 'PAID', no, { ...about, eventId: `${no}/2` }),
    ],
    clock.now(),
  );
  expect(answers.map(({ status }) => status)).toEqual(['APPLIED', 'APPLIED']);
}

describe('days that are none', () => {
  const code = async (args: string, field = 'insight') => {
    const query = `query ($id: ID!) { node(id: $id) { ... on Brand { ${field}(${args}) { nodes { orderLines } } } } }`;
    const { errors } = await callers.brand.query(query, { id: toGlobalId('Brand', scene.brandId) });
    return errors?.[0]?.extensions.code ?? 'DONE';
  };

  it.each(['insight', 'insightParts'])('are refused by %s, and changed nothing', async (field) => {
    expect(await code('from: "2026-01-01", to: "2027-02-04"', field)).toBe('DONE');
    expect(await code('from: "2026-01-01", to: "2027-02-05"', field)).toBe('BAD_USER_INPUT');
    expect(await code('from: "2026-06-17", to: "2026-06-16"', field)).toBe('BAD_USER_INPUT');
    expect(await code('from: "0001-01-01", to: "0001-01-02"', field)).toBe('BAD_USER_INPUT');
    expect(await code('from: "9999-12-31"', field)).toBe('BAD_USER_INPUT');
    expect(await code('from: "2026-02-30"', field)).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await code('to: "9998-12-31"', field)).toBe('DONE');
    expect(await code('', field).catch(() => 'syntax')).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('take the cursor of one way of putting together for no other', async () => {
    const query = `query ($id: ID!) { node(id: $id) { ... on Brand { insight(${RANGE}) { pageInfo { endCursor } } } } }`;
    const { data } = await callers.brand.query(query, { id: toGlobalId('Brand', scene.brandId) });
    const after = data.node.insight.pageInfo.endCursor;
    expect(await code(`${RANGE}, after: "${after}"`)).toBe('DONE');
    expect(await code(`${RANGE}, by: WEEK, after: "${after}"`)).toBe('BAD_USER_INPUT');
    expect(await code(`${RANGE}, after: "${after}"`, 'insightParts')).toBe('BAD_USER_INPUT');
  });
});

describe('who may see figures', () => {
  it.each([
    ['Brand', () => scene.brandId, ['brand', 'operator']],
    ['Creator', () => scene.creators[0], ['creator', 'manager', 'operator']],
    ['Agency', () => scene.recruiter, ['recruiter', 'operator']],
    ['Alliance', () => alliance.id, ['operator']],
  ] as const)('of a %s', async (type, id, allowed) => {
    const query = `query ($id: ID!) { node(id: $id) { ... on ${type} { insight { nodes { orders } } } } }`;
    const seen: string[] = [];
    for (const [name, caller] of Object.entries(callers)) {
      const { errors } = await caller.query(query, { id: toGlobalId(type, id() ?? '') });
      if (errors === undefined) seen.push(name);
      else expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    }
    expect(seen).toEqual(allowed);
  });
});
