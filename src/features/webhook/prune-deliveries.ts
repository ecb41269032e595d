import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

const KEPT_DAYS = 30;
const AT_ONCE = 1000;

/** Deletes deliveries that ended long ago, with their attempts, and secrets that sign no more. Gives how many deliveries. */
export async function pruneDeliveries(database: Database, now: Date): Promise<number> {
  await database.rows(sql`delete from webhook_secret where retires_at <= ${now}`);
  for (let pruned = 0; ; ) {
    const rows = await database.rows(sql`
      delete from webhook_delivery where id in (
        select id from webhook_delivery
        where state <> 'PENDING' and ended_at < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS})
        order by ended_at limit ${AT_ONCE} for update skip locked)
      returning id`);
    pruned += rows.length;
    if (rows.length < AT_ONCE) return pruned;
  }
}
