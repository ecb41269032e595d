import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { headPlace } from '../../src/db/read-changes.ts';

/**
 * Waits until the feed shows all that is committed by now: transactions of other test files, in other databases of the same
 * PostgreSQL, hold it back while they run.
 */
export async function caughtUp(database: Database): Promise<void> {
  const [now] = await database.rows(sql<{ xid: bigint }>`
    select pg_current_xact_id()::text::bigint + shift as xid from outbox_state`);
  while ((await headPlace(database)).xid <= (now?.xid ?? 0n)) await sleep(10);
}
