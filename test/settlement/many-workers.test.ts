import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance } from '../../src/features/account/index.ts';
import { settleDue } from '../../src/features/settlement/index.ts';
import { ALL_DUE_AT, fillSettleWorld } from '../bench/settle-world.ts';
import { notSettledOnce } from '../bench/settled-once.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { EARLY } from '../kit/world.ts';

const LINES = 3000;
const WORKERS = 4;
const WORLD = { lines: LINES, brands: 12, creators: 80, agencies: 6, productsPerBrand: 10 };

let fresh: FreshDatabase;
/** Each worker has connections of its own, as processes have. */
let workers: Database[];
beforeEach(async () => {
  fresh = await freshDatabase();
  workers = await Promise.all(
    Array.from({ length: WORKERS }, () => openDatabase(fresh.url, { entities, poolSize: 2 })),
  );
  const options = { name: '联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await first().transaction((tx) => foundAlliance(tx, options, EARLY));
  await fillSettleWorld(fresh.url, WORLD);
});
afterEach(async () => {
  await Promise.all(workers.map((database) => database.close()));
  await fresh.drop();
});

const first = (): Database => workers[0] as Database;

/** Settles with every worker at once, in batches that end in the middle of brands. */
const settleTogether = (signalOf: (worker: number) => AbortSignal | undefined = () => undefined) =>
  Promise.allSettled(
    workers.map((database, i) =>
      settleDue(database, { asOf: ALL_DUE_AT, now: ALL_DUE_AT, batchLines: 70, signal: signalOf(i) }),
    ),
  );

const linesOf = (runs: Awaited<ReturnType<typeof settleTogether>>): number =>
  runs.reduce((sum, run) => sum + (run.status === 'fulfilled' ? run.value.lines : 0), 0);

it('four workers settle each line once, none of them fails, and every proof holds', async () => {
  const runs = await settleTogether();
  expect(runs.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(linesOf(runs)).toBe(LINES);
  expect(await notSettledOnce(first())).toEqual([]);
  expect((await verify(first())).failures).toEqual([]);
});

it('each of the workers does a part: none waits for the others to have done it all', async () => {
  const runs = await settleTogether();
  for (const run of runs)
    expect(run).toMatchObject({ status: 'fulfilled', value: { batches: expect.any(Number) } });
  const parts = runs.map((run) => (run.status === 'fulfilled' ? run.value.lines : 0));
  expect(Math.min(...parts)).toBeGreaterThan(LINES / WORKERS / 4);
});

it('runs that are stopped half-way, or lose their connections, lose and double nothing', async () => {
  const stop = new AbortController();
  const running = settleTogether(() => stop.signal);
  const isHalfDone = async () =>
    (await first().rows(sql`select from line_settlement offset ${LINES / 3} limit 1`)).length > 0;
  while (!(await isHalfDone())) await new Promise((next) => setTimeout(next, 5));
  await first().rows(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`);
  stop.abort();
  const stopped = await running;
  expect(stopped.every(({ status }) => status === 'rejected')).toBe(true);
  const [before] = await first().rows(sql<{ lines: bigint }>`select count(*) as lines from line_settlement`);
  expect(Number(before?.lines)).toBeLessThan(LINES);

  const rest = await settleTogether();
  expect(linesOf(rest)).toBe(LINES - Number(before?.lines));
  expect(await notSettledOnce(first())).toEqual([]);
});
