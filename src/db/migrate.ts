import { Migrator } from '@mikro-orm/migrations';
import { sql } from 'kysely';
import type { Database } from './database.ts';

const MIGRATION_LOCK = 7_246_001;

/**
 * Brings the database to the newest form and gives the names of the migrations that were applied.
 * Processes that start at once wait for each other; the later ones find nothing to do.
 */
export async function migrate(database: Database): Promise<string[]> {
  return database.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const migrator = new Migrator(tx.em as never);
    const applied = await migrator.up({ transaction: tx.em.getTransactionContext() });
    return applied.map(({ name }) => name);
  });
}
