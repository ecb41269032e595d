import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, said } from '../api/act.ts';
import type { Json } from '../kit/alliance.ts';
import { event, placed } from '../kit/world.ts';
import { ADDRESS, after, DAY, SampleWorld } from './sample-world.ts';

let samples: SampleWorld;

beforeAll(async () => {
  samples = await SampleWorld.make();
});

afterAll(() => samples.close());

const now = () => samples.clock.now().toISOString();
const db = () => samples.alliance.database;

const RULE = `{ node(id: "ID") { ... on Product { sampleRule { id approval shortFalls minFollowers minGmv { minorUnits currencyCode }
  minCompletedOrders priceCap { amount } quota left perCreator daysToShip daysForContent contentWanted createdAt closedAt } } } }`;

async function ruleOf(productId: string, caller = samples.brand): Promise<Json> {
  const { data } = await caller.query(RULE.replace('ID', toGlobalId('Product', productId)));
  return data.node.sampleRule;
}

describe('sampleRuleSet', () => {
  it('offers samples under what it says, and under the defaults where it is silent', async () => {
    const product = await samples.product(null);
    expect(await ruleOf(product.id)).toBeNull();
    expect(said(await samples.rule(product, { quota: 3 }))).toBe('DONE');
    const { caller } = await samples.creator();
    expect(await ruleOf(product.id, caller)).toEqual({
      id: expect.stringMatching(/^SampleRule_/),
      approval: 'MANUAL',
      shortFalls: 'REVIEWED',
      minFollowers: '0',
      minGmv: { minorUnits: '0', currencyCode: 'CNY' },
      minCompletedOrders: 0,
      priceCap: null,
      quota: 3,
      left: 3,
      perCreator: 1,
      daysToShip: 7,
      daysForContent: 14,
      contentWanted: 'ANY',
      createdAt: now(),
      closedAt: null,
    });
  });

  it('closes the rule before it; what was asked for under that one goes on by it', async () => {
    const product = await samples.product({ quota: 1, daysToShip: 3 });
    const asked = await samples.ask(await samples.creator(), product);
    const before = await ruleOf(product.id);
    samples.clock.advance(1000);
    await samples.rule(product, { quota: 5, daysToShip: 9 });
    expect(await ruleOf(product.id)).toMatchObject({ quota: 5, left: 5, daysToShip: 9 });
    const approved = await samples.approve(asked.result.id);
    expect(approved.result.shipDueAt).toBe(after(now(), 3 * DAY));
    expect(await samples.taken(product.id)).toEqual([1, 0]);
    const { rule } = await samples.read(asked.result.id, 'rule { id left closedAt }');
    expect(rule).toEqual({ id: before.id, left: 0, closedAt: now() });
  });

  it.each([
    ['quota', { quota: 0 }],
    ['quota', { quota: 1_000_001 }],
    ['minFollowers', { minFollowers: '-1' }],
    ['minGmvMinor', { minGmvMinor: '1000000000000001' }],
    ['minCompletedOrders', { minCompletedOrders: -1 }],
    ['priceCapMinor', { priceCapMinor: '0' }],
    ['perCreator', { perCreator: 0 }],
    ['perCreator', { perCreator: 101 }],
    ['daysToShip', { daysToShip: 31 }],
    ['daysForContent', { daysForContent: 0 }],
  ])('refuses a bad %s and leaves the rule as it is', async (field, bad) => {
    const product = await samples.product({ quota: 2 });
    const { refused, userErrors } = await samples.rule(product, bad);
    expect([refused, userErrors[0].path]).toEqual([['InvalidInput'], ['input', field]]);
    expect(await ruleOf(product.id)).toMatchObject({ quota: 2, closedAt: null });
  });

  it('is for the brand of the product', async () => {
    const product = await samples.product(null);
    const stranger = await samples.alliance.memberOf(await samples.world.brand());
    const viewer = await samples.alliance.memberOf(samples.brandId, undefined, 'VIEWER');
    for (const caller of [stranger, viewer, (await samples.creator()).caller]) {
      expect(said(await samples.rule(product, {}, caller))).toBe('NotFoundError');
    }
    expect(said(await samples.rule(product, {}, samples.operator))).toBe('DONE');
  });

  it('of twenty at once leaves one rule live, and tells the others', async () => {
    const product = await samples.product(null);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => samples.rule(product)));
    const answers = new Set(outcomes.map(said));
    expect([...answers].filter((answer) => !['DONE', 'StateConflict'].includes(answer))).toEqual([]);
    expect(answers).toContain('DONE');
    const [live] = await db().rows(sql<{ n: number }>`
      select count(*)::int as n from sample_rule where product_id = ${product.id} and closed_at is null`);
    expect(live?.n).toBe(1);
  });
});

