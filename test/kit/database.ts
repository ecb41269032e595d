import { randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { asOwner } from '../../src/db/rights.ts';
import { entities } from '../../src/entities.ts';

/** A database for one test file alone. */
export interface FreshDatabase {
  url: string;
  /** Ends all connections to it and drops it. */
  drop(): Promise<void>;
}

/** What a test wants to know of its database. */
export interface TestDatabaseOptions {
  /** Called with the text of each statement, for counting. */
  onStatement?: (sql: string) => void;
  poolSize?: number;
}

/**
 * Opens a migrated, empty database of one's own, on a real PostgreSQL. `close()` drops it too:
 *
 *     let database: Database;
 *     beforeAll(async () => { database = await testDatabase(); });
 *     afterAll(() => database.close());
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  const fresh = await freshDatabase();
  const database = await openDatabase(fresh.url, { entities, poolSize: 10, ...options });
  return {
    ...database,
    async close() {
      await database.close();
      await fresh.drop();
    },
  };
}

/**
 * Makes a migrated, empty database without opening it, for tests that start processes on it; `create` replaces the
 * copying of the template by other words of `create database`.
 */
export async function freshDatabase({ create }: { create?: string } = {}): Promise<FreshDatabase> {
  const { adminUrl, template, prefix, problem } = inject('testDatabases');
  if (problem) throw new Error(`The tests have no database: ${problem}`);
  const name = `${prefix}_${randomBytes(4).toString('hex')}`;
  await administer(
    adminUrl,
    `create database ${name} ${create ?? `template ${template} strategy file_copy`}`,
  );
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(adminUrl, `drop database if exists ${name} with (force)`) };
}

/** The address of an open database, for tests that start processes on it. */
export async function databaseUrl(database: Database): Promise<string> {
  const [row] = await database.rows(sql<{ name: string }>`select current_database() as name`);
  const url = new URL(inject('testDatabases').adminUrl);
  url.pathname = `/${row?.name}`;
  return url.href;
}

/** Runs statements as the owner of the database, for what the application may not: spoiling rows, making tables. */
export async function ownerRuns(database: Database, ...statements: RawBuilder<unknown>[]): Promise<void> {
  await database.transaction((tx) =>
    asOwner(tx, async () => {
      for (const statement of statements) await tx.rows(statement);
    }),
  );
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
