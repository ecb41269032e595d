import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { ownerRuns, testDatabase } from '../kit/database.ts';

let database: Database;
let other: Database;
beforeAll(async () => {
  [database, other] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(() => Promise.all([database.close(), other.close()]));

test('a test database is migrated, and apart from any other', async () => {
  await ownerRuns(database, sql`create table mark (id int)`);
  const marks = await other.rows(sql`select from pg_tables where tablename = 'mark'`);
  expect(marks).toEqual([]);
  expect(await migrate(other)).toEqual([]);
});
