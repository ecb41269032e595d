import { type RawBuilder, sql } from 'kysely';
import type { Database, Sql } from './database.ts';
import { analyze, asOwner } from './rights.ts';

/** How a month of order lines, all that hangs on them, and clicks is there. */
export type MonthState =
  /** Read and written as a part of the tables. */
  | 'ATTACHED'
  /** Tables of its own, such as order_line_2025_10, which nothing reads. */
  | 'DETACHED'
  /** Detached, and its tables are no longer all in this database. */
  | 'GONE'
  /** No month: what no month was there for, and events that wait for their line. */
  | 'DEFAULT';

export interface Month {
  /** Such as 2025-10, by UTC; null for the rows of no month. */
  readonly month: string | null;
  readonly state: MonthState;
  /** Order lines, by the planner's estimate; counted when the month was detached. */
  readonly lines: bigint;
  /** Rows of all its tables, by the planner's estimate. */
  readonly rows: bigint;
  readonly bytes: bigint;
}

/** A month that is detached, with how many order lines it holds. */
export interface DetachedMonth {
  readonly month: string;
  readonly lines: number;
}

/**
 * SQL: that a column lies between the first and the last of these ids, which a join with them says already. Said so, the
 * planner leaves out all other months before it plans for them.
 */
export function inMonthsOf(column: RawBuilder<unknown>, ids: readonly string[]): RawBuilder<boolean> {
  const sorted = [...ids].sort();
  return sql`${column} between ${sorted[0]}::uuid and ${sorted.at(-1)}::uuid`;
}

const MONTHS_AHEAD = 3;
/** So long intake may wait for a partition, and a partition for intake, at most; the upkeep comes again. */
const LOCK_TIMEOUT = sql.lit('2s');
const TABLE_MONTH = '^[0-9]{4}_[0-9]{2}$';

interface MissingPartition {
  readonly name: string;
  readonly key: string;
  readonly month: string;
}

/**
 * Makes the months from one time to another that are not there. Each partition is made in a transaction of its own, so
 * that no two tables are locked together and intake waits for a moment only. Gives how many partitions were made.
 */
export async function ensureMonths(database: Database, since: Date, until: Date): Promise<number> {
  const missing = await database.rows(sql<MissingPartition>`
    select name, key, month from (
      select t.*, to_char(m, 'YYYY_MM') as month from monthly_tables() t, generate_series(
        date_trunc('month', ${since}::timestamptz at time zone 'UTC'), ${until}::timestamptz at time zone 'UTC', '1 month') m) a
    where to_regclass(name || '_' || month) is null and not exists (select from detached_month d where d.month = a.month)
    order by month, no`);
  for (const { name, key, month } of missing) {
    await database.transaction((tx) =>
      asOwner(tx, async () => {
        await tx.rows(sql`set local lock_timeout = ${LOCK_TIMEOUT}`);
        await tx.rows(sql`select ensure_month(${name}, ${key}, ${month})`);
      }),
    );
  }
  return missing.length;
}

/**
 * Sees to it that this month and the next three are there, and once a day that the planner knows the tables as a whole,
 * which autovacuum leaves out where a table is partitioned. By real time: ids are made by it, whatever a sandbox's clock says.
 */
export async function keepMonths(database: Database): Promise<void> {
  const now = new Date();
  const ahead = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + MONTHS_AHEAD));
  await ensureMonths(database, now, ahead);
  const stale = await database.rows(sql<{ name: string }>`
    select t.name from monthly_tables() t left join pg_stat_user_tables s on s.relid = to_regclass(t.name)
    where coalesce(greatest(s.last_analyze, s.last_autoanalyze) < now() - interval '1 day', true) order by t.no`);
  for (const { name } of stale) await database.transaction((tx) => analyze(tx, name));
}

/** All months, oldest first, and last what lies in none. */
export async function listMonths(database: Sql): Promise<Month[]> {
  return database.rows(sql<Month>`
    with part as (
      select t.name, substr(c.relname, length(t.name) + 2) as month, c.oid, c.relispartition, greatest(c.reltuples, 0) as rows
      from monthly_tables() t
      join pg_class c on c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and starts_with(c.relname, t.name || '_')),
    found as (
      select p.month, count(*) as tables, bool_and(relispartition) as attached, sum(rows) as rows,
        coalesce(sum(rows) filter (where name = 'order_line'), 0) as lines, sum(pg_total_relation_size(oid)) as bytes
      from part p where month ~ ${TABLE_MONTH} or month = 'default' group by 1)
    select replace(nullif(month, 'default'), '_', '-') as month,
      case when month = 'default' then 'DEFAULT' when d.month is null then 'ATTACHED'
        when f.tables = (select count(*) from monthly_tables()) then 'DETACHED' else 'GONE' end as state,
      coalesce(d.lines, f.lines::bigint) as lines, coalesce(f.rows, 0)::bigint as rows, coalesce(f.bytes, 0)::bigint as bytes
    from found f full join detached_month d using (month)
    order by month = 'default', month`);
}

/** The months that are detached, oldest first. */
export async function detachedMonths(database: Sql): Promise<DetachedMonth[]> {
  const rows = await database.rows(sql<{ month: string; lines: bigint }>`
    select replace(month, '_', '-') as month, lines from detached_month order by 1`);
  return rows.map(({ month, lines }) => ({ month, lines: Number(lines) }));
}
