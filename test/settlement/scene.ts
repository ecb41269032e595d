import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { settleDue } from '../../src/features/settlement/index.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { TestClock } from '../kit/clock.ts';
import { event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

const DAY_MS = 86_400_000;
export const later = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS);
const RECEIVED_AT = new Date(PLACED_AT.getTime() + 3 * 60_000);
/** When a line of the scene is due. */
export const DUE_AT = later(RECEIVED_AT, 7);

export let alliance: TestAlliance;
export let world: World;
export const clock = new TestClock('2026-06-16T12:05:00.000Z');
export let product: MadeProduct;
export let creatorId: string;
export let agencyId: string;
export let callers: Record<'brand' | 'creator' | 'agency' | 'operator' | 'stranger', Caller>;
let linkCode: string;
let orders = 0;

/** Opens an alliance; before each test a brand with a product, and a creator with a managing agency at a fifth. */
export function openScene(): void {
  beforeAll(async () => {
    alliance = await testAlliance({ clock });
    world = new World(alliance.database);
  });
  afterAll(() => alliance.close());
  beforeEach(async () => {
    clock.set('2026-06-16T12:05:00.000Z');
    product = await world.product();
    await world.plan(product);
    creatorId = await world.creator();
    agencyId = await world.agency();
    await world.contract(agencyId, creatorId, 2000);
    linkCode = await world.link(creatorId, product);
    callers = {
      brand: await alliance.memberOf(product.brandId),
      creator: await alliance.memberOf(creatorId),
      agency: await alliance.memberOf(agencyId),
      operator: await alliance.memberOf(alliance.id),
      stranger: await alliance.memberOf(await world.creator()),
    };
  });
}

/** A line of an order. */
export interface MadeLine {
  readonly orderNo: string;
  readonly id: string;
  readonly globalId: string;
}

type Kind = 'PLACED' | 'PAID' | 'SHIPPED' | 'RECEIVED';
const LIFE: readonly Kind[] = ['PLACED', 'PAID', 'SHIPPED', 'RECEIVED'];

/** An order line at 100.00 that has come so far: 20.00 commission, of which 2.00 are fee, 3.60 the agency's, 14.40 the creator's. */
export async function lineUpTo(last: Kind, credited = true): Promise<MadeLine> {
  const orderNo = `S${++orders}`;
  const detail = placed(product.code, { linkCode: credited ? linkCode : null });
  const events = LIFE.slice(0, LIFE.indexOf(last) + 1).map((kind) =>
    event(product.brandId, kind, orderNo, kind === 'PLACED' ? { placed: detail } : {}),
  );
  const answers = await world.ingest(product.brandId, events);
  expect(answers.map(({ status }) => status)).toEqual(events.map(() => 'APPLIED'));
  const [row] = await alliance.database.rows(
    sql<{
      id: string;
    }>`select id from order_line where order_no = ${orderNo} and brand_id = ${product.brandId}`,
  );
  const id = row?.id ?? '';
  return { orderNo, id, globalId: toGlobalId('OrderLine', id, product.brandId) };
}

/** Reports a refund of a line at a moment. */
export const refund = ({ orderNo }: MadeLine, amountMinor: bigint, occurredAt: Date, id = '1') =>
  world.ingest(
    product.brandId,
    [
      event(product.brandId, 'REFUNDED', orderNo, {
        eventId: `${orderNo}/REFUNDED/${id}`,
        occurredAt,
        refund: { amountMinor, quantity: 0 },
      }),
    ],
    occurredAt,
  );

/** Moves the clock there and settles what is due. */
export function settle(asOf: Date) {
  clock.set(asOf);
  return settleDue(alliance.database, { asOf, now: asOf });
}

/** The balance of an account, or null where it has never been opened. */
export async function balance(partyId: string, kind: string): Promise<bigint | null> {
  const [row] = await alliance.database.rows(sql<{ balance: bigint }>`
    select balance_minor as balance from ledger_account where party_id = ${partyId} and kind = ${kind}`);
  return row?.balance ?? null;
}

/** Empties an account as a payout would, without one. */
export async function spend(partyId: string, leftMinor: bigint): Promise<void> {
  await alliance.database.rows(sql`
    update ledger_account set balance_minor = ${leftMinor} where party_id = ${partyId} and kind = 'PAYABLE'`);
}
