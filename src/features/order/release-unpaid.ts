import { sql } from 'kysely';
import type { Database, Sql, Tx } from '../../db/database.ts';
import { lockLiveOffers, lockOrderLines } from '../../db/locks.ts';
import { announce } from '../../db/outbox.ts';
import { type LinePlace, readLines, type StockedLine, updateLines } from './line-store.ts';
import { lineKeyOf } from './order-event.ts';
import { reserveStock } from './reserve-stock.ts';

const AT_ONCE = 500;

/**
 * Gives back what lines that were placed in live sessions and not paid in time hold of the sessions' stock, and tells their
 * brands. The lines stay as they are: one that is paid after all takes again what is there. Gives how many lines it were.
 */
export async function releaseUnpaid(database: Database, now: Date): Promise<number> {
  let released = 0;
  for (;;) {
    const { found, done } = await database.transaction((tx) => releaseSome(tx, now));
    released += done;
    if (found < AT_ONCE) return released;
  }
}

async function releaseSome(tx: Tx, now: Date): Promise<{ found: number; done: number }> {
  const places = await tx.rows(sql<LinePlace>`
    select l.brand_id as "brandId", l.source_id as "sourceId", l.order_no as "orderNo", l.line_no as "lineNo"
    from live_line v join order_line l on l.brand_id = v.brand_id and l.id = v.line_id
    where v.due_at <= ${now} order by v.due_at limit ${AT_ONCE}`);
  if (places.length === 0) return { found: 0, done: 0 };
  await lockOrderLines(
    tx,
    places.map((place) => lineKeyOf({ ...place, source: place.sourceId })),
  );
  const { lines } = await readLines(tx, places);
  const offers = await lockLiveOffers(
    tx,
    sql`o.id = any(${lines.map(({ liveOfferId }) => liveOfferId)}::uuid[])`,
  );
  // Whoever had the lines before may have paid them, or called them off.
  const unpaid = lines.filter(({ state, liveHeld }) => state === 'PLACED' && liveHeld > 0);
  const changes = unpaid.map((line) => ({ line, isNew: false, isOverdue: true }));
  const released = await reserveStock(tx, changes, new Map(offers.map((offer) => [offer.id, offer])));
  await updateLines(tx, released);
  await tell(tx, unpaid, now);
  return { found: places.length, done: unpaid.length };
}

const tell = (tx: Sql, lines: readonly StockedLine[], now: Date): Promise<void> =>
  announce(
    tx,
    lines.map(({ brandId, id, creatorId, liveHeld }) => ({
      kind: 'LIVE_RESERVATION_LAPSED',
      subject: { type: 'OrderLine', id, brandId },
      to: [brandId, ...(creatorId === null ? [] : [creatorId])],
      data: { pieces: liveHeld },
    })),
    now,
  );
