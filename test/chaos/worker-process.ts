import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { FastClock } from './fast-clock.ts';
import { type WorkerNews, workerSteps } from './worker-steps.ts';

/**
 * A worker that does what time makes necessary over and over, by a clock that runs fast. What fails is done again the next
 * time, as a queue of jobs would. It tells its parent what it is at, and ends with it.
 */
const PAUSE_MS = 20;

const clock = FastClock.parse(process.env.CHAOS_CLOCK ?? '');
const steps = Object.entries(workerSteps(process.env.PAYOUT_PROVIDER_URL ?? ''));
const database = await openDatabase(process.env.DATABASE_URL ?? '', { entities, poolSize: 3 });
const tell = (news: WorkerNews) => process.send?.(news);
process.once('disconnect', () => process.exit(0));

for (;;) {
  for (const [step, work] of steps) {
    tell({ step, is: 'begun' });
    try {
      await work(database, clock.now());
      tell({ step, is: 'done' });
    } catch (error) {
      tell({ step, is: 'failed', message: String(error) });
      await sleep(PAUSE_MS * 5);
    }
  }
  await sleep(PAUSE_MS);
}
