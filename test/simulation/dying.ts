import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from '../../src/db/database.ts';

/** Where a process dies: before this statement of a use case, counted from 0, and whether PostgreSQL cuts the connection. */
export interface Death {
  readonly atStatement: number;
  readonly isCut: boolean;
}

/** The process is no more: nothing after it is done. */
export class Died extends Error {}

/**
 * The database as a process sees it that dies at a statement, or after its last one: when the work is committed and was
 * not yet answered.
 */
export function dyingDatabase(database: Database, { atStatement, isCut }: Death): Database {
  let left = atStatement;
  const live = async (tx?: Tx): Promise<void> => {
    if (left-- > 0) return;
    if (isCut) await tx?.rows(sql`select pg_terminate_backend(pg_backend_pid())`).catch(() => undefined);
    throw new Died('The process has died.');
  };
  return {
    ...database,
    async rows<Row>(query: RawBuilder<Row>): Promise<Row[]> {
      await live();
      return database.rows(query);
    },
    async transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
      const result = await database.transaction((tx) =>
        work({
          em: tx.em,
          async rows<Row>(query: RawBuilder<Row>): Promise<Row[]> {
            await live(tx);
            return tx.rows(query);
          },
        }),
      );
      await live();
      return result;
    },
  };
}
