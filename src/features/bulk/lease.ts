import { sql } from 'kysely';
import { type Database, type Sql, violatedConstraint } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';

/** An export in the hands of a worker, and where it goes on. */
export interface Lease {
  readonly id: string;
  readonly leaseId: string;
  /** The worker is taken for lost when nothing was heard of it for so long. */
  readonly leaseMs: number;
  readonly query: string;
  readonly cursor: string | null;
  readonly rows: number;
  readonly chunks: number;
}

/** The export is no longer this worker's: it was cancelled, or another one has taken it over. */
export class LeaseLost extends Error {}

/**
 * Takes the next export: of each organisation one at a time, in their order, and those first whose worker was lost. What
 * that one wrote behind the last cursor is taken away. Leases go by the time of the database, also in a sandbox.
 */
export async function takeLease(database: Database, now: Date, leaseMs: number): Promise<Lease | undefined> {
  for (;;) {
    try {
      return await database.transaction((tx) => takeNext(tx, now, leaseMs));
    } catch (error) {
      // Another worker has begun one of the same organisation at the same moment, which is seen the next time.
      if (violatedConstraint(error) !== 'one_export_runs_per_organisation') throw error;
    }
  }
}

async function takeNext(tx: Sql, now: Date, leaseMs: number): Promise<Lease | undefined> {
  const leaseId = newId();
  const [lease] = await tx.rows(sql<Omit<Lease, 'leaseMs'>>`
    update bulk_export set state = 'RUNNING', started_at = coalesce(started_at, ${now}), lease_id = ${leaseId},
      leased_until = clock_timestamp() + make_interval(secs => ${leaseMs}::float8 / 1000),
      attempts = attempts + 1, rows_so_far = kept_rows
    where id = (
      select e.id from bulk_export e
      where (e.state = 'RUNNING' and e.leased_until < clock_timestamp())
        or (e.state = 'WAITING' and not exists (
          select from bulk_export r where r.party_id = e.party_id and r.state = 'RUNNING'))
      order by e.state, e.id limit 1 for update skip locked)
    returning id, lease_id as "leaseId", query, cursor, kept_rows::int as rows, kept_chunks as chunks`);
  if (lease === undefined) return undefined;
  await tx.rows(sql`delete from bulk_chunk where export_id = ${lease.id} and number > ${lease.chunks}::int`);
  await tx.rows(sql`
    update bulk_export set size_bytes = (
      select coalesce(sum(length(data)), 0) from bulk_chunk where export_id = ${lease.id})
    where id = ${lease.id}`);
  return { ...lease, leaseMs };
}

/** SQL: the row of the lease, while it is held. */
export const isHeld = ({ id, leaseId }: Lease) =>
  sql`id = ${id} and lease_id = ${leaseId} and state = 'RUNNING'`;

/** SQL: until when a lease is held that is renewed now. */
export const renewed = ({ leaseMs }: Lease) =>
  sql`clock_timestamp() + make_interval(secs => ${leaseMs}::float8 / 1000)`;

/** Says that the worker is alive. Throws LeaseLost. */
export async function renewLease(db: Sql, lease: Lease): Promise<void> {
  const held = await db.rows(
    sql`update bulk_export set leased_until = ${renewed(lease)} where ${isHeld(lease)} returning id`,
  );
  if (held.length === 0) throw new LeaseLost();
}

/** Lets another worker go on at once. */
export async function giveBack(db: Sql, lease: Lease): Promise<void> {
  await db.rows(sql`update bulk_export set leased_until = clock_timestamp() where ${isHeld(lease)}`);
}

/** Has it tried again a little later; false when it was tried so often without coming any further. */
export async function tryLater(db: Sql, lease: Lease, waitMs: number, attempts: number): Promise<boolean> {
  const waiting = await db.rows(sql`
    update bulk_export set leased_until = clock_timestamp() + make_interval(secs => attempts * ${waitMs}::float8 / 1000)
    where ${isHeld(lease)} and attempts < ${attempts}::int returning id`);
  return waiting.length > 0;
}
