import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { entities } from '../../src/entities.ts';
import { startTestServer } from './test-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    testDatabases: {
      adminUrl: string;
      /** The migrated database that the others are copies of. */
      template: string;
      /** Begins the name of every database of this run. */
      prefix: string;
      /** Why there are none; tests without a database run all the same. */
      problem: string | undefined;
    };
  }
}

/** Starts the server of this run and makes the migrated template, once, before any test file is loaded. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  const prefix = `alliance_test_${process.pid}_${randomBytes(3).toString('hex')}`;
  const template = `${prefix}_template`;
  let problem: string | undefined;
  try {
    await admin(server.adminUrl, [`create database ${template} encoding 'UTF8' template template0`]);
    await migrateTemplate(server.adminUrl, template);
  } catch (error) {
    problem = (error as Error).stack ?? String(error);
  }
  project.provide('testDatabases', { adminUrl: server.adminUrl, template, prefix, problem });
  return async () => {
    await dropAll(server.adminUrl, prefix);
    await server.stop();
  };
}

async function migrateTemplate(adminUrl: string, template: string): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  const database = await openDatabase(url.href, { entities, poolSize: 2 });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
}

async function dropAll(adminUrl: string, prefix: string): Promise<void> {
  const names = await admin(adminUrl, [`select datname from pg_database where datname like '${prefix}%'`]);
  await admin(
    adminUrl,
    names.map((name) => `drop database if exists ${name} with (force)`),
  );
}

async function admin(url: string, statements: string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const names: string[] = [];
    for (const statement of statements) {
      const { rows } = await client.query<{ datname: string }>(statement);
      names.push(...rows.map(({ datname }) => datname));
    }
    return names;
  } finally {
    await client.end();
  }
}
