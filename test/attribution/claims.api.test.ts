import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import type { PlacedDetail } from '../../src/features/order/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome, said } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

/** Ten in the morning in Shanghai. */
const START = '2026-06-16T02:00:00.000Z';
const DAY_MS = 86_400_000;
const clock = new TestClock(START);
const later = (days: number): string => new Date(Date.parse(START) + days * DAY_MS).toISOString();

let alliance: TestAlliance;
let world: World;
let product: MadeProduct;
let planId: string;
let creatorId: string;
let rivalId: string;
let linkCode: string;
let callers: Record<'brand' | 'creator' | 'rival' | 'operator' | 'stranger', Caller>;

beforeAll(async () => {
  alliance = await testAlliance({ clock });
  world = new World(alliance.database);
});
afterAll(() => alliance.close());
beforeEach(async () => {
  clock.set(START);
  product = await world.product();
  planId = await world.plan(product);
  [creatorId, rivalId] = [await world.creator(), await world.creator()];
  await world.contract(await world.agency(), creatorId, 2000);
  linkCode = await world.link(creatorId, product);
  callers = {
    brand: await alliance.memberOf(product.brandId),
    creator: await alliance.memberOf(creatorId),
    rival: await alliance.memberOf(rivalId),
    operator: await alliance.memberOf(alliance.id),
    stranger: await alliance.memberOf(await world.brand()),
  };
});

async function report(...events: ReturnType<typeof event>[]): Promise<void> {
  const answers = await world.ingest(product.brandId, events, clock.now());
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
}

const told = (kind: Parameters<typeof event>[1], orderNo: string, more: object = {}) =>
  event(product.brandId, kind, orderNo, { occurredAt: clock.now(), ...more });

/** An order of one piece at 100.00 that was paid, partly refunded and received. */
async function order(orderNo: string, detail: Partial<PlacedDetail> = {}): Promise<void> {
  const refund = { amountMinor: 1_000n, quantity: 0 };
  await report(told('PLACED', orderNo, { placed: placed(product.code, detail) }), told('PAID', orderNo));
  await report(told('SHIPPED', orderNo), told('REFUNDED', orderNo, { refund }));
  await report(told('RECEIVED', orderNo));
}

const CLAIM = 'id state decidedBy note orderLine { id }';
const claimOf = (orderNo: string, more: object = {}) => ({
  creatorId: toGlobalId('Creator', creatorId),
  brandId: toGlobalId('Brand', product.brandId),
  orderNo,
  statement: 'The buyer has written to me that they came from my video.',
  evidenceUrls: ['https://files.example/1.jpg'],
  ...more,
});
const open = (orderNo: string, more: object = {}, caller = callers.creator): Promise<Outcome> =>
  act(caller, 'attributionClaimOpen', claimOf(orderNo, more), CLAIM);
const rivals = () => ({ creatorId: toGlobalId('Creator', rivalId) });
const concede = (attributionClaimId: string, caller = callers.brand): Promise<Outcome> =>
  act(caller, 'attributionClaimConcede', { attributionClaimId }, CLAIM);
const decide = (
  attributionClaimId: string,
  outcome = 'UPHELD',
  caller = callers.operator,
): Promise<Outcome> =>
  act(
    caller,
    'attributionClaimDecide',
    { attributionClaimId, outcome, note: 'As the pictures show.' },
    CLAIM,
  );

/** What an operator sees of a line: who is paid what, step by step. */
async function moneyOf(orderNo: string): Promise<Json> {
  const [row] = await alliance.database.rows(sql<{ id: string }>`
    select id from order_line where brand_id = ${product.brandId} and order_no = ${orderNo}`);
  const document = `query ($id: ID!) { orderLine(id: $id) { state attribution unattributedReason creator { id }
    waterfall { nodes { role rate payee { name organisationId } estimatedNet { minorUnits } } }
    commissionExplanation { winner { kind commissionRate } steps { kind remainingBaseBefore { minorUnits }
      remainingBaseAfter { minorUnits } } } } }`;
  const { data, errors } = await callers.operator.query(document, {
    id: toGlobalId('OrderLine', row?.id ?? '', product.brandId),
  });
  expect(errors).toBeUndefined();
  return data.orderLine;
}

const problems = async (): Promise<string[]> =>
  (await verify(alliance.database)).failures.map(({ check, message }) => `${check}: ${message}`);

