import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Whether the alliance has anybody in it; an empty one may be filled with the demo. */
export async function isFounded(database: Database): Promise<boolean> {
  return (await database.rows(sql`select from party limit 1`)).length > 0;
}
