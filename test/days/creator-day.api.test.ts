import { afterAll, beforeAll, expect, it } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { CHORES } from '../../src/worker/upkeep.ts';
import { act } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { type MadeProduct, World } from '../kit/world.ts';
import { told1By1, wire, wirePlaced } from '../order/wire.ts';

const MINUTE_MS = 60_000;
const ADDRESS = { recipient: '李雷', phone: '13800000000', region: '浙江省杭州市', lines: ['文三路 1 号'] };

let alliance: TestAlliance;
let clock: TestClock;
let product: MadeProduct;
let planId: string;
let agencyId: string;
let callers: Record<'creator' | 'agency' | 'brand' | 'operator', Caller>;
/** What earlier hours of the day have made, by name. */
const made: Record<string, string> = {};

beforeAll(async () => {
  clock = new TestClock('2026-06-16T01:00:00Z');
  alliance = await testAlliance({ clock });
  const world = new World(alliance.database);
  product = await world.product({ title: '阿克苏冰糖心苹果' });
  planId = toGlobalId('Plan', await world.plan(product));
  const agency = await world.agency('星河');
  agencyId = toGlobalId('Agency', agency);
  const { token } = await alliance.issuer.issue('lilei', '李雷');
  callers = {
    creator: alliance.withHeader(`Bearer ${token}`),
    agency: await alliance.memberOf(agency),
    brand: await alliance.memberOf(product.brandId),
    operator: await alliance.memberOf(alliance.id),
  };
});

afterAll(() => alliance.close());

/** Acts, expects that it was done, and lets a minute pass; gives the result. */
async function done(who: keyof typeof callers, name: string, input: object, fields = 'id'): Promise<Json> {
  const { userErrors, code, result } = await act(callers[who], name, input, fields);
  expect([name, userErrors, code]).toEqual([name, [], undefined]);
  clock.advance(MINUTE_MS);
  return result;
}

/** Reads with at most so many statements. */
async function read(who: keyof typeof callers, document: string, atMost: number): Promise<Json> {
  const { data, errors, statements } = await callers[who].query(document);
  expect(errors).toBeUndefined();
  expect(statements.length).toBeLessThanOrEqual(atMost);
  return data;
}

it('09:00 registers, is invited by an agency and agrees', async () => {
  const registered = await done('creator', 'creatorRegister', { name: '李雷', city: '杭州', about: '水果' });
  made.creatorId = registered.id;
  const { creatorId } = made;
  const terms = { shareRate: 1500, visibility: ['SHOWCASE', 'ORDERS'], message: '一起做水果' };
  await done('agency', 'contractInvite', { agencyId, creatorId, ...terms });
  const proposals = `{ viewer { creator { contractProposals(first: 5) { nodes { id state shareRate agency { name } } } } } }`;
  const [invitation] = (await read('creator', proposals, 5)).viewer.creator.contractProposals.nodes;
  expect(invitation).toMatchObject({ state: 'PROPOSED', shareRate: 1500, agency: { name: '星河' } });
  const contract = await done('creator', 'contractAccept', { proposalId: invitation.id }, 'id state');
  expect(contract.state).toBe('RUNNING');
  made.contractId = contract.id;
});

it('10:00 finds a product in the pool and asks for a sample, which is on its way before noon', async () => {
  const productId = toGlobalId('Product', product.id);
  const rule = { productId, approval: 'AUTOMATIC', quota: 10, contentWanted: 'ANY' };
  await done('brand', 'sampleRuleSet', rule);
  const pool = `{ productPool(first: 20, filter: { search: "苹果", sampleOffered: true }) { nodes { id title brand { name }
    openPlan { commissionRate } sampleRule { approval left } } } }`;
  expect((await read('creator', pool, 8)).productPool.nodes).toEqual([
    {
      id: productId,
      title: '阿克苏冰糖心苹果',
      brand: { name: expect.stringMatching(/^Brand/) },
      openPlan: { commissionRate: 2000 },
      sampleRule: { approval: 'AUTOMATIC', left: 10 },
    },
  ]);
  const { creatorId } = made;
  const asked = { creatorId, productId, skuId: toGlobalId('Sku', product.skuId), address: ADDRESS };
  const sample = await done('creator', 'sampleRequest', asked, 'id state automatic');
  expect(sample).toMatchObject({ state: 'APPROVED', automatic: true });
  const shipped = { sampleRequestId: sample.id, carrier: '顺丰', trackingNumber: 'SF1234567890' };
  await done('brand', 'sampleShip', shipped);
});

it('14:00 puts the product into the showcase, makes a link and goes live', async () => {
  const { creatorId } = made;
  const productId = toGlobalId('Product', product.id);
  const item = await done(
    'creator',
    'showcaseAdd',
    { creatorId, productId },
    'id terms { winner { commissionRate } }',
  );
  expect(item.terms.winner).toEqual({ commissionRate: 2000 });
  made.showcaseItemId = item.id;
  made.linkCode = (await done('creator', 'promotionLinkCreate', { creatorId, productId }, 'code')).code;
  made.liveSessionId = (await done('creator', 'liveSessionStart', { creatorId, title: '水果专场' })).id;
});

