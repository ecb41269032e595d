import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { proveStatement, readStatement } from '../features/statement/index.ts';
import type { OnProgress } from '../kernel/progress.ts';

/** The name of the check. */
export const STATEMENT_PROOF = 'statements-have-their-hashes';

const NUMBERS_AT_ONCE = 1000;

/** Works the hash of every statement out again from its figures and its lines, one statement at a time. */
export async function* proveStatements(
  database: Database,
  onProgress?: OnProgress,
): AsyncGenerator<{ check: string; message: string }> {
  let after = '';
  for (let done = 0; ; ) {
    const numbers = await database.rows(sql<{ number: string }>`
      select number from statement where number > ${after} order by number limit ${NUMBERS_AT_ONCE}`);
    for (const { number } of numbers) {
      const whole = await readStatement(database, number);
      for (const problem of whole === undefined ? [] : await proveStatement(database, whole)) {
        yield { check: STATEMENT_PROOF, message: `statement ${number}: ${problem}` };
      }
      done += 1;
      onProgress?.({ step: 'Proving statements', done });
    }
    const last = numbers.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}
