import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorld } from '../../seeds/online-retail/make-world.ts';
import { replayOnlineRetail } from '../../seeds/online-retail/replay.ts';
import { survey } from '../../seeds/online-retail/survey.ts';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { openEvent, registerProduct, reviewProduct } from '../../src/features/occasion/index.ts';
import { ingestOrderEvents } from '../../src/features/settlement/index.ts';
import { testDatabase } from '../kit/database.ts';
import { sharedFile } from '../kit/shared.ts';

/** All 541,909 rows are replayed by `BOARD_REPLAY_ROWS=all`. */
const asked = process.env.BOARD_REPLAY_ROWS ?? '6000';
const rows = asked === 'all' ? undefined : Number(asked);
const at = (text: string) => new Date(`${text}T00:00:00Z`);
const OPENED = at('2010-11-01');
/** Of the data, which begins in December 2010, a quarter. */
const [STARTS, ENDS] = [at('2010-12-02'), at('2011-02-25')];
const LOWEST_RANK = 100;

let database: Database;
let eventId: string;

/** Makes what the orders name, and an event in which every second product takes part. */
beforeAll(async () => {
  database = await testDatabase();
  const file = sharedFile('data/online-retail.csv.gz');
  const found = await survey(file, rows);
  await database.transaction((tx) => makeWorld(tx, found, new Date()));
  const purse = { rateBp: 500, capMinor: 300n, budgetMinor: 20_000n };
  const prizes = (['CREATORS', 'BRANDS'] as const).map((board) => ({
    ...{ board, rank: LOWEST_RANK, amountMinor: 1n },
  }));
  const times = { registerFrom: OPENED, registerUntil: at('2010-12-01'), startsAt: STARTS, endsAt: ENDS };
  const event = {
    code: 'CHRISTMAS',
    name: 'Christmas',
    currency: 'GBP',
    categoryIds: [],
    minCommissionBp: 1,
  };
  const gives = { subsidy: purse, bonus: purse, prizes };
  eventId = await database.transaction((tx) =>
    openEvent(tx, { ...event, ...times, ...gives, closesAt: at('2099-01-01') }, OPENED),
  );
  const products = await database.rows(
    sql<{ id: string }>`select product_id as id from pool_entry order by 1`,
  );
  await database.transaction(async (tx) => {
    for (const [i, { id: productId }] of products.entries()) {
      if (i % 2 === 1) continue;
      const id = await registerProduct(tx, { eventId, productId }, OPENED);
      await reviewProduct(tx, { id, decision: 'APPROVED', note: null }, OPENED);
    }
  });
  await replayOnlineRetail(database, file, { rows });
}, 3_600_000);
afterAll(() => database?.close());

interface Sold {
  readonly brandId: string;
  readonly creatorId: string;
  readonly netMinor: bigint;
}

/** What each line counts, worked out from the lines alone. */
async function soldLines(): Promise<Sold[]> {
  const lines = await database.rows(sql<{
    brandId: string;
    creatorId: string | null;
    productId: string;
    state: string;
    paidAt: Date | null;
    placedAt: Date;
    paid: bigint;
    back: bigint;
  }>`select brand_id as "brandId", creator_id as "creatorId", product_id as "productId", state, paid_at as "paidAt",
    placed_at as "placedAt", goods_paid_minor as paid, refunded_minor as back from order_line`);
  const taking = await database.rows(sql<{ id: string }>`select product_id as id from event_product`);
  const takingPart = new Set(taking.map(({ id }) => id));
  return lines.flatMap(({ brandId, creatorId, productId, state, paidAt, placedAt, paid, back }) => {
    const counts = paidAt !== null && state !== 'CANCELLED' && placedAt >= STARTS && placedAt < ENDS;
    return counts && creatorId !== null && takingPart.has(productId)
      ? [{ brandId, creatorId, netMinor: paid - back }]
      : [];
  });
}

/** A board worked out plainly: each party that has something with its rank, by its id. */
function boardOf(lines: readonly Sold[], party: 'brandId' | 'creatorId'): Record<string, string> {
  const sums = new Map<string, bigint>();
  for (const line of lines) sums.set(line[party], (sums.get(line[party]) ?? 0n) + line.netMinor);
  const all = [...sums].filter(([, net]) => net > 0n);
  const ranked = all.map(
    ([id, net]) => [id, net, 1 + all.filter(([, other]) => other > net).length] as const,
  );
  return Object.fromEntries(
    ranked.filter(([, , rank]) => rank <= LOWEST_RANK).map(([id, net, rank]) => [id, `${rank}: ${net}`]),
  );
}

async function shown(board: 'BRANDS' | 'CREATORS'): Promise<Record<string, string>> {
  const standings = await database.rows(sql<{ partyId: string; rank: number; netMinor: bigint }>`
    select * from (select party_id as "partyId", net_minor as "netMinor",
      (rank() over (order by net_minor desc))::int as rank
      from event_tally where event_id = ${eventId} and board = ${board} and net_minor > 0) r where rank <= ${LOWEST_RANK}`);
  return Object.fromEntries(
    standings.map(({ partyId, rank, netMinor }) => [partyId, `${rank}: ${netMinor}`]),
  );
}

async function compareBoards(): Promise<number> {
  const lines = await soldLines();
  const [brands, creators] = [boardOf(lines, 'brandId'), boardOf(lines, 'creatorId')];
  expect(await shown('BRANDS')).toEqual(brands);
  expect(await shown('CREATORS')).toEqual(creators);
  return Object.keys(creators).length;
}

it('boards are what a plain count of the lines gives, after the replay and after random refunds', async () => {
  expect(await compareBoards()).toBeGreaterThan(20);
  const lines = await database.rows(sql<{
    brandId: string;
    reporterId: string;
    source: string;
    orderNo: string;
    lineNo: number;
    paid: bigint;
  }>`select l.brand_id as "brandId", s.reporter_id as "reporterId", s.name as source, l.order_no as "orderNo",
      l.line_no as "lineNo", l.goods_paid_minor as paid
    from event_line e join order_line l on l.brand_id = e.brand_id and l.id = e.line_id join order_source s on s.id = l.source_id
    order by md5(l.id::text) limit 300`);
  expect(lines).toHaveLength(300);
  for (const [i, { reporterId, paid, ...place }] of lines.entries()) {
    const refund = { amountMinor: (paid * BigInt(i % 4)) / 3n + 1n, quantity: 0 };
    const told = { eventId: `boards/${i}`, ...place, occurredAt: new Date() };
    const kind = i % 10 === 9 ? ('CANCELLED' as const) : ('REFUNDED' as const);
    const event = kind === 'REFUNDED' ? { ...told, kind, refund } : { ...told, kind };
    const [answer] = await ingestOrderEvents(database, reporterId, [event], new Date());
    expect(answer?.status).toBe('APPLIED');
  }
  await compareBoards();
  const { failures } = await verify(database);
  expect(failures).toEqual([]);
}, 3_600_000);
