import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { type ChangesQuery, FEED_START, type FeedPlace, readChanges } from '../../src/db/read-changes.ts';
import { entities } from '../../src/entities.ts';
import { newId } from '../../src/kernel/ids.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { caughtUp } from '../kit/feed.ts';

const PROCESSES = 4;
const LANES = 5;
const READERS = 5;
const WRITING_MS = 4_000;
const partyId = newId();

let fresh: FreshDatabase;
let database: Database;
const writers = new Set<ChildProcess>();

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await openDatabase(fresh.url, { entities, poolSize: 6 });
});
afterAll(async () => {
  for (const writer of writers) writer.kill('SIGKILL');
  await database.close();
  await fresh.drop();
});

function startWriter(): void {
  const file = join(import.meta.dirname, 'writer-process.ts');
  const env = { ...process.env, DATABASE_URL: fresh.url, PARTY_ID: partyId, LANES: String(LANES) };
  const writer = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env,
  });
  writers.add(writer);
}

async function killOne(): Promise<void> {
  const [writer] = writers;
  if (writer === undefined) return;
  writers.delete(writer);
  const ended = new Promise((resolve) => writer.once('exit', resolve));
  writer.kill('SIGKILL');
  await ended;
}

type Read = (query: ChangesQuery) => Promise<{ ids: string[]; place: FeedPlace; hasMore: boolean }>;

const inOrder: Read = async (query) => {
  const { events, place, hasMore } = await readChanges(database, query);
  return { ids: events.map(({ id }) => id), place, hasMore };
};

/** What the feed would be by ids alone, which grow in the order of writing: the mistake that is to be seen. */
const byIdAlone: Read = async ({ after, limit }) => {
  const rows = await database.rows(sql<{ id: string }>`
    select id from outbox_event where id > ${after.id}::uuid order by id limit ${limit}`);
  const ids = rows.map(({ id }) => id);
  return { ids, place: { xid: 0n, id: ids.at(-1) ?? after.id }, hasMore: ids.length === limit };
};

/** Reads on with pages of random sizes, and begins anew from the place that it had kept, until it has all. */
async function follow(read: Read, isOver: () => boolean): Promise<string[]> {
  const seen: string[] = [];
  let place = FEED_START;
  for (;;) {
    const wasOver = isOver();
    const limit = 1 + Math.floor(Math.random() * 40);
    const part = await read({ audience: [partyId], after: place, limit });
    // One in five is lost on its way to the reader, who asks again from where they were.
    if (Math.random() > 0.2) {
      seen.push(...part.ids);
      place = part.place;
      if (wasOver && !part.hasMore) return seen;
    }
    await sleep(Math.random() * 15);
  }
}

it('every reader meets the same events in the same order, whoever commits when and whatever is killed', async () => {
  for (let i = 0; i < PROCESSES; i++) startWriter();
  let over = false;
  const readers = Array.from({ length: READERS }, () => follow(inOrder, () => over));
  const naive = Array.from({ length: 2 }, () => follow(byIdAlone, () => over));
  while ((await countEvents()) === 0) await sleep(50);
  const until = Date.now() + WRITING_MS;
  while (Date.now() < until) {
    await sleep(WRITING_MS / 4);
    await killOne();
    startWriter();
  }
  while (writers.size > 0) await killOne();
  // PostgreSQL undoes what the killed ones had not committed a moment later.
  while ((await countWriters()) > 0) await sleep(20);
  await caughtUp(database);
  over = true;

  const all = await database.rows(sql<{ id: string }>`select id from outbox_event order by xid, id`);
  const truth = all.map(({ id }) => id);
  expect(truth.length).toBeGreaterThan(500);
  for (const reader of readers) expect(await reader).toEqual(truth);
  // The same, read by the plain sequence, loses events that were committed late: the test is able to fail.
  for (const reader of naive) expect((await reader).length).toBeLessThan(truth.length);
});

const countEvents = async (): Promise<number> => {
  const [row] = await database.rows(
    sql<{ events: number }>`select count(*)::int as events from outbox_event`,
  );
  return row?.events ?? 0;
};

/** Connections to this database beside those of the test. */
const countWriters = async (): Promise<number> => {
  const [row] = await database.rows(sql<{ writers: number }>`
    select count(*)::int as writers from pg_stat_activity
    where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()`);
  return row?.writers ?? 0;
};