/** The shop reports that an order was placed and paid now, or is told otherwise. */
async function sell(orderNo: string, detail: object): Promise<void> {
  const occurredAt = clock.now().toISOString();
  const events = [
    wirePlaced(`${orderNo}/PLACED`, orderNo, product.code, detail, { occurredAt }),
    wire(`${orderNo}/PAID`, orderNo, { occurredAt }),
  ];
  expect(await told1By1(callers.brand, events)).toEqual(['APPLIED', 'APPLIED']);
  clock.advance(MINUTE_MS);
}

it('15:00 sells by the link and in the session, and sees what each order brings', async () => {
  await sell('L1', { linkCode: made.linkCode });
  await sell('S1', { liveSessionId: made.liveSessionId });
  const lines = `{ viewer { creator { orderLines(first: 20) { nodes { orderNo attribution
    product { title } brand { name } waterfall { sumsUp nodes { role rate estimatedNet { amount } } } } } } } }`;
  const { nodes } = (await read('creator', lines, 8)).viewer.creator.orderLines;
  expect(nodes.map(({ orderNo, attribution }: Json) => [orderNo, attribution])).toEqual([
    ['S1', 'LIVE_SESSION'],
    ['L1', 'LINK'],
  ]);
  for (const { waterfall } of nodes) {
    expect(waterfall.sumsUp).toBe(true);
    // 2000 of 100.00, less a tenth for the alliance, less 15 % of what is left for the agency.
    expect(waterfall.nodes[0]).toEqual({ role: 'CREATOR', rate: 2000, estimatedNet: { amount: '15.30' } });
  }
});

it('16:00 ends the session; the first order has fulfilled the sample already', async () => {
  await done('creator', 'liveSessionEnd', { liveSessionId: made.liveSessionId });
  for (const { run } of CHORES) await run(alliance.database, clock.now());
  const samples = `{ viewer { creator { sampleRequests(first: 20) { nodes { state fulfilledBy late
    product { title } brand { name } } } } } }`;
  expect((await read('creator', samples, 5)).viewer.creator.sampleRequests.nodes).toEqual([
    {
      state: 'FULFILLED',
      fulfilledBy: 'ORDER',
      late: false,
      product: { title: '阿克苏冰糖心苹果' },
      brand: { name: expect.stringMatching(/^Brand/) },
    },
  ]);
});

it('20:00 learns of a cut at midnight, and keeps the older rate for the days of the alliance', async () => {
  clock.set('2026-06-16T12:00:00Z');
  await done('operator', 'policyChange', { rateLockDays: 7 }, 'rateLockDays');
  await done('brand', 'planChange', { planId, commissionRate: 1000 });
  const locks = `{ viewer { creator { rateLocks(first: 20) { nodes { kind keptRate currentRate lockedFrom lockedUntil applies
    product { title } } } } } }`;
  expect((await read('creator', locks, 6)).viewer.creator.rateLocks.nodes).toEqual([
    {
      kind: 'OPEN',
      keptRate: 2000,
      currentRate: 1000,
      lockedFrom: '2026-06-16T16:00:00.000Z',
      lockedUntil: '2026-06-23T16:00:00.000Z',
      applies: true,
      product: { title: '阿克苏冰糖心苹果' },
    },
  ]);
  clock.set('2026-06-16T16:00:00Z');
  const showcase = `{ viewer { creator { showcase(first: 20) { nodes { product { title }
    terms { winner { commissionRate lockedUntil } losers { because offer { commissionRate } } } } } } } }`;
  const [item] = (await read('creator', showcase, 6)).viewer.creator.showcase.nodes;
  expect(item.terms).toEqual({
    winner: { commissionRate: 2000, lockedUntil: '2026-06-23T16:00:00.000Z' },
    losers: [{ because: 'NOT_HIGHER', offer: { commissionRate: 1000 } }],
  });
  await sell('L2', { linkCode: made.linkCode });
});

it('the next day takes the product down, which gives the lock up', async () => {
  await done('creator', 'showcaseRemove', { showcaseItemId: made.showcaseItemId });
  await sell('L3', { linkCode: made.linkCode });
  const lines = `{ viewer { creator { orderLines(first: 2) { nodes { orderNo waterfall { nodes { role rate } } } } } } }`;
  const { nodes } = (await read('creator', lines, 5)).viewer.creator.orderLines;
  const rates = nodes.map(({ orderNo, waterfall }: Json) => [orderNo, waterfall.nodes[0].rate]);
  expect(rates).toEqual([
    ['L3', 1000],
    ['L2', 2000],
  ]);
});

it('leaves the agency, which then sees nothing of the creator any more', async () => {
  const { contractId, creatorId } = made;
  const seen = `{ creator(id: "${creatorId}") { name showcase(first: 1) { nodes { id } } } }`;
  expect((await callers.agency.query(seen)).errors).toBeUndefined();
  const endsAt = new Date(clock.now().getTime() + MINUTE_MS).toISOString();
  await done('creator', 'contractEnd', { contractId, endsAt });
  const { data, errors } = await callers.agency.query(seen);
  expect([data.creator.showcase, errors?.[0]?.extensions.code]).toEqual([null, 'NOT_FOUND']);
});

it('and every line of the day proves itself', async () => {
  const { failures } = await verify(alliance.database);
  expect(failures).toEqual([]);
});
