import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Job } from '../../src/worker/jobs.ts';
import { leaveMark, markedDatabase, openWorker, withinMinute } from './kit.ts';

const EVERY_MINUTE = '* * * * *';
const PATIENCE = { timeout: 40_000, interval: 200 };

let fresh: Awaited<ReturnType<typeof markedDatabase>>;
beforeEach(async () => {
  fresh = await markedDatabase();
});
afterEach(() => fresh.drop());

it('a job that is due is done by one of two workers, once', async () => {
  const job: Job = {
    name: 'tick',
    cron: EVERY_MINUTE,
    workers: 1,
    run: (database) => leaveMark(database, 'done'),
  };
  await withinMinute(20);
  const workers = await Promise.all([openWorker(fresh.url, [job]), openWorker(fresh.url, [job])]);
  await vi.waitFor(async () => expect(await fresh.marks()).toEqual(['done']), PATIENCE);
  await sleep(4000);
  expect(await fresh.marks()).toEqual(['done']);
  await Promise.all(workers.map((worker) => worker.stop()));
});

it('a job for several is shared by as many workers', async () => {
  const both = Promise.withResolvers<void>();
  let begun = 0;
  const job: Job = {
    name: 'share',
    cron: EVERY_MINUTE,
    workers: 2,
    // Each waits for the other, which one worker alone would do for ever.
    run: async (database) => {
      begun += 1;
      if (begun === 2) both.resolve();
      await both.promise;
      await leaveMark(database, 'done');
    },
  };
  await withinMinute(20);
  const workers = await Promise.all([openWorker(fresh.url, [job]), openWorker(fresh.url, [job])]);
  await vi.waitFor(async () => expect(await fresh.marks()).toEqual(['done', 'done']), PATIENCE);
  await Promise.all(workers.map((worker) => worker.stop()));
});

it('a job of a worker that was killed is done by another', async () => {
  const script = join(import.meta.dirname, 'hanging-worker.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, fresh.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  const other = await openWorker(fresh.url, [
    { name: 'long', cron: EVERY_MINUTE, workers: 1, run: (database) => leaveMark(database, 'done') },
  ]);
  await vi.waitFor(async () => {
    expect((await fresh.jobs())[0]).toEqual({ name: 'long', state: 'completed', retries: 1 });
  }, PATIENCE);
  expect((await fresh.marks()).slice(0, 2)).toEqual(['begun', 'done']);
  await other.stop();
});

it('a worker that is stopped asks its job to stop, waits for it, and leaves the rest to another', async () => {
  const begun = Promise.withResolvers<void>();
  const job = (run: Job['run']): Job[] => [{ name: 'long', cron: EVERY_MINUTE, workers: 1, run }];
  const worker = await openWorker(
    fresh.url,
    job(async (database, _now, signal) => {
      begun.resolve();
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      await sleep(300);
      await leaveMark(database, 'stopped in order');
      signal?.throwIfAborted();
    }),
  );
  await begun.promise;
  await worker.stop();
  expect(await fresh.marks()).toEqual(['stopped in order']);
  expect((await fresh.jobs())[0]).toMatchObject({ state: 'retry' });

  const other = await openWorker(
    fresh.url,
    job((database) => leaveMark(database, 'done')),
  );
  await vi.waitFor(
    async () => expect((await fresh.jobs())[0]).toMatchObject({ state: 'completed' }),
    PATIENCE,
  );
  await other.stop();
});

it('a job that is not in the list any more is not scheduled any more', async () => {
  const run: Job['run'] = (database) => leaveMark(database, 'done');
  const old = await openWorker(fresh.url, [{ name: 'old', cron: '0 0 1 1 *', workers: 2, run }]);
  await old.stop();
  await withinMinute(20);
  const now = await openWorker(fresh.url, [{ name: 'new', cron: EVERY_MINUTE, workers: 1, run }]);
  await vi.waitFor(async () => expect(await fresh.marks()).toEqual(['done']), PATIENCE);
  expect(await fresh.schedules()).toEqual([{ name: 'new', key: '1', timezone: 'Asia/Shanghai' }]);
  await now.stop();
});