describe('a claim that is upheld', () => {
  it('pays exactly as if the line had been credited when it was placed', async () => {
    await order('BY-LINK', { linkCode });
    await order('CLAIMED');
    expect(await moneyOf('CLAIMED')).toMatchObject({ attribution: 'NONE', creator: null });
    const { result } = await open('CLAIMED');
    expect(result).toMatchObject({ state: 'OPEN', orderLine: null });
    clock.set(later(5));
    expect((await concede(result.id)).result).toMatchObject({ state: 'UPHELD', decidedBy: 'BRAND' });
    const { attribution, ...claimed } = await moneyOf('CLAIMED');
    const { attribution: _link, ...linked } = await moneyOf('BY-LINK');
    expect(attribution).toBe('CLAIM');
    expect(claimed).toEqual(linked);
    expect(claimed.creator.id).toBe(toGlobalId('Creator', creatorId));
    expect(claimed.commissionExplanation.steps.map(({ kind }: Json) => kind)).toEqual(['ACCRUAL', 'REFUND']);
    clock.set(later(20));
    const settled = await settleDue(alliance.database, { asOf: clock.now(), now: clock.now() });
    expect(settled.lines).toBe(2);
    // What comes later moves it as any other line.
    const refund = { amountMinor: 2_000n, quantity: 0 };
    for (const no of ['BY-LINK', 'CLAIMED'])
      await report(told('REFUNDED', no, { eventId: `${no}/2`, refund }));
    expect((await moneyOf('CLAIMED')).waterfall).toEqual((await moneyOf('BY-LINK')).waterfall);
    expect(await problems()).toEqual([]);
  });

  it('goes by the terms of when the line was placed, not of now', async () => {
    await order('EARLY');
    clock.set(later(1));
    const change = { planId: toGlobalId('Plan', planId), commissionRate: 3000 };
    expect(said(await act(callers.brand, 'planChange', change))).toBe('DONE');
    await order('LATE');
    for (const no of ['EARLY', 'LATE']) await concede((await open(no)).result.id);
    const rateOf = async (no: string) => (await moneyOf(no)).commissionExplanation.winner.commissionRate;
    expect([await rateOf('EARLY'), await rateOf('LATE')]).toEqual([2000, 3000]);
    expect(await problems()).toEqual([]);
  });

  it('of an order that is not paid yet pays with the payment, and counts for nothing that was called off', async () => {
    await report(told('PLACED', 'A', { placed: placed(product.code) }));
    await report(told('PLACED', 'B', { placed: placed(product.code) }), told('CANCELLED', 'B'));
    for (const no of ['A', 'B']) expect(said(await concede((await open(no)).result.id))).toBe('DONE');
    await report(told('PAID', 'A'));
    const nets = async (no: string) =>
      (await moneyOf(no)).waterfall.nodes.map(({ estimatedNet }: Json) => Number(estimatedNet.minorUnits));
    expect((await nets('A')).reduce((sum: number, net: number) => sum + net, 0)).toBe(2000);
    expect((await nets('B')).reduce((sum: number, net: number) => sum + net, 0)).toBe(0);
    expect(await problems()).toEqual([]);
  });

  it('dismisses the others, and is told to both sides', async () => {
    await order('A');
    const mine = (await open('A')).result.id;
    const theirs = (await open('A', rivals(), callers.rival)).result.id;
    expect((await decide(mine)).result).toMatchObject({ state: 'UPHELD', decidedBy: 'OPERATOR' });
    const document = `query ($id: ID!) { node(id: $id) { ... on AttributionClaim { ${CLAIM} } } }`;
    const { data } = await callers.rival.query(document, { id: theirs });
    expect(data.node).toMatchObject({ state: 'DISMISSED', decidedBy: 'ANOTHER_CLAIM', orderLine: null });
    const kinds = await alliance.database.rows(sql<{ kind: string; to: number }>`
      select kind, cardinality(party_ids) as "to" from outbox_event
      where party_ids @> array[${product.brandId}]::uuid[] and (kind like 'ATTRIBUTION%' or kind = 'ORDER_LINE_CREDITED') order by id`);
    expect(kinds.map(({ kind }) => kind).sort()).toEqual([
      'ATTRIBUTION_CLAIM_DISMISSED',
      'ATTRIBUTION_CLAIM_OPENED',
      'ATTRIBUTION_CLAIM_OPENED',
      'ATTRIBUTION_CLAIM_UPHELD',
      'ORDER_LINE_CREDITED',
    ]);
  });
});

