import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { BucketSize } from './limit-variables.ts';

/** What a server asks of the bucket that all servers share. */
export interface Withdrawal {
  readonly who: string;
  readonly size: BucketSize;
  /** Points without which it takes none. */
  readonly least: number;
  /** Points that it takes where there are so many. */
  readonly wanted: number;
}

/** Takes points out of a bucket, as many as are wanted and there, or none. One statement, by the time of the database. */
export async function withdraw(
  db: Sql,
  { who, size, least, wanted }: Withdrawal,
): Promise<{ granted: number; available: number }> {
  const { points, restorePerS } = size;
  const atFirst = least <= points ? Math.min(wanted, points) : 0;
  const [row] = await db.rows(sql<{ granted: number; available: number }>`
    insert into rate_bucket as b (who, full_at, granted)
    values (${who}, clock_timestamp() + ${atFirst / restorePerS}::float8 * interval '1 second', ${atFirst}::float8)
    on conflict (who) do update set (full_at, granted) = (
      select greatest(b.full_at, t.now) + t.granted / ${restorePerS}::float8 * interval '1 second', t.granted
      from (
        select r.now, case when r.room >= ${least}::float8 then least(${wanted}::float8, floor(r.room)) else 0 end as granted
        from (
          select c.now, ${points}::float8
            - greatest(extract(epoch from b.full_at - c.now)::float8, 0) * ${restorePerS}::float8 as room
          from (select clock_timestamp() as now) c
        ) r
      ) t
    )
    returning granted, ${points}::float8
      - greatest(extract(epoch from full_at - clock_timestamp())::float8, 0) * ${restorePerS}::float8 as available`);
  return row as { granted: number; available: number };
}

/** Puts points back into buckets, or takes what turned out to be spent beyond what was taken. One statement for all. */
export async function putBack(
  db: Sql,
  amounts: readonly { readonly who: string; readonly points: number; readonly size: BucketSize }[],
): Promise<void> {
  const whos = amounts.map(({ who }) => who);
  const seconds = amounts.map(({ points, size }) => points / size.restorePerS);
  // Rows in one order, so that two servers never wait for each other.
  await db.rows(sql`
    with given as (
      select b.who, g.seconds
      from unnest(${whos}::text[], ${seconds}::float8[]) g (who, seconds) join rate_bucket b on b.who = g.who
      order by b.who for update of b)
    update rate_bucket b
    set full_at = greatest(b.full_at, clock_timestamp()) - g.seconds * interval '1 second'
    from given g where b.who = g.who`);
}

/** Rows deleted by one statement. */
const MAX_FORGOTTEN = 10_000;

/** Forgets the buckets that are full. Gives how many they were. */
export async function forgetFullBuckets(db: Sql): Promise<number> {
  const gone = await db.rows(sql`
    delete from rate_bucket where who in (
      select who from rate_bucket where full_at < clock_timestamp() - interval '1 minute'
      limit ${MAX_FORGOTTEN} for update skip locked)
    returning 1`);
  return gone.length;
}
