import { AsyncLocalStorage } from 'node:async_hooks';
import { CompiledQuery, type DatabaseConnection } from 'kysely';

const limits = new AsyncLocalStorage<number>();
/** What connections were told last; a new one has no limit. */
const told = new WeakMap<DatabaseConnection, number>();

/** SQLSTATE of a statement that was ended for its time. */
export const STATEMENT_ENDED = '57014';

/** Does the work, none of whose statements may take longer: PostgreSQL ends them with the SQLSTATE 57014. */
export const limitStatements = <Result>(ms: number, work: () => Result): Result => limits.run(ms, work);

/** How long a statement of the work that is under way may take, in milliseconds; 0 when nobody has said. */
export const wantedTimeout = (): number => limits.getStore() ?? 0;

/**
 * Tells a connection the limit of the work that has just got it. One pool serves requests and the long statements of
 * workers; a connection is told only when it served the other kind before.
 */
export async function tellTimeout(connection: DatabaseConnection): Promise<void> {
  const wanted = wantedTimeout();
  if ((told.get(connection) ?? 0) === wanted) return;
  await connection.executeQuery(CompiledQuery.raw(`set statement_timeout = ${wanted}`));
  told.set(connection, wanted);
}
