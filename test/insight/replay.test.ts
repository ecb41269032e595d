import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replayOnlineRetail } from '../../seeds/online-retail/replay.ts';
import type { Database } from '../../src/db/database.ts';
import { countInsight } from '../../src/features/insight/index.ts';
import { ingestOrderEvents } from '../../src/features/settlement/index.ts';
import { testDatabase } from '../kit/database.ts';
import { caughtUp } from '../kit/feed.ts';
import { sharedFile } from '../kit/shared.ts';
import { inOrder, keptFigures, plainFigures } from './plain.ts';

/** All 541,909 rows are replayed by `INSIGHT_REPLAY_ROWS=all`; see docs/decisions/insight.md for what that takes. */
const asked = process.env.INSIGHT_REPLAY_ROWS ?? '6000';
const rows = asked === 'all' ? undefined : Number(asked);

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** All brands, each compared as a whole. Gives how many days of parties were compared. */
async function compareAll(): Promise<number> {
  const brands = await database.rows(sql<{ id: string }>`select id from brand order by id`);
  let compared = 0;
  for (const { id } of brands) {
    const kept = await keptFigures(database, id);
    expect(inOrder(kept)).toEqual(inOrder(await plainFigures(database, id)));
    compared += kept.days.size;
  }
  return compared;
}

it('equals a plain recomputation after the replay, and again after random refunds', async () => {
  await replayOnlineRetail(database, sharedFile('data/online-retail.csv.gz'), { rows });
  await caughtUp(database);
  await countInsight(database, new Date());
  expect(await compareAll()).toBeGreaterThan(100);

  const lines = await database.rows(sql<{ brandId: string; orderNo: string; lineNo: number; paid: bigint }>`
    select brand_id as "brandId", order_no as "orderNo", line_no as "lineNo", goods_paid_minor as paid
    from order_line order by md5(id::text) limit 300`);
  for (const [i, { brandId, orderNo, lineNo, paid }] of lines.entries()) {
    const [{ reporterId, source } = { reporterId: '', source: '' }] = await database.rows(
      sql<{
        reporterId: string;
        source: string;
      }>`select reporter_id as "reporterId", name as source from order_source limit 1`,
    );
    const refund = { amountMinor: (paid * BigInt(i % 4)) / 3n + 1n, quantity: 0 };
    const event = { eventId: `insight/${i}`, source, brandId, orderNo, lineNo, occurredAt: new Date() };
    const kind = i % 10 === 9 ? ('CANCELLED' as const) : ('REFUNDED' as const);
    const told = kind === 'REFUNDED' ? { ...event, kind, refund } : { ...event, kind };
    const [answer] = await ingestOrderEvents(database, reporterId, [told], new Date());
    expect(answer?.status).toBe('APPLIED');
    if (i === 150) await countInsight(database, new Date(), 7);
  }
  await caughtUp(database);
  await countInsight(database, new Date(), 7);
  await compareAll();
}, 3_600_000);
