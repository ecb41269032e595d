import type { Sql } from '../../db/database.ts';
import { ANONYMOUS } from '../../graphql/actor.ts';
import { accountsOfStatement, statementByNumber, totalsOfStatement } from './statement.loaders.ts';
import { isStatementNumber } from './statement-number.ts';
import type { WholeStatement } from './statement-rows.ts';

/** A statement with all of its figures by its number; undefined for every text that is none. Three statements of SQL. */
export async function readStatement(db: Sql, number: string): Promise<WholeStatement | undefined> {
  const [whole] = isStatementNumber(number) ? await readStatements(db, [number]) : [];
  return whole;
}

/** Statements with all of their figures, in no certain order. Three statements of SQL, however many are asked for. */
export async function readStatements(db: Sql, numbers: readonly string[]): Promise<WholeStatement[]> {
  // Who may see them is asked by the caller: these reads give the same to everybody.
  const scope = { sql: db, actor: ANONYMOUS, now: new Date(0) };
  const statements = await statementByNumber.read(numbers, scope);
  if (statements.length === 0) return [];
  const ids = statements.map(({ id }) => id);
  const byStatement = ({ statementId }: { statementId: string }) => statementId;
  const accounts = Map.groupBy(await accountsOfStatement.read(ids, scope), byStatement);
  const totals = Map.groupBy(await totalsOfStatement.read(ids, scope), byStatement);
  return statements.map((statement) => ({
    statement,
    accounts: accounts.get(statement.id) ?? [],
    totals: totals.get(statement.id) ?? [],
  }));
}
