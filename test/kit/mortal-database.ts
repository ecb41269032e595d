import type { RawBuilder } from 'kysely';
import type { Database, Sql } from '../../src/db/database.ts';

/** The database as a worker sees it that is killed before its n-th statement: from then on nothing is done any more. */
export function mortalDatabase(
  database: Database,
  n: number,
): { readonly mortal: Database; isDead(): boolean } {
  let done = 0;
  const live = <Row>(db: Sql, query: RawBuilder<Row>): Promise<Row[]> => {
    done += 1;
    return done >= n ? Promise.reject(new Error('This worker was killed.')) : db.rows(query);
  };
  const mortal: Database = {
    ...database,
    rows: (query) => live(database, query),
    transaction: (work) => database.transaction((tx) => work({ ...tx, rows: (query) => live(tx, query) })),
  };
  return { mortal, isDead: () => done >= n };
}
