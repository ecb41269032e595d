import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { proveStatements as problemsOf, readStatements } from '../features/statement/index.ts';
import type { OnProgress } from '../kernel/progress.ts';

/** The name of the check. */
export const STATEMENT_PROOF = 'statements-have-their-hashes';

const AT_ONCE = 200;

/** Works the hash of every statement out again from its figures and its lines, some statements at a time. */
export async function* proveStatements(
  database: Database,
  onProgress?: OnProgress,
): AsyncGenerator<{ check: string; message: string }> {
  let after = '';
  for (let done = 0; ; ) {
    const rows = await database.rows(sql<{ number: string }>`
      select number from statement where number > ${after} order by number limit ${AT_ONCE}`);
    const numbers = rows.map(({ number }) => number);
    for (const { number, problem } of await problemsOf(database, await readStatements(database, numbers)))
      yield { check: STATEMENT_PROOF, message: `statement ${number}: ${problem}` };
    done += numbers.length;
    onProgress?.({ step: 'Proving statements', done });
    const last = numbers.at(-1);
    if (last === undefined) return;
    after = last;
  }
}
