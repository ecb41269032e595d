import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import { closeDueEvents, postSubsidies } from '../../src/features/occasion/index.ts';
import type { OrderEvent, PlacedDetail } from '../../src/features/order/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { idOfType, toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

/** Registration is open; the event runs from the 16th to the 20th of June, Chinese time. */
export const REGISTERING = '2026-06-10T00:00:00.000Z';
export const STARTS = '2026-06-15T16:00:00.000Z';
export const RUNNING = '2026-06-17T02:00:00.000Z';
export const ENDS = '2026-06-20T16:00:00.000Z';
export const CLOSES = '2026-07-20T16:00:00.000Z';
export const clock = new TestClock(REGISTERING);

export let alliance: TestAlliance;
export let world: World;
export let product: MadeProduct;
export let creatorId: string;
export let callers: Record<'brand' | 'creator' | 'operator' | 'stranger', Caller>;
let count = 0;

/** Opens an alliance; before each test a product in the pool at 20 %, and a creator, while registration is open. */
export function openEvents(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set(REGISTERING);
    product = await world.product({ stock: 1_000_000n });
    await world.plan(product);
    creatorId = await world.creator();
    callers = {
      brand: await alliance.memberOf(product.brandId),
      creator: await alliance.memberOf(creatorId),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(await world.brand()),
    };
  });
}

export const EVENT = `id code state currencyCode minCommission purses { kind rate budget { minorUnits } granted { minorUnits }
  left { minorUnits } } prizes { board rank amount { minorUnits } }`;

export const wish = (more: object = {}) => ({
  code: `EVENT-${++count}`,
  name: '616 品质购物节',
  currency: 'CNY',
  registerFrom: '2026-06-01T00:00:00.000Z',
  registerUntil: '2026-06-14T00:00:00.000Z',
  startsAt: STARTS,
  endsAt: ENDS,
  closesAt: CLOSES,
  ...more,
});

export const open = (more: object = {}, caller = callers.operator): Promise<Outcome> =>
  act(caller, 'officialEventOpen', wish(more), EVENT);
export const PRODUCT = 'id state note';
export const register = (eventId: string, made = product, caller = callers.brand): Promise<Outcome> =>
  act(
    caller,
    'eventProductRegister',
    { officialEventId: eventId, productId: toGlobalId('Product', made.id) },
    PRODUCT,
  );
export const review = (
  eventProductId: string,
  decision = 'APPROVED',
  note: string | null = null,
): Promise<Outcome> =>
  act(callers.operator, 'eventProductReview', { eventProductId, decision, note }, PRODUCT);

/** An event that runs, in which the product, or these, takes part. Gives its global id. */
export async function running(more: object = {}, products = [product]): Promise<string> {
  clock.set(REGISTERING);
  const { result } = await open(more);
  for (const made of products) {
    const { result: registered } = await register(result.id, made, await alliance.memberOf(made.brandId));
    expect((await review(registered.id)).result.state).toBe('APPROVED');
  }
  clock.set(RUNNING);
  return result.id;
}

/** Events of an order line of the product at a moment, reported by the brand's own shop; each is to be applied. */
export async function report(...events: readonly OrderEvent[]): Promise<void> {
  const brandId = events[0]?.brandId ?? '';
  const answers = await world.ingest(brandId, events, clock.now());
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
}

export const told = (
  kind: OrderEvent['kind'],
  orderNo: string,
  more: Partial<OrderEvent> = {},
  made = product,
): OrderEvent => event(made.brandId, kind, orderNo, { occurredAt: clock.now(), ...more });

export const refund = (orderNo: string, amountMinor: bigint, no = 1, made = product): OrderEvent =>
  told('REFUNDED', orderNo, { eventId: `${orderNo}/R${no}`, refund: { amountMinor, quantity: 0 } }, made);

/** An order of the product through the link of the creator, of one piece at 100.00, paid. */
export async function order(
  linkCode: string,
  orderNo: string,
  detail: Partial<PlacedDetail> = {},
  made = product,
): Promise<void> {
  await report(
    told('PLACED', orderNo, { placed: placed(made.code, { linkCode, ...detail }) }, made),
    told('PAID', orderNo, {}, made),
  );
}

/** What an operator sees of an event. */
export async function seen(id: string, fields = EVENT, caller = callers.operator): Promise<Json> {
  const { data, errors } = await caller.query(
    `query ($id: ID!) { node(id: $id) { ... on OfficialEvent { ${fields} } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  return data.node;
}

/** What the purses of an event have granted and have left, in minor units. */
export async function purses(id: string): Promise<Record<string, [granted: number, left: number]>> {
  const { purses: list } = await seen(id);
  return Object.fromEntries(
    list.map(({ kind, granted, left }: Json) => [
      kind,
      [Number(granted.minorUnits), Number(left.minorUnits)],
    ]),
  );
}

/** What lines were granted out of a purse, by their order numbers. */
export async function grants(id: string, kind = 'SUBSIDY'): Promise<Record<string, number>> {
  const rows = await alliance.database.rows(sql<{ orderNo: string; minor: bigint }>`
    select l.order_no as "orderNo", g.granted_minor as minor from event_grant g
    join order_line l on l.brand_id = g.brand_id and l.id = g.line_id
    where g.event_id = ${idOfType(id, 'OfficialEvent')} and g.kind = ${kind} order by g.no`);
  return Object.fromEntries(rows.map(({ orderNo, minor }) => [orderNo, Number(minor)]));
}

/** The balance of an account of a party, in minor units. */
export async function balance(partyId: string, kind: string): Promise<number> {
  const [row] = await alliance.database.rows(sql<{ minor: bigint }>`
    select balance_minor as minor from ledger_account where party_id = ${partyId} and kind = ${kind}`);
  return Number(row?.minor ?? 0n);
}

/** Settles what is due, posts what events give, and closes those whose time has come. */
export async function workAt(at: string): Promise<void> {
  clock.set(at);
  const now = clock.now();
  await settleDue(alliance.database, { asOf: now, now });
  await postSubsidies(alliance.database, now);
  await closeDueEvents(alliance.database, now);
}

/** What `alliance verify` finds. */
export async function problems(): Promise<string[]> {
  const { failures } = await verify(alliance.database);
  return failures.map(({ check, message }) => `${check}: ${message}`);
}
