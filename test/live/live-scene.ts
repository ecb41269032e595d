import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import { seatUser } from '../../src/features/account/index.ts';
import type { PlacedDetail } from '../../src/features/order/index.ts';
import { startLiveSession } from '../../src/features/promotion/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { act } from '../api/act.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

const MINUTE_MS = 60_000;
/** So many minutes after the orders of the scene are placed. */
export const minutes = (count: number): Date => new Date(PLACED_AT.getTime() + count * MINUTE_MS);

export let alliance: TestAlliance;
export let world: World;
export const clock = new TestClock(PLACED_AT.toISOString());
export let product: MadeProduct;
export let creatorId: string;
/** The running session, by its id in the database. */
export let sessionId: string;
export let callers: Record<'brand' | 'creator' | 'operator' | 'stranger', Caller>;

/** Opens an alliance; before each test a product with 1,000 pieces at 100.00, and a session that began ten minutes ago. */
export function openLive(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set(minutes(-5));
    product = await world.product();
    creatorId = await world.creator();
    await world.plan(product);
    const session = { creatorId, title: '晚八点专场' };
    sessionId = (await world.tx((tx) => startLiveSession(tx, session, minutes(-10)))).id;
    callers = {
      brand: await alliance.memberOf(product.brandId),
      creator: await alliance.memberOf(creatorId),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(await world.creator()),
    };
  });
}

/** The Authorization header of somebody new who belongs to all of these organisations. */
export async function personOf(...partyIds: string[]): Promise<string> {
  const subject = newId();
  for (const partyId of partyIds) {
    const person = { issuer: LOCAL_ISSUER, subject, name: subject };
    await world.tx((tx) => seatUser(tx, person, partyId, 'OWNER', new Date()));
  }
  return `Bearer ${(await alliance.issuer.issue(subject, subject)).token}`;
}

export const session = (): string => toGlobalId('LiveSession', sessionId);

/** Puts the product into the cart; gives the id of the item. */
export async function added(of: Pick<MadeProduct, 'id'> = product): Promise<string> {
  const input = { liveSessionId: session(), productId: toGlobalId('Product', of.id) };
  const { result, userErrors } = await act(callers.creator, 'liveItemAdd', input, 'id');
  expect(userErrors).toEqual([]);
  return result.id;
}

export const OFFERED = 'id price { minorUnits } stock taken left payWithinMinutes closedAt';

/** Sets a live price of 60.00 and a live stock of 100, unless told otherwise. */
export const offer = (liveItemId: string, more: object = {}, caller = callers.brand) =>
  act(
    caller,
    'liveOfferSet',
    { liveItemId, skuId: toGlobalId('Sku', product.skuId), priceMinor: '6000', stock: 100, ...more },
    OFFERED,
  );

/** A PLACED event of the session at 60.00 a piece. */
export const order = (orderNo: string, quantity = 1, more: Partial<PlacedDetail> = {}) =>
  event(product.brandId, 'PLACED', orderNo, {
    placed: placed(product.code, {
      quantity,
      itemTotalMinor: 6_000n * BigInt(quantity),
      liveSessionId: sessionId,
      ...more,
    }),
  });

export const told = (kind: 'PAID' | 'SHIPPED' | 'CANCELLED' | 'REFUNDED', orderNo: string, minute: number) =>
  event(product.brandId, kind, orderNo, {
    eventId: `${orderNo}/${kind}/${minute}`,
    occurredAt: minutes(minute),
    refund: kind === 'REFUNDED' ? { amountMinor: 6_000n, quantity: 1 } : undefined,
  });

/** Reports events as the brand's shop; gives what was said of each. */
export async function report(...events: ReturnType<typeof event>[]): Promise<string[]> {
  const answers = await world.ingest(product.brandId, events, clock.now());
  return answers.map(({ status, problem }) => problem?.code ?? status);
}

/** What is free of the SKU, what the session has left, and what each order holds of them. */
export async function stock() {
  const [sku] = await alliance.database.rows(sql<{ stock: bigint }>`
    select stock from sku where id = ${product.skuId}`);
  const [offered] = await alliance.database.rows(sql<{ left: number }>`
    select stock - taken as left from live_offer where live_session_id = ${sessionId}`);
  const lines = await alliance.database.rows(sql<{ orderNo: string; reserved: number }>`
    select order_no as "orderNo", reserved from order_line where brand_id = ${product.brandId} order by order_no`);
  return {
    sku: Number(sku?.stock),
    live: offered?.left,
    ...Object.fromEntries(lines.map(({ orderNo, reserved }) => [orderNo, reserved])),
  };
}

export async function expectSound(): Promise<void> {
  expect((await verify(alliance.database)).failures).toEqual([]);
}
