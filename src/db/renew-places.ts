import { sql } from 'kysely';
import type { Sql } from './database.ts';

/** Further than any cluster can have counted on after the last thing that is known of it. */
const GAP = 2n ** 40n;

/** SQL: which cluster this is, and on which of its timelines: both change when a database is moved or set back. */
const CLUSTER = sql<string>`case when has_function_privilege('pg_control_system()', 'execute')
  then (select system_identifier::text from pg_control_system()) else '' end
  || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

/**
 * Sees to it that the places of events go up for ever. The ids of transactions begin anew in another cluster, which a dump
 * was read into, and are given out again after a failover or a recovery: then what is counted is raised, past every place
 * that a reader can hold. Run where the database is migrated, before anything is written.
 */
export async function renewPlaces(tx: Sql): Promise<void> {
  const [state] = await tx.rows(sql<{ isSame: boolean; isNew: boolean }>`
    select cluster = ${CLUSTER} as "isSame", cluster = '' as "isNew" from outbox_state`);
  if (state === undefined || state.isSame) return;
  // Nobody writes an event meanwhile, with a place that is counted the old way.
  await tx.rows(sql`lock table outbox_event in exclusive mode`);
  const raised = sql`greatest(deleted_xid, shift + this.xid, (select max(xid) from outbox_event)) + ${GAP}::bigint - this.xid`;
  // The first time there is no other cluster; the events are those of this one, or of a dump that is read in just now.
  const isAhead = sql`coalesce((select max(xid) from outbox_event) >= this.xid, false)`;
  await tx.rows(sql`
    update outbox_state set cluster = ${CLUSTER},
      shift = case when ${!state.isNew}::boolean or ${isAhead} then ${raised} else shift end
    from (select pg_current_xact_id()::text::bigint as xid) this`);
}