describe('sampleRuleClose', () => {
  it('offers no more, once, and lets go on what was asked for', async () => {
    const product = await samples.product();
    const asked = await samples.ask(await samples.creator(), product);
    const { id } = await ruleOf(product.id);
    const stranger = await samples.alliance.memberOf(await samples.world.brand());
    expect(said(await act(stranger, 'sampleRuleClose', { sampleRuleId: id }))).toBe('NotFoundError');
    const closed = await act(samples.brand, 'sampleRuleClose', { sampleRuleId: id }, 'id closedAt');
    expect(closed.result).toEqual({ id, closedAt: now() });
    const again = await act(samples.brand, 'sampleRuleClose', { sampleRuleId: id });
    expect([again.refused, again.userErrors[0].state]).toEqual([['StateConflict'], 'CLOSED']);
    const other = await samples.ask(await samples.creator(), product);
    expect([other.refused, other.userErrors[0].state]).toEqual([['StateConflict'], 'NO_SAMPLES']);
    expect(said(await samples.approve(asked.result.id))).toBe('DONE');
  });
});

describe('the pool', () => {
  it('is narrowed to what samples are offered of, and to what none are', async () => {
    const brandId = toGlobalId('Brand', samples.brandId);
    const product = await samples.product({ quota: 1, approval: 'AUTOMATIC' });
    const without = await samples.product(null);
    const pool = async (sampleOffered: boolean): Promise<string[]> => {
      const { data } = await samples.brand.query(
        'query ($filter: PoolFilterInput) { productPool(first: 100, filter: $filter) { nodes { id } } }',
        { filter: { brandId, sampleOffered } },
      );
      return data.productPool.nodes.map(({ id }: Json) => id);
    };
    const [offered, not] = [toGlobalId('Product', product.id), toGlobalId('Product', without.id)];
    expect(await pool(true)).toContain(offered);
    expect(await pool(true)).not.toContain(not);
    expect(await pool(false)).toContain(not);
    expect(await pool(false)).not.toContain(offered);
    await samples.ask(await samples.creator(), product);
    expect(await pool(true)).not.toContain(offered);
    expect(await pool(false)).toContain(offered);
  });
});

