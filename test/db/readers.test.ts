import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, sqlState } from '../../src/db/database.ts';
import { limitStatements } from '../../src/db/statement-timeout.ts';
import { testDatabase } from '../kit/database.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const one = async (query: Parameters<Database['rows']>[0]) => (await database.reads.rows(query))[0];

it('prepares a statement once for each connection', async () => {
  for (let i = 0; i < 5; i++) await one(sql`select ${i}::int as "asked for"`);
  const kept = await database.reads.rows(sql<{ statement: string }>`
    select statement from pg_prepared_statements where statement like '%asked for%' and statement not like '%pg_prepared%'`);
  expect(kept).toHaveLength(1);
});

it('gives each its own answer, also behind one that fails', async () => {
  const answers = await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) => one(sql`select 100 / ${i % 3}::int as quotient, ${i}::int as i`)),
  );
  const found = answers.map((answer) =>
    answer.status === 'fulfilled' ? answer.value : sqlState(answer.reason),
  );
  expect(found).toEqual(
    Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0 ? '22012' : { quotient: Math.floor(100 / (i % 3)), i },
    ),
  );
});

it('works as the application, in UTC, and cannot write', async () => {
  expect(await one(sql`select current_user as role, current_setting('TimeZone') as zone`)).toEqual({
    role: 'goods_alliance_app',
    zone: 'UTC',
  });
  const written = database.reads.rows(sql`delete from party`);
  expect(await written.catch(sqlState)).toBe('25006');
});

it('goes on with a statement whose tables have changed', async () => {
  await database.transaction(async (tx) => {
    await tx.rows(sql`set local role none`);
    await tx.rows(sql`create table changing (a int)`);
    await tx.rows(sql`insert into changing values (1)`);
    await tx.rows(sql`grant select on changing to goods_alliance_app`);
  });
  const read = () => database.reads.rows(sql`select t.* from changing t`);
  for (let i = 0; i < 4; i++) expect(await read()).toEqual([{ a: 1 }]);
  await database.transaction(async (tx) => {
    await tx.rows(sql`set local role none`);
    await tx.rows(sql`alter table changing add column b int`);
  });
  expect(await read()).toEqual([{ a: 1, b: null }]);
  expect(await read()).toEqual([{ a: 1, b: null }]);
});

it('opens another connection when one was cut', async () => {
  const [reader] = await database.reads.rows(sql<{ pid: number }>`select pg_backend_pid() as pid`);
  const asked = Array.from({ length: 6 }, () =>
    one(sql`select pg_sleep(0.2)`).then(() => 'answered', sqlState),
  );
  await database.transaction(async (tx) => {
    await tx.rows(sql`set local role none`);
    await tx.rows(sql`select pg_terminate_backend(${reader?.pid})`);
  });
  expect(new Set(await Promise.all(asked))).toContain('57P01');
  expect(await Promise.all(Array.from({ length: 6 }, () => one(sql`select 1 as one`)))).toEqual(
    Array(6).fill({ one: 1 }),
  );
});

it('has PostgreSQL end what takes longer than its work may, and nothing else', async () => {
  const slow = () => one(sql`select pg_sleep(0.3), 1 as slept`);
  const limited = limitStatements(50, slow);
  expect(await limited.catch(sqlState)).toBe('57014');
  expect(await slow()).toMatchObject({ slept: 1 });
});

it('says how many statements have others before them', async () => {
  const before = database.condition().waiting;
  const asked = Array.from({ length: 30 }, () => one(sql`select pg_sleep(0.01)`));
  const waiting = database.condition().waiting;
  await Promise.all(asked);
  expect([before, waiting, database.condition().waiting]).toEqual([0, 27, 0]);
});
