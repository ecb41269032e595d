import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { Terminal } from '../../src/cli/terminal.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { refreshSales } from '../../src/features/plan/index.ts';
import type { OnProgress } from '../../src/kernel/progress.ts';
import { fillWorld } from './fill-world.ts';
import { ISSUER } from './issuer.ts';
import { SIZES, type Size, type SizeName } from './sizes.ts';
import { SINCE } from './world-sql.ts';

/** The folder of the embedded PostgreSQL, and of what a run writes. */
export const BENCH_FOLDER = resolve(
  import.meta.dirname,
  '../..',
  process.env.ALLIANCE_BENCH_DIR ?? '.alliance-bench',
);

/** A database that was filled, and when the lines in it end. */
export interface World {
  readonly size: SizeName;
  readonly url: string;
}

/** A server of PostgreSQL with the databases of the benchmark. */
export interface BenchServer {
  readonly url: string;
  release(): Promise<void>;
}

/**
 * For a machine that does little else, and alike for all contenders.
 */
const SETTINGS = {
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  max_connections: '200',
  shared_preload_libraries: 'pg_stat_statements',
};

/** The PostgreSQL of DATABASE_URL, or the embedded one, which is started. */
export async function benchServer(): Promise<BenchServer> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, release: async () => undefined };
  return startEmbedded({ dataFolder: BENCH_FOLDER, settings: SETTINGS });
}

const DAY_MS = 86_400_000;
/** Lines are placed over so many days, and all have been received since. */
const SPAN_DAYS = 360;
const RECEIVED_DAYS = 4;

/** The database of a size on the server: the one that is there already, or else it is made, which takes a while. */
export async function worldOf(server: BenchServer, size: SizeName, terminal: Terminal): Promise<World> {
  const name = `bench_${size}`;
  const url = Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  if (await isFilled(server, url, name, size)) {
    await onDatabase(url, migrate);
    return { size, url };
  }
  terminal.note(`Making the data of size ${size} …`);
  const began = performance.now();
  await onServer(server.url, [`drop database if exists ${name} with (force)`, `create database ${name}`]);
  await makeWorld(url, SIZES[size], terminal.onProgress);
  await mark(url, size);
  terminal.endProgress();
  terminal.note(`Made in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
  return { size, url };
}

/** Migrates an empty database, founds an alliance in it and fills it. */
export async function makeWorld(url: string, size: Size, onProgress?: OnProgress): Promise<void> {
  const now = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const from = new Date(now - (SPAN_DAYS + RECEIVED_DAYS) * DAY_MS);
  const targetedFrom = new Date(now - RECEIVED_DAYS * DAY_MS);
  const secondsApart = (SPAN_DAYS * DAY_MS) / 1000 / size.lines;
  await onDatabase(url, async (database) => {
    await migrate(database);
    const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
    await database.transaction((tx) => foundAlliance(tx, options, new Date(SINCE)));
  });
  const { lines, linesWithEvents, ...parties } = size;
  const readers = { issuer: ISSUER, targetedFrom };
  const line = { lines, from, secondsApart };
  await fillWorld(url, { parties, lines: line, linesWithEvents, readers }, onProgress);
  await onDatabase(url, (database) => refreshSales(database, new Date()));
  await onServer(url, ['vacuum analyze pool_entry']);
}

async function onDatabase<Result>(
  url: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(url, { entities, poolSize: 2 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Runs statements by a connection of its own; gives the rows of the last one. */
export async function onServer<Row extends object>(
  url: string,
  statements: readonly string[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** What makes the rows: another hash is other data, which is then made anew. */
function recipe(size: SizeName): string {
  const hash = createHash('sha256').update(JSON.stringify(SIZES[size]));
  const files = readdirSync(import.meta.dirname).filter((name) =>
    /^(world|lines|pool|fill)-\w+\.ts$/.test(name),
  );
  for (const file of files.sort()) hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest('hex');
}

async function isFilled(server: BenchServer, url: string, name: string, size: SizeName): Promise<boolean> {
  const found = await onServer(server.url, [`select from pg_database where datname = '${name}'`]);
  if (found.length === 0) return false;
  const [table] = await onServer<{ there: boolean }>(url, [
    `select to_regclass('bench.world') is not null as there`,
  ]);
  if (!table?.there) return false;
  const [mark] = await onServer<{ recipe: string }>(url, ['select recipe from bench.world']);
  return mark?.recipe === recipe(size);
}

const mark = (url: string, size: SizeName) =>
  onServer(url, [
    'create schema if not exists bench',
    'create table bench.world (recipe text not null, made_at timestamptz not null default now())',
    `insert into bench.world (recipe) values ('${recipe(size)}')`,
  ]);
