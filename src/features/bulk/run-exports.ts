import type { GraphQLSchema } from 'graphql';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ExportFailed, newAsk } from './ask-as-caller.ts';
import { KeptFile } from './keep-file.ts';
import { giveBack, isHeld, type Lease, LeaseLost, renewLease, takeLease, tryLater } from './lease.ts';
import { planExport } from './plan-levels.ts';
import { UnfitQuery } from './read-query.ts';
import { type Ask, walkLevels } from './walk-levels.ts';

export interface ExportOptions {
  readonly schema: GraphQLSchema;
  readonly clock: Clock;
  /** Stops between two pages; the export goes on with another worker. */
  readonly signal?: AbortSignal;
  /** After how long without a word another worker takes an export over. */
  readonly leaseMs?: number;
  /** How much of a file is written at once, before it is compressed. */
  readonly chunkBytes?: number;
  /** Told about a failure of ours, after which the export is tried again. */
  readonly onFault?: (error: unknown) => void;
}

const LEASE_MS = 60_000;
/** An export that does not come any further is begun so many times. */
const ATTEMPTS = 5;
const AGAIN_AFTER_MS = 5_000;

/**
 * Runs exports until none waits, one after the other, and gives how many were taken up. It may be killed at any moment:
 * whoever takes the export over goes on after the last page that was kept, so that no row is twice in the file.
 */
export async function runExports(database: Database, options: ExportOptions): Promise<number> {
  const { clock, signal, leaseMs = LEASE_MS } = options;
  for (let taken = 0; ; taken++) {
    if (signal?.aborted) return taken;
    const lease = await takeLease(database, clock.now(), leaseMs);
    if (lease === undefined) return taken;
    await runExport(database, lease, options);
  }
}

async function runExport(database: Database, lease: Lease, options: ExportOptions): Promise<void> {
  try {
    await writeFile(database, lease, options);
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (options.signal?.aborted) return giveBack(database, lease);
    if (error instanceof UnfitQuery) return fail(database, lease, 'BAD_USER_INPUT', error.message, options);
    if (error instanceof ExportFailed) return fail(database, lease, error.code, error.message, options);
    options.onFault?.(error);
    if (await tryLater(database, lease, AGAIN_AFTER_MS, ATTEMPTS)) return;
    const message =
      'Something went wrong on our side, several times; it was logged under the id of the export.';
    return fail(database, lease, 'INTERNAL_SERVER_ERROR', message, options);
  }
}

async function writeFile(database: Database, lease: Lease, options: ExportOptions): Promise<void> {
  const { schema, clock, signal, chunkBytes } = options;
  const plan = planExport(schema, lease.query);
  const asCaller = newAsk({ database, clock, schema, exportId: lease.id });
  const file = new KeptFile(database, lease, chunkBytes);
  // A single question takes no longer than a statement may; the lease is renewed before each.
  const ask: Ask = async (document, variables) => {
    signal?.throwIfAborted();
    await renewLease(database, lease);
    return asCaller(document, variables);
  };
  for await (const piece of walkLevels(plan, ask, lease.cursor)) await file.add(piece);
  await file.complete(clock.now());
}

async function fail(
  database: Database,
  lease: Lease,
  code: string,
  message: string,
  { clock }: ExportOptions,
): Promise<void> {
  await database.transaction(async (tx) => {
    const failed = await tx.rows(sql`
      update bulk_export set state = 'FAILED', error_code = ${code}, error_message = ${message.slice(0, 1000)},
        ended_at = ${clock.now()}, rows_so_far = 0, size_bytes = 0, lease_id = null, leased_until = null
      where ${isHeld(lease)} returning id`);
    if (failed.length > 0) await tx.rows(sql`delete from bulk_chunk where export_id = ${lease.id}`);
  });
}
