import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { replayOnlineRetail } from '../../seeds/online-retail/replay.ts';
import { verify } from '../../src/checks/verify.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { entities } from '../../src/entities.ts';
import { freshDatabase, ownerRuns, testDatabase } from '../kit/database.ts';
import { retailFile } from '../kit/retail-file.ts';

/** Lines that are settled and refunded, one that nobody is credited for, and an event that finds no line. */
const ROWS = [
  '536365,85123A,LANTERN,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom',
  '536366,21111A,TOWEL,10,2010-12-01 08:27:00,1.99,13631.0,United Kingdom',
  '536367,21111A,TOWEL,3,2010-12-01 08:28:00,1.99,,United Kingdom',
  'C536368,21111A,TOWEL,-3,2010-12-02 08:00:00,1.99,13631.0,United Kingdom',
  'C536369,21111A,TOWEL,-9,2010-12-02 08:01:00,1.99,13631.0,United Kingdom',
  '536370,21111A,TOWEL,50,2010-12-03 08:00:00,1.99,13631.0,United Kingdom',
];
/** What that migration has made, and what a migrated database has already. */
const NOT_COPIED = /^(mikro_orm_migrations|detached_|.*_(\d{4}_\d\d|default)$|order_(line|event)_key$)/;

async function tablesOf(database: Database): Promise<string[]> {
  const rows = await database.rows(sql<{ name: string }>`
    select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`);
  return rows.map(({ name }) => name).filter((name) => !NOT_COPIED.test(name));
}

/** The columns that are written; others are worked out from them. */
async function columnsOf(database: Database, table: string) {
  const rows = await database.rows(sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`);
  return rows.map(({ name }) => name);
}

/** The rows of a table as JSON, as they were kept before months, without what later versions added. */
async function rowsOf(database: Database, table: string, columns: readonly string[]): Promise<string | null> {
  const was =
    table === 'order_event'
      ? sql`(select to_jsonb(e) || jsonb_build_object('content_hash', k.content_hash)
          from order_event_key k where k.source_id = t.source_id and k.event_id = t.event_id)`
      : sql`to_jsonb(t)`;
  const source =
    table === 'order_event'
      ? sql`order_event t cross join lateral (select t.*) e`
      : sql`${sql.table(table)} t`;
  const [row] = await database.rows(sql<{ rows: string | null }>`
    select jsonb_agg(kept order by kept)::text as rows from ${source} cross join lateral (
      select jsonb_object_agg(key, value) as kept from jsonb_each(${was}) where key = any(${columns}::text[])) k`);
  return row?.rows ?? null;
}

it('a database from before months is brought to them whole, and what it held is where it was', async () => {
  const file = retailFile(ROWS);
  const now = await testDatabase();
  await replayOnlineRetail(now, file, { settle: true });
  rmSync(file);
  const fresh = await freshDatabase({ create: `encoding 'UTF8' template template0` });
  const before = await openDatabase(fresh.url, { entities, poolSize: 2 });
  await migrate(before, '0021-bulk');
  const held = new Map<string, { columns: string[]; rows: string | null }>();
  for (const table of await tablesOf(before)) {
    const columns = await columnsOf(before, table);
    held.set(table, { columns, rows: await rowsOf(now, table, columns) });
  }
  for (const [table, { columns: names, rows }] of held) {
    if (rows === null) continue;
    const columns = sql.join(names.map((name) => sql.id(name)));
    await ownerRuns(
      before,
      sql`set local session_replication_role = replica`,
      sql`delete from ${sql.table(table)}`,
      sql`insert into ${sql.table(table)} (${columns})
        select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${rows}::jsonb)`,
    );
  }
  expect(await before.rows(sql`select from order_line`)).toHaveLength(4);
  expect(await before.rows(sql`select from order_event where waiting`)).toHaveLength(1);
  expect((await migrate(before))[0]).toBe('0022-months');

  for (const [table, { columns, rows }] of held)
    expect([table, await rowsOf(before, table, columns)]).toEqual([table, rows]);
  const keysOf = (database: Database) => database.rows(sql`select * from order_line_key order by line_id`);
  expect(await keysOf(before)).toEqual(await keysOf(now));
  const { failures } = await verify(before);
  expect(failures).toEqual([]);
  // The lines lie in the month of their ids, none is left over, and no table of before stands beside.
  const [left] = await before.rows(sql<{ lines: bigint; tables: bigint }>`
    select (select count(*) from order_line where tableoid = to_regclass('order_line_default')) as lines,
      (select count(*) from pg_class where relname like '%\\_before') as tables`);
  expect(left).toEqual({ lines: 0n, tables: 0n });
  await before.close();
  await fresh.drop();
  await now.close();
});
