import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { releaseReserves, settleDue } from '../../src/features/settlement/index.ts';
import { testDatabase } from '../kit/database.ts';
import { EARLY, event, type MadeProduct, PLACED_AT, placed, World } from '../kit/world.ts';

const DAY_MS = 86_400_000;
const RECEIVED_AT = new Date(PLACED_AT.getTime() + 3 * 60_000);
const DUE_AT = new Date(RECEIVED_AT.getTime() + 7 * DAY_MS);
const later = (at: Date, days: number) => new Date(at.getTime() + days * DAY_MS);

let database: Database;
let world: World;
let allianceId: string;
let product: MadeProduct;
let creatorId: string;
let agencyId: string;
let linkCode: string;
let orders = 0;

beforeAll(async () => {
  database = await testDatabase();
  allianceId = await database.transaction((tx) =>
    foundAlliance(tx, { name: '联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' }, EARLY),
  );
  world = new World(database);
});
afterAll(() => database.close());

beforeEach(async () => {
  product = await world.product();
  await world.plan(product);
  creatorId = await world.creator();
  agencyId = await world.agency();
  await world.contract(agencyId, creatorId, 2000);
  linkCode = await world.link(creatorId, product);
});

/** An order line at 100.00 that was received: 20.00 commission, of which 2.00 fee, 3.60 MCN and 14.40 are the creator's. */
async function receivedLine(
  more: { itemTotalMinor?: bigint } = {},
  receivedAt = RECEIVED_AT,
): Promise<string> {
  const orderNo = `S${++orders}`;
  const detail = placed(product.code, { linkCode, ...more });
  const answers = await world.ingest(product.brandId, [
    event(product.brandId, 'PLACED', orderNo, { placed: detail }),
    ...(['PAID', 'SHIPPED'] as const).map((kind) => event(product.brandId, kind, orderNo)),
    event(product.brandId, 'RECEIVED', orderNo, { occurredAt: receivedAt }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(Array(4).fill('APPLIED'));
  return orderNo;
}

const refund = (orderNo: string, amountMinor: bigint, occurredAt: Date, id = '1') =>
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

const settle = (asOf: Date) => settleDue(database, { asOf, now: asOf });

async function balance(partyId: string, kind: string): Promise<bigint | null> {
  const [row] = await database.rows(sql<{ balance: bigint }>`
    select balance_minor as balance from ledger_account where party_id = ${partyId} and kind = ${kind}`);
  return row?.balance ?? null;
}

const standing = async () => ({
  escrow: await balance(product.brandId, 'ESCROW'),
  creator: await balance(creatorId, 'PAYABLE'),
  owed: await balance(creatorId, 'RECEIVABLE'),
  agency: await balance(agencyId, 'PAYABLE'),
});

const clawbacks = () =>
  database.rows(sql`
    select c.state, c.amount_minor as amount, c.taken_minor as taken, c.offset_minor as offset
    from clawback c where c.payee_id = ${creatorId} order by c.id`);

describe('settlement', () => {
  it('comes with the end of the holding days, to the millisecond, and once', async () => {
    await receivedLine();
    expect(await settle(new Date(DUE_AT.getTime() - 1))).toMatchObject({ lines: 0 });
    expect(await standing()).toEqual({ escrow: null, creator: null, owed: null, agency: null });
    expect(await settle(DUE_AT)).toMatchObject({ lines: 1, batches: 1 });
    expect(await standing()).toEqual({ escrow: -2000n, creator: 1440n, owed: 0n, agency: 360n });
    expect(await settle(later(DUE_AT, 30))).toMatchObject({ lines: 0 });
    expect(await standing()).toEqual({ escrow: -2000n, creator: 1440n, owed: 0n, agency: 360n });
  });

  it('takes none of the lines that are due a millisecond later along with one that is due', async () => {
    await receivedLine();
    await receivedLine({}, new Date(RECEIVED_AT.getTime() + 1));
    expect(await settle(DUE_AT)).toMatchObject({ lines: 1 });
    expect(await settle(new Date(DUE_AT.getTime() + 1))).toMatchObject({ lines: 1 });
  });

  it('counts for the tiers of a plan the lines of which something is left', async () => {
    const [kept, gone] = [await receivedLine(), await receivedLine()];
    await refund(kept, 9999n, later(PLACED_AT, 1));
    await refund(gone, 10_000n, later(PLACED_AT, 1));
    expect(await settle(DUE_AT)).toMatchObject({ lines: 2 });
    const tallies = await database.rows(sql`select lines from plan_tally where creator_id = ${creatorId}`);
    expect(tallies).toEqual([{ lines: 1n }]);
  });

  it('pays what refunds have left; a refund after it is taken from the balance', async () => {
    const orderNo = await receivedLine();
    await refund(orderNo, 5000n, later(PLACED_AT, 1));
    await settle(DUE_AT);
    expect(await standing()).toEqual({ escrow: -1000n, creator: 720n, owed: 0n, agency: 180n });
    await refund(orderNo, 5000n, DUE_AT, '2');
    expect(await standing()).toEqual({ escrow: 0n, creator: 0n, owed: 0n, agency: 0n });
    expect(await clawbacks()).toEqual([{ state: 'TAKEN', amount: 720n, taken: 720n, offset: 0n }]);
  });

  it('lets what is owed wait for coming earnings where the balance is gone', async () => {
    const orderNo = await receivedLine();
    await settle(DUE_AT);
    // As if all had been paid out.
    await database.rows(
      sql`update ledger_account set balance_minor = 40 where party_id = ${creatorId} and kind = 'PAYABLE'`,
    );
    await refund(orderNo, 10_000n, DUE_AT);
    expect(await clawbacks()).toEqual([{ state: 'WAITING', amount: 1440n, taken: 40n, offset: 0n }]);
    expect(await standing()).toMatchObject({ creator: 0n, owed: -1400n });
    await receivedLine({ itemTotalMinor: 20_000n });
    await settle(DUE_AT);
    expect(await standing()).toMatchObject({ creator: 1480n, owed: 0n });
    expect(await clawbacks()).toEqual([{ state: 'OFFSET', amount: 1440n, taken: 40n, offset: 1400n }]);
  });

  it('keeps a reserve by the policy that was in force at placing, and releases it on its date', async () => {
    await database.rows(sql`update alliance_policy set reserve_bp = 1000, reserve_days = 30`);
    const orderNo = await receivedLine();
    await database.rows(sql`update alliance_policy set reserve_bp = 0, reserve_days = 0`);
    await settle(DUE_AT);
    expect(await standing()).toMatchObject({ creator: 1296n, agency: 324n });
    expect(await balance(creatorId, 'RESERVE')).toBe(144n);
    expect(await balance(allianceId, 'RESERVE')).toBe(null);
    expect(await releaseReserves(database, new Date(later(DUE_AT, 30).getTime() - 1))).toBe(0);
    expect(await releaseReserves(database, later(DUE_AT, 30))).toBe(2);
    expect(await standing()).toMatchObject({ creator: 1440n, agency: 360n });
    expect(await balance(creatorId, 'RESERVE')).toBe(0n);
    await refund(orderNo, 1n, later(DUE_AT, 31));
  });
});
