import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { type DetachedMonth, detachedMonths } from '../db/months.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { INVARIANTS } from './invariants.ts';
import { PROOFS, proveLine } from './prove-line.ts';
import { proveStatements } from './prove-statements.ts';
import { readKeptLines, START } from './read-lines.ts';

export interface Failure {
  /** The name of the check. */
  readonly check: string;
  readonly message: string;
}

export interface Verification {
  /** How many checks there are. */
  readonly checks: number;
  readonly failures: readonly Failure[];
  /** The months whose lines are not here to be checked. Of them only what they brought the ledger is known, and counted. */
  readonly detached: readonly DetachedMonth[];
}

/** So many failures of one check are told: enough to see what kind they are. */
const MOST_FAILURES = 20;
/** Lines that are read at once, with all that hangs on them: a few megabytes. */
const LINES_AT_ONCE = 2000;

/**
 * Checks every invariant and works every line's commission out again from its own proof, in bounded memory and while
 * orders may come in. Changes nothing.
 */
export async function verify(
  database: Database,
  { onProgress }: { onProgress?: OnProgress } = {},
): Promise<Verification> {
  const failures: Failure[] = [];
  for (const [done, { name, sql: statement }] of INVARIANTS.entries()) {
    onProgress?.({ step: 'Checking invariants', done, total: INVARIANTS.length });
    const rows = await database.rows(sql<{ message: string }>`
      select message from (${sql.raw(statement)}) broken limit ${MOST_FAILURES}`);
    failures.push(...rows.map(({ message }) => ({ check: name, message })));
  }
  failures.push(...(await proveLines(database, onProgress)));
  for await (const failure of proveStatements(database, onProgress)) {
    if (told(failures, failure.check) < MOST_FAILURES) failures.push(failure);
  }
  const detached = await detachedMonths(database);
  return { checks: INVARIANTS.length + PROOFS.length + 1, failures, detached };
}

async function proveLines(database: Database, onProgress?: OnProgress): Promise<Failure[]> {
  const total = await countLines(database);
  const failures: Failure[] = [];
  let place = START;
  for (let done = 0; ; ) {
    const lines = await readKeptLines(database, place, LINES_AT_ONCE);
    const last = lines.at(-1)?.line;
    if (last === undefined) break;
    for (const kept of lines) {
      for (const { proof, figure } of proveLine(kept)) {
        const message = `line ${kept.line.id} of brand ${kept.line.brandId}: ${figure}`;
        if (told(failures, proof) < MOST_FAILURES) failures.push({ check: proof, message });
      }
    }
    place = { brandId: last.brandId, lineId: last.id };
    done += lines.length;
    onProgress?.({ step: 'Proving commissions', done, total: Math.max(total, done) });
  }
  return failures;
}

const told = (failures: readonly Failure[], name: string): number =>
  failures.filter(({ check }) => check === name).length;

async function countLines(database: Database): Promise<number> {
  const [row] = await database.rows(sql<{ count: bigint }>`select count(*) from order_line`);
  return Number(row?.count ?? 0);
}
