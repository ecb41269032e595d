import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/**
 * Makes whoever changes how an agency stands wait for each other: an application is judged by the certificates that
 * there are, also by one that is being granted at this moment.
 */
export async function lockAgency(tx: Sql, agencyId: string): Promise<void> {
  await tx.rows(sql`select from agency where id = ${agencyId} for update`);
}
