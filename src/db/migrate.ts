import { Migrator } from '@mikro-orm/migrations';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { renewPlaces } from './renew-places.ts';
import { asOwner } from './rights.ts';

const MIGRATION_LOCK = 7_246_001;

/**
 * Brings the database to the newest form and gives the names of the migrations that were applied.
 * Processes that start at once wait for each other; the later ones find nothing to do. `to` names an older form, such as
 * "0016-rights", for whoever wants a database of those days.
 */
export async function migrate(database: Database, to?: string): Promise<string[]> {
  const applied = await database.transaction((tx) =>
    asOwner(tx, async () => {
      await tx.rows(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
      const migrator = new Migrator(tx.em as never);
      const applied = await migrator.up({ to, transaction: tx.em.getTransactionContext() });
      if (to === undefined) await renewPlaces(tx);
      return applied;
    }),
  );
  database.renewRoles();
  return applied.map(({ name }) => name);
}
