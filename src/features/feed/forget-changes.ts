import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { KEPT_DAYS } from './read-feed.ts';

/** Events that are looked at for one transaction; those of one transaction go together. */
const AT_ONCE = 5000;

/**
 * Deletes events that were written more than 90 days ago, the oldest first and some at a time, and notes up to which place.
 * It goes by the time of the database: events of a replay or a sandbox bear other times. Gives how many were deleted.
 */
export async function forgetChanges(
  database: Database,
  _now: Date,
  signal?: AbortSignal,
  atOnce = AT_ONCE,
): Promise<number> {
  for (let sum = 0; ; ) {
    const [row] = await database.rows(forgetSome(atOnce));
    sum += row?.deleted ?? 0;
    if ((row?.deleted ?? 0) === 0 || signal?.aborted) return sum;
  }
}

const forgetSome = (atOnce: number) => sql<{ deleted: number }>`
  with oldest as materialized (
    select xid, written_at < now() - make_interval(days => ${KEPT_DAYS}) as "isOld"
    from outbox_event order by xid, id limit ${atOnce}),
  -- Up to the first transaction that is kept, or past the last one that was looked at.
  edge as materialized (
    select coalesce(min(xid) filter (where not "isOld"), max(xid) + 1) as xid from oldest),
  event as (delete from outbox_event e using edge where e.xid < edge.xid returning e.xid, e.id),
  audience as (delete from outbox_audience a using edge where a.xid < edge.xid),
  state as (
    update outbox_state set deleted_xid = last.xid, deleted_id = last.id
    from (select xid, id from event order by xid desc, id desc limit 1) last)
  select count(*)::int as deleted from event`;