describe('asking', () => {
  it('under an AUTOMATIC rule is approved at once, and both sides are told', async () => {
    const creator = await samples.creator();
    const product = await samples.product({ approval: 'AUTOMATIC', minFollowers: '1000' });
    const { result } = await samples.ask(creator, product);
    expect(result).toMatchObject({
      state: 'APPROVED',
      automatic: true,
      approvedAt: now(),
      shipDueAt: after(now(), 7 * DAY),
    });
    const told = [{ kind: 'SAMPLE_APPROVED', to: [samples.brandId, creator.id].sort(), data: {} }];
    expect(await samples.news(result.id)).toEqual(told);
    expect(await samples.taken(product.id)).toEqual([1]);
  });

  it('waits for the brand where the creator falls short, or is refused, as the rule says', async () => {
    const wants = { minFollowers: '1001', minGmvMinor: '1', minCompletedOrders: 1 };
    const reviewed = await samples.product({ approval: 'AUTOMATIC', ...wants });
    const { result } = await samples.ask(await samples.creator(), reviewed);
    expect(result).toMatchObject({ state: 'PENDING', automatic: false });
    const { figures } = await samples.read(result.id, 'figures { followers shortOf overdueSamples }');
    const shortOf = ['FOLLOWERS', 'GMV', 'COMPLETED_ORDERS'];
    expect(figures).toEqual({ followers: '1000', shortOf, overdueSamples: 0 });
    const refused = await samples.product({ approval: 'AUTOMATIC', shortFalls: 'REFUSED', ...wants });
    const creator = await samples.creator();
    const { data } = await creator.caller.query(
      `mutation ($input: SampleRequestInput!) { sampleRequest(input: $input) { sampleRequest { id }
        userErrors { __typename ... on SampleRequirementsUnmet { path shortOf } } } }`,
      {
        input: {
          creatorId: toGlobalId('Creator', creator.id),
          productId: toGlobalId('Product', refused.id),
          skuId: toGlobalId('Sku', refused.skuId),
          address: ADDRESS,
          idempotencyKey: 'falls-short',
        },
      },
    );
    expect(data.sampleRequest).toEqual({
      sampleRequest: null,
      userErrors: [{ __typename: 'SampleRequirementsUnmet', path: ['input', 'productId'], shortOf }],
    });
  });

  it('counts what was sold in 30 days, in the currency, paid and not cancelled, and orders that were received', async () => {
    const creator = await samples.creator();
    const sold = await samples.product(null);
    const linkCode = await samples.world.link(creator.id, sold);
    const order = (
      orderNo: string,
      days: number,
      kinds: ('PAID' | 'CANCELLED' | 'RECEIVED')[],
      lineNo = 1,
    ) => {
      const occurredAt = new Date(after(now(), -days * DAY));
      const first = event(sold.brandId, 'PLACED', orderNo, {
        eventId: `${orderNo}/${lineNo}`,
        lineNo,
        occurredAt,
        placed: placed(sold.code, { linkCode }),
      });
      const rest = kinds.map((kind) =>
        event(sold.brandId, kind, orderNo, { eventId: `${orderNo}/${lineNo}/${kind}`, lineNo, occurredAt }),
      );
      return [first, ...rest];
    };
    const events = [
      ...order('F1', 1, ['PAID', 'RECEIVED']),
      ...order('F1', 1, ['PAID', 'RECEIVED'], 2),
      ...order('F2', 29, ['PAID']),
      ...order('F3', 2, ['PAID', 'CANCELLED']),
      ...order('F4', 2, []),
      ...order('F5', 30, ['PAID', 'RECEIVED']),
    ];
    const answers = await samples.world.ingest(sold.brandId, events, samples.clock.now());
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['APPLIED']));
    const product = await samples.product();
    const { result } = await samples.ask(creator, product);
    const { figures } = await samples.read(
      result.id,
      'figures { gmv { minorUnits currencyCode } completedOrders }',
    );
    expect(figures).toEqual({ gmv: { minorUnits: '30000', currencyCode: 'CNY' }, completedOrders: 1 });
  });

  it('is no longer approved automatically with three samples overdue in 90 days', async () => {
    const creator = await samples.creator();
    for (let i = 0; i < 3; i++) {
      const { result } = await samples.ask(creator, await samples.product({ approval: 'AUTOMATIC' }));
      expect(result.state).toBe('APPROVED');
      await samples.ship(result.id);
    }
    samples.clock.advance(21 * DAY);
    await samples.upkeep();
    const waits = await samples.ask(creator, await samples.product({ approval: 'AUTOMATIC' }));
    expect(waits.result).toMatchObject({ state: 'PENDING' });
    expect(await samples.read(waits.result.id, 'figures { overdueSamples }')).toEqual({
      figures: { overdueSamples: 3 },
    });
    samples.clock.advance(90 * DAY);
    await samples.upkeep();
    const again = await samples.ask(creator, await samples.product({ approval: 'AUTOMATIC' }));
    expect(again.result).toMatchObject({ state: 'APPROVED' });
  });

  it('is for SKUs up to the price cap', async () => {
    const cheap = await samples.product({ priceCapMinor: '5000' }, 5000n);
    const dear = await samples.product({ priceCapMinor: '5000' }, 5001n);
    expect(said(await samples.ask(await samples.creator(), cheap))).toBe('DONE');
    const { refused, userErrors } = await samples.ask(await samples.creator(), dear);
    expect([refused, userErrors[0].path]).toEqual([['InvalidInput'], ['input', 'skuId']]);
    expect(userErrors[0].message).toContain('50.00 CNY');
    const skuId = toGlobalId('Sku', dear.skuId);
    expect(said(await samples.ask(await samples.creator(), cheap, { skuId }))).toBe('NotFoundError');
  });

  it('is done once at a time and product, and so often as the brand says', async () => {
    const creator = await samples.creator();
    const product = await samples.product({ perCreator: 2, approval: 'AUTOMATIC' });
    const first = await samples.ask(creator, product);
    const twice = await samples.ask(creator, product);
    expect([twice.refused, twice.userErrors[0].state]).toEqual([['StateConflict'], 'OPEN_ALREADY']);
    const fulfil = async (id: string) => {
      await samples.ship(id);
      const content = { title: '好物', url: 'https://v.example.com/2' };
      expect(said(await samples.move(creator.caller, 'sampleContentSubmit', id, content))).toBe('DONE');
    };
    await fulfil(first.result.id);
    await fulfil((await samples.ask(creator, product)).result.id);
    const third = await samples.ask(creator, product);
    expect([third.refused, third.userErrors[0].state]).toEqual([['StateConflict'], 'NUMBER_REACHED']);
    expect(await samples.taken(product.id)).toEqual([2]);
  });

  it('at ten times at once is done once', async () => {
    const creator = await samples.creator();
    const product = await samples.product({ perCreator: 5 });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => samples.ask(creator, product)));
    const counts = Object.groupBy(outcomes.map(said), (text) => text);
    expect([counts.DONE?.length, counts.StateConflict?.length]).toEqual([1, 9]);
  });

  it('needs a product in the pool that is offered to the creator', async () => {
    const creator = await samples.creator();
    const suspended = await samples.product();
    await act(samples.brand, 'productSuspend', { productId: toGlobalId('Product', suspended.id) });
    const exclusive = await samples.world.product({ brandId: samples.brandId });
    await samples.world.plan(exclusive, { kind: 'EXCLUSIVE', creatorIds: [(await samples.creator()).id] });
    await samples.rule(exclusive);
    const draft = await samples.world.product({ brandId: samples.brandId, draft: true });
    await samples.rule(draft);
    const answers = [];
    for (const product of [suspended, exclusive]) {
      const { userErrors } = await samples.ask(creator, product);
      answers.push(userErrors.map(({ __typename, state }: Json) => `${__typename} ${state}`));
    }
    expect(answers).toEqual([['StateConflict SUSPENDED'], ['StateConflict NO_OFFER']]);
    expect(said(await samples.ask(creator, draft))).toBe('NotFoundError');
  });

  it('is for the creator, for managers and owners, and takes effect once per key', async () => {
    const creator = await samples.creator();
    const product = await samples.product();
    const viewer = await samples.alliance.memberOf(creator.id, undefined, 'VIEWER');
    for (const caller of [viewer, samples.brand, (await samples.creator()).caller]) {
      expect(said(await samples.ask({ id: creator.id, caller }, product))).toBe('NotFoundError');
    }
    const key = { idempotencyKey: 'my-only-sample' };
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => samples.ask(creator, product, key)));
    expect(new Set(outcomes.map(({ result }) => result?.id)).size).toBe(1);
    const other = await samples.ask(creator, product, { ...key, address: { ...ADDRESS, recipient: '别人' } });
    expect(other.refused).toEqual(['IdempotencyKeyReused']);
  });

  it('is refused between two of whom one has blocked the other, and so is the approval', async () => {
    const asked = await samples.requestIn('PENDING');
    const creator = await samples.creator();
    for (const id of [asked.creator.id, creator.id]) {
      await db().rows(sql`insert into party_block
        (id, blocker_id, blocked_id, reason, blocked_at, takes_effect_at, running_until)
        values (gen_random_uuid(), ${samples.brandId}, ${id}, '刷单', ${now()}, ${now()}, ${now()})`);
    }
    expect(said(await samples.ask(creator, await samples.product()))).toBe('Blocked');
    expect(said(await samples.approve(asked.id))).toBe('Blocked');
    expect(said(await samples.move(samples.brand, 'sampleReject', asked.id, { reason: '已拉黑' }))).toBe(
      'DONE',
    );
  });
});
