import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import type { OrderEvent, PlacedDetail } from '../../src/features/order/index.ts';
import { postShares } from '../../src/features/sharing/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { act, type Outcome } from '../api/act.ts';
import { type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, placed, World } from '../kit/world.ts';

/** Ten in the morning in Shanghai. */
export const START = '2026-06-16T02:00:00.000Z';
const DAY_MS = 86_400_000;
export const clock = new TestClock(START);

export let alliance: TestAlliance;
export let world: World;
export let product: MadeProduct;
export let callers: Record<'brand' | 'operator' | 'stranger', Caller>;

/** Opens an alliance; before each test a product in the pool, whose brand gives 5 % for sharing. */
export function openSharing(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set(START);
    product = await world.product({ stock: 1_000_000n });
    await world.plan(product);
    callers = {
      brand: await alliance.memberOf(product.brandId),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(await world.brand()),
    };
    await offer(500);
  });
}

export const later = (days: number): Date => new Date(Date.parse(START) + days * DAY_MS);
export const brandId = (): string => toGlobalId('Brand', product.brandId);

export const offer = (rate: number, caller = callers.brand): Promise<Outcome> =>
  act(caller, 'sharingSet', { brandId: brandId(), rate }, 'id rate validFrom validTo');

export const told = (kind: OrderEvent['kind'], orderNo: string, more: Partial<OrderEvent> = {}): OrderEvent =>
  event(product.brandId, kind, orderNo, { occurredAt: clock.now(), ...more });

/** Reports events of order lines of the product; each is to be applied. */
export async function report(...events: readonly OrderEvent[]): Promise<void> {
  const answers = await world.ingest(product.brandId, events, clock.now());
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
}

export const order = (orderNo: string, detail: Partial<PlacedDetail>): Promise<void> =>
  report(
    told('PLACED', orderNo, { placed: placed(product.code, detail) }),
    told('PAID', orderNo),
    told('SHIPPED', orderNo),
  );

/** An order of one piece at 100.00 that a buyer pays, receives and keeps. */
export async function bought(
  orderNo: string,
  buyerRef: string,
  detail: Partial<PlacedDetail> = {},
): Promise<void> {
  await order(orderNo, { buyerRef, ...detail });
  await report(told('RECEIVED', orderNo));
}

export const refund = (orderNo: string, amountMinor: bigint): OrderEvent =>
  told('REFUNDED', orderNo, { eventId: newId(), refund: { amountMinor, quantity: 0 } });

export async function lineId(orderNo: string): Promise<string> {
  const [row] = await alliance.database.rows(sql<{ id: string }>`
    select id from order_line where brand_id = ${product.brandId} and order_no = ${orderNo}`);
  return toGlobalId('OrderLine', row?.id ?? newId(), product.brandId);
}

const LINK = 'id code sharer { id buyerRef } product { id }';
export const makeLink = async (orderNo: string, caller = callers.brand): Promise<Outcome> =>
  act(caller, 'shareLinkCreate', { orderLineId: await lineId(orderNo) }, LINK);

/** A buyer who has bought the product and shares it. */
export async function sharing(buyerRef = 'anna'): Promise<{ code: string; sharerId: string }> {
  await bought(`by ${buyerRef}`, buyerRef);
  const { result } = await makeLink(`by ${buyerRef}`);
  return { code: result.code, sharerId: result.sharer.id };
}

export const SHARER = `id buyerRef rewarded { minorUnits } credited { minorUnits } balance { minorUnits } stoppedAt stopReason`;

export async function sharerNow(id: string, fields = SHARER, caller = callers.brand): Promise<Json> {
  const document = `query ($id: ID!) { node(id: $id) { ... on Sharer { ${fields} } } }`;
  const { data, errors } = await caller.query(document, { id });
  expect(errors).toBeUndefined();
  return data.node;
}

/** What a sharer was rewarded, given, and is still to be given, in minor units. */
export async function sums(id: string): Promise<[rewarded: number, credited: number, balance: number]> {
  const { rewarded, credited, balance } = await sharerNow(id);
  return [Number(rewarded.minorUnits), Number(credited.minorUnits), Number(balance.minorUnits)];
}

/** What an order brings: its rate, what is due and posted in minor units, and why nothing. */
export async function rewardOf(orderNo: string): Promise<Json> {
  const document = `query ($id: ID!) { node(id: $id) { ... on OrderLine { shareReward {
    rate due { minorUnits } posted { minorUnits } refused readyAt } } } }`;
  const { data } = await callers.brand.query(document, { id: await lineId(orderNo) });
  const reward = data.node.shareReward;
  return (
    reward && {
      ...reward,
      due: Number(reward.due.minorUnits),
      posted: Number(reward.posted.minorUnits),
    }
  );
}

export const credit = (sharerId: string, amountMinor: bigint, caller = callers.brand): Promise<Outcome> =>
  act(caller, 'shareCreditReport', { sharerId, amountMinor: String(amountMinor) }, SHARER);

export const stop = (sharerId: string, caller = callers.brand): Promise<Outcome> =>
  act(caller, 'sharerStop', { sharerId, reason: 'Orders of accounts that were made for it.' }, SHARER);

/** Goes to a moment and puts aside what is ready then. */
export async function postAt(at: Date): Promise<void> {
  clock.set(at.toISOString());
  await postShares(alliance.database, at);
}

/** The balance of an account of the brand, in minor units. */
export async function balance(kind: string): Promise<number> {
  const [row] = await alliance.database.rows(sql<{ minor: bigint }>`
    select balance_minor as minor from ledger_account where party_id = ${product.brandId} and kind = ${kind}`);
  return Number(row?.minor ?? 0n);
}

/** What `alliance verify` finds. */
export async function problems(): Promise<string[]> {
  const { failures } = await verify(alliance.database);
  return failures.map(({ check, message }) => `${check}: ${message}`);
}