describe('a claim', () => {
  it('of a line that somebody is credited with, of no line, or by others, is not found', async () => {
    await order('BY-LINK', { linkCode });
    await order('A');
    expect(said(await open('BY-LINK', rivals(), callers.rival))).toBe('NotFoundError');
    expect(said(await open('NONE'))).toBe('NotFoundError');
    expect(said(await open('A', { lineNo: 2 }))).toBe('NotFoundError');
    expect(said(await open('A', {}, callers.rival))).toBe('NotFoundError');
    expect(said(await open('A', {}, callers.operator))).toBe('NotFoundError');
    expect(said(await open('A', { brandId: toGlobalId('Brand', creatorId) }))).toBe('NotFoundError');
  });

  it('can be made for 30 days, once', async () => {
    await order('A');
    clock.set(later(30));
    expect(said(await open('A'))).toBe('StateConflict');
    clock.set(new Date(Date.parse(later(30)) - 1).toISOString());
    expect(said(await open('A'))).toBe('DONE');
    expect((await open('A')).userErrors).toMatchObject([{ __typename: 'StateConflict', state: 'CLAIMED' }]);
  });

  it.each([
    ['without a word', { statement: ' ' }],
    ['with an address that is none', { evidenceUrls: ['ftp://x'] }],
    ['without an order number', { orderNo: '' }],
    ['of line 0', { lineNo: 0 }],
  ])('%s is refused', async (_what, more) => {
    await order('A');
    expect(said(await open('A', more))).toBe('InvalidInput');
  });

  it('is decided once, by the brand or operators', async () => {
    await order('A');
    const { id } = (await open('A')).result;
    expect(said(await concede(id, callers.creator))).toBe('NotFoundError');
    expect(said(await concede(id, callers.stranger))).toBe('NotFoundError');
    expect(said(await concede(id, callers.operator))).toBe('NotFoundError');
    expect(said(await decide(id, 'UPHELD', callers.brand))).toBe('FORBIDDEN');
    expect((await decide(id, 'DISMISSED')).result).toMatchObject({ state: 'DISMISSED' });
    expect(said(await decide(id))).toBe('StateConflict');
    expect(said(await concede(id))).toBe('StateConflict');
    expect((await moneyOf('A')).attribution).toBe('NONE');
  });

  it('cannot be upheld where no offer was in force, and changes nothing', async () => {
    const other = await world.product({ brandId: product.brandId });
    await report(told('PLACED', 'A', { placed: placed(other.code) }));
    const { id } = (await open('A')).result;
    expect((await decide(id)).userErrors).toMatchObject([{ state: 'NO_OFFER_IN_FORCE' }]);
    expect(await moneyOf('A')).toMatchObject({ attribution: 'NONE', unattributedReason: 'NO_TRACE' });
    expect((await decide(id, 'DISMISSED')).result.state).toBe('DISMISSED');
  });
});

describe('at once', () => {
  it('of two claims on a line one is upheld', async () => {
    await order('A');
    const claims = [
      (await open('A')).result.id,
      (await open('A', rivals(), callers.rival)).result.id,
    ] as string[];
    const answers = (await Promise.all(claims.map((id) => decide(id)))).map(said);
    expect(answers.sort()).toEqual(['DONE', 'StateConflict']);
    const { creator, waterfall } = await moneyOf('A');
    const payees = waterfall.nodes.map(({ payee }: Json) => payee?.organisationId);
    expect(payees).toContain(creator.id);
    expect(await problems()).toEqual([]);
  });

  it('the line is refunded: the commission is that of what is left', async () => {
    const numbers = Array.from({ length: 20 }, (_, i) => `R${i}`);
    for (const no of numbers) await order(no);
    const ids = await Promise.all(numbers.map(async (no) => (await open(no)).result.id as string));
    const refund = { amountMinor: 4_000n, quantity: 0 };
    await Promise.all(
      numbers.flatMap((no, i) => [
        decide(ids[i] ?? ''),
        report(told('REFUNDED', no, { eventId: `${no}/2`, refund })),
      ]),
    );
    for (const no of numbers) {
      const { nodes } = (await moneyOf(no)).waterfall;
      const nets = nodes.map(({ estimatedNet }: Json) => Number(estimatedNet.minorUnits));
      expect(nets.reduce((sum: number, net: number) => sum + net, 0)).toBe(1000);
    }
    expect(await problems()).toEqual([]);
  }, 60_000);
});

it('frozen terms are filled in once, and otherwise never changed', async () => {
  await order('A');
  await order('BY-LINK', { linkCode });
  const change = (orderNo: string, set: ReturnType<typeof sql>) =>
    alliance.database.rows(sql`update frozen_terms f set ${set} from order_line l
      where l.brand_id = f.brand_id and l.id = f.line_id and l.brand_id = ${product.brandId} and l.order_no = ${orderNo}`);
  const terms = sql`plan_terms_id = gen_random_uuid()`;
  for (const [no, set] of [
    ['BY-LINK', terms],
    ['BY-LINK', sql`evidence = '{}'`],
    ['A', sql`evidence = '{}'`],
    ['A', sql`plan_terms_id = gen_random_uuid(), technical_fee_bp = 0`],
    ['A', sql`holding_days = 0`],
  ] as const)
    await expect(change(no, set)).rejects.toThrow(/permission denied/);
  await concede((await open('A')).result.id);
  await expect(change('A', terms)).rejects.toThrow(/permission denied/);
  expect(await problems()).toEqual([]);
});
