import type { Sql } from '../../db/database.ts';
import { ANONYMOUS } from '../../graphql/actor.ts';
import { accountsOfStatement, statementByNumber, totalsOfStatement } from './statement.loaders.ts';
import { isStatementNumber } from './statement-number.ts';
import type { WholeStatement } from './statement-rows.ts';

/** A statement with all of its figures by its number; undefined for every text that is none. Three statements. */
export async function readStatement(db: Sql, number: string): Promise<WholeStatement | undefined> {
  // Who may see it is asked by the caller: these reads give the same to everybody.
  const scope = { sql: db, actor: ANONYMOUS, now: new Date(0) };
  const [statement] = isStatementNumber(number) ? await statementByNumber.read([number], scope) : [];
  if (statement === undefined) return undefined;
  const accounts = await accountsOfStatement.read([statement.id], scope);
  return { statement, accounts, totals: await totalsOfStatement.read([statement.id], scope) };
}
