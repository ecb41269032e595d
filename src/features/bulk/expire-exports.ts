import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { statesBefore } from './bulk-state.ts';

/** Deletes the files whose time is over. Gives how many. */
export async function expireExports(database: Database, now: Date): Promise<number> {
  return database.transaction(async (tx) => {
    const expired = await tx.rows(sql<{ id: string }>`
      update bulk_export set state = 'EXPIRED'
      where state = any(${statesBefore('EXPIRED')}::text[]) and expires_at <= ${now} returning id`);
    await tx.rows(sql`delete from bulk_chunk where export_id = any(${expired.map(({ id }) => id)}::uuid[])`);
    return expired.length;
  });
}
