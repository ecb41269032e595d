import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { lockState, noteChanges, noteHosts } from './mark-days.ts';
import { type BrandDay, recountDays } from './recount-days.ts';

/** Days of brands that are counted in one transaction. */
const DAYS_AT_ONCE = 200;

/**
 * Brings the figures up to date: notes the days on which lines have changed, and counts them anew. It may be cut short at any
 * moment and run by several processes, of which one at a time counts.
 */
export async function countInsight(database: Database, now: Date, atOnce = DAYS_AT_ONCE): Promise<void> {
  await database.transaction(async (tx) => {
    if ((await lockState(tx)) !== undefined) await noteHosts(tx, now);
  });
  while (await database.transaction(noteChanges));
  while (await database.transaction((tx) => countSome(tx, now, atOnce)));
}

/**
 * Counts some of the noted days. Gives whether there were as many as it took. At the end all is counted up to the first
 * change that the feed does not show yet, since a transaction runs that began before it.
 */
async function countSome(tx: Sql, now: Date, atOnce: number): Promise<boolean> {
  if ((await lockState(tx)) === undefined) return false;
  const days = await tx.rows(takeNoted(atOnce));
  if (days.length > 0) await recountDays(tx, days);
  if (days.length === atOnce) return true;
  await tx.rows(sql`
    update insight_state s set counted_at = greatest(s.counted_at, least(${now}::timestamptz,
      (select min(e.at) from outbox_event e where (e.xid, e.id) > (s.xid, s.id) and e.kind like 'ORDER_LINE_%')))`);
  return false;
}

/**
 * SQL: takes noted days. Those of which lines may lie in a month that is detached wait until it is back: without them less would
 * be counted than there was.
 */
const takeNoted = (atOnce: number) => sql<BrandDay>`
  delete from insight_dirty where (brand_id, day) in (
    select d.brand_id, d.day from insight_dirty d cross join alliance z
    where d.day::timestamp at time zone z.time_zone >= coalesce(
      (select max(start_of_month(month) + interval '1 month') from detached_month), '-infinity')
    order by d.brand_id, d.day limit ${atOnce})
  returning brand_id as "brandId", day::text as day`;
