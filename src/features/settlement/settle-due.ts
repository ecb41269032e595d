import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { NO_ID, newId } from '../../kernel/ids.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import { findAlliance, rulesAt } from '../account/index.ts';
import { type BatchPlace, settleBatch } from './settle-batch.ts';

export interface SettleOptions {
  /** What is due by then is settled. */
  readonly asOf: Date;
  /** When that happens: the time on what is posted. */
  readonly now: Date;
  /** Lines settled in one transaction at most: what a crash undoes, and what bounds the memory. */
  readonly batchLines?: number;
  readonly onProgress?: OnProgress;
  /** Stops the run between two batches. */
  readonly signal?: AbortSignal;
}

/** What one run has settled by itself. */
export interface SettlementSummary {
  readonly runId: string;
  readonly lines: number;
  readonly batches: number;
}

const BATCH_LINES = 5000;
const WAIT_MS = 50;
const MOST_STARTS = 500;

/**
 * Settles every line that is due, each once, in batches of bounded size. It may be stopped or killed at any moment: what
 * is committed is settled, what is not is as it was. Several runs at once share the lines and never wait for each other
 * to find some; a run ends when none is due, also not in another's hands.
 */
export async function settleDue(database: Database, options: SettleOptions): Promise<SettlementSummary> {
  const { asOf, now, batchLines = BATCH_LINES, onProgress, signal } = options;
  const run = { id: newId(), asOf, now, batchLines };
  let [lines, batches] = [0, 0];
  // Most runs find nothing; then this is their only statement.
  if (!(await isAnyDue(database, asOf))) return { runId: run.id, lines, batches };
  const alliance = await findAlliance(database);
  if (alliance === undefined) return { runId: run.id, lines, batches };
  const { policy } = await rulesAt(database, now);
  // Runs that are at different brands share no plans and no escrow: each batch begins at another one, drawn anew by each run.
  const starts = await drawBrands(database);
  let from = starts[0] ?? NO_ID;
  let passed = 0;
  const total = onProgress && (await countDue(database, asOf));
  for (;;) {
    signal?.throwIfAborted();
    const place: BatchPlace = {
      run,
      fromBrandId: from,
      allianceId: alliance.id,
      recoveryBp: policy.recoveryBp,
    };
    const batch = await settleBatch(database, place);
    lines += batch.lines;
    if (batch.lines > 0) batches += 1;
    onProgress?.({ step: 'Settling', done: lines, total });
    if (batch.lines === batchLines) {
      from = starts[batches % starts.length] ?? batch.lastBrandId;
      continue;
    }
    // The end of the brands was reached; those before the first one are still to be looked at.
    from = NO_ID;
    passed += 1;
    if (passed < 2) continue;
    if (!(await isAnyDue(database, asOf))) break;
    await sleep(WAIT_MS);
  }
  if (batches > 0) {
    await database.rows(
      sql`update settlement_run set ended_at = greatest(${now}, started_at) where id = ${run.id}`,
    );
  }
  return { runId: run.id, lines, batches };
}

/** Brands in an order by chance: so many that runs seldom meet, so few that their memory does not grow with the alliance. */
async function drawBrands(database: Database): Promise<string[]> {
  const rows = await database.rows(
    sql<{ id: string }>`select id from brand order by random() limit ${MOST_STARTS}`,
  );
  return rows.map(({ id }) => id);
}

/** How many lines are due; for the progress that is shown. */
async function countDue(database: Database, asOf: Date): Promise<number> {
  const [row] = await database.rows(sql<{ count: bigint }>`
    select count(*) from line_due where open_cases = 0 and due_at <= ${asOf}`);
  return Number(row?.count ?? 0);
}

async function isAnyDue(database: Database, asOf: Date): Promise<boolean> {
  const rows = await database.rows(sql`
    select from brand b where exists (select from line_due d
      where d.brand_id = b.id and d.open_cases = 0 and d.due_at <= ${asOf}) limit 1`);
  return rows.length > 0;
}
