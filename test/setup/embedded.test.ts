import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLogFile } from '../../src/db/embedded/log-file.ts';
import { runningPostmaster } from '../../src/db/embedded/postmaster.ts';
import { type EmbeddedPostgres, startEmbedded } from '../../src/db/embedded.ts';
import { dataFolder } from '../kit/alliance-process.ts';

let folder: ReturnType<typeof dataFolder>;
let cluster: string;
beforeEach(() => {
  folder = dataFolder();
  cluster = join(folder.path, 'postgres');
});
afterEach(() => folder.remove());

const start = (onLost?: () => void) =>
  startEmbedded({ dataFolder: folder.path, settings: { fsync: 'off' }, onLost });

async function query<Row extends pg.QueryResultRow>({ url }: EmbeddedPostgres, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('starts on an empty folder, keeps the data, and leaves nothing running', async () => {
  const first = await start();
  await query(first, 'create table mark as select 7 as id');
  expect(statSync(join(cluster, 'alliance.password')).mode & 0o777).toBe(0o600);
  await Promise.all([first.release(), first.release()]);
  expect(runningPostmaster(cluster)).toBeUndefined();

  const second = await start();
  expect(await query(second, 'select id from mark')).toEqual([{ id: 7 }]);
  expect(await query(second, 'show jit')).toEqual([{ jit: 'off' }]);
  await second.release();
});

test('several at once share one server; the last one stops it', async () => {
  const all = await Promise.all([start(), start(), start()]);
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  await all[0]!.release();
  await all[1]!.release();
  expect(await query(all[2]!, 'select 1 as one')).toEqual([{ one: 1 }]);
  await all[2]!.release();
  expect(runningPostmaster(cluster)).toBeUndefined();
  expect(readdirSync(folder.path).sort()).toEqual(['postgres', 'postgresql.log']);
});

test('one that comes while the last one stops the server starts it again', async () => {
  let held = await start();
  for (let round = 0; round < 5; round++) {
    const [next] = await Promise.all([start(), held.release()]);
    expect(await query(next, 'select 1 as one')).toEqual([{ one: 1 }]);
    held = next;
  }
  await held.release();
});

test('a killed server is told to its user, and recovers at the next start', async () => {
  const onLost = vi.fn();
  const first = await start(onLost);
  await query(first, 'create table mark as select 7 as id; checkpoint');
  process.kill(runningPostmaster(cluster)!.pid, 'SIGKILL');
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce(), 25_000);
  await first.release();
  const second = await start();
  expect(await query(second, 'select id from mark')).toEqual([{ id: 7 }]);
  await second.release();
});

test('the number of a process that is no PostgreSQL does not keep it from starting', async () => {
  await (await start()).release();
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n1\n\n127.0.0.1\n\nready\n`);
  const again = await start();
  expect(await query(again, 'select 1 as one')).toEqual([{ one: 1 }]);
  await again.release();
});

test('a folder of another version is refused and left as it is', async () => {
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, 'PG_VERSION'), '16\n');
  await expect(start()).rejects.toThrow(
    /made by PostgreSQL 16, but this is PostgreSQL 18: set ALLIANCE_DATA_DIR/,
  );
  expect(readdirSync(cluster)).toEqual(['PG_VERSION']);
});

test('a folder with something else in it is refused', async () => {
  mkdirSync(join(cluster, 'photos'), { recursive: true });
  await expect(start()).rejects.toThrow(/not a PostgreSQL data folder: move it away/);
});

test('a full disk is told from what PostgreSQL wrote since the start, not before', () => {
  mkdirSync(folder.path);
  const log = openLogFile(join(folder.path, 'postgresql.log'));
  const reason = (words: string) => {
    const from = log.size();
    appendFileSync(log.path, `2026-11-24 00:00:00 UTC [7] FATAL:  ${words}\n`);
    return log.explain(from, 'It does not start').message;
  };
  expect(reason('could not write file: No space left on device')).toMatch(
    /the disk is full. Free some space/,
  );
  expect(reason('out of memory')).toBe(`It does not start: out of memory (its log is ${log.path}).`);
  log.close();
});

test('a file in place of the folder is told as such', async () => {
  mkdirSync(join(folder.path, '..'), { recursive: true });
  writeFileSync(folder.path, '');
  await expect(start()).rejects.toThrow(/is not a folder: remove that file/);
  expect(existsSync(folder.path)).toBe(true);
});
