import { type ConstructorOptions, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { PayoutProvider } from '../features/payout/index.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { JOBS, type Job } from './jobs.ts';
import { type Observe, type QueueSize, unobserved } from './observe-work.ts';
import { payoutChores, startUpkeep } from './upkeep.ts';

export interface WorkerOptions {
  /** The database as jobs see it. */
  readonly database: Database;
  /** The address of the same database, for pg-boss, which keeps its tables in a schema of its own. It may hold a password. */
  readonly url: string;
  /** The IANA time zone that the hours of jobs are in. */
  readonly timeZone: string;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly jobs?: readonly Job[];
  /** Who pays to accounts that are not at banks; nobody is called without. */
  readonly payoutProvider?: PayoutProvider;
  /** Looks on at jobs and chores; nobody does when left out. */
  readonly observe?: Observe;
  /** How long jobs may take to come to a place where they can stop. */
  readonly stopWithinMs?: number;
  /** How often pg-boss looks for what is due and for what is lost; in tests more often. */
  readonly pace?: Pace;
}

export interface Pace
  extends Pick<ConstructorOptions, 'cronMonitorIntervalSeconds' | 'cronWorkerIntervalSeconds'> {
  /** How often a worker asks for a job. */
  readonly pollSeconds: number;
  /** A worker that has not been heard of for so long has lost its job to another; at least 10. */
  readonly heartbeatSeconds: number;
  /** How often somebody looks for lost jobs. */
  readonly superviseIntervalSeconds: number;
}

/** A worker that takes jobs. */
export interface Worker {
  /** Takes no more jobs, and ends when those under way have come to a place where they can stop. */
  stop(): Promise<void>;
  /** How the queues of jobs stood when pg-boss has last looked. */
  queues(): Promise<QueueSize[]>;
}

const USUAL_PACE: Pace = { pollSeconds: 5, heartbeatSeconds: 30, superviseIntervalSeconds: 30 };
/** For pg-boss alone: its heartbeats must not wait for a connection that a job holds. */
const CONNECTIONS = 2;
/** A job that is alive may take long: settling after a long pause does. */
const EXPIRE_SECONDS = 20 * 3600;
const RETRIES = { retryLimit: 10, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 };
const STOP_PATIENCE_MS = 30_000;

/** Starts a worker: its chores by timers, and its jobs by pg-boss, which shares them among all workers of the database. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { database, url, log, clock = systemClock, jobs = JOBS, pace = USUAL_PACE } = options;
  const { observe = unobserved, stopWithinMs = STOP_PATIENCE_MS } = options;
  const stopping = new AbortController();
  const { pollSeconds, heartbeatSeconds, ...intervals } = pace;
  const monitorIntervalSeconds = pace.superviseIntervalSeconds;
  const boss = new PgBoss({ connectionString: url, max: CONNECTIONS, monitorIntervalSeconds, ...intervals });
  boss.on('error', (err) => log.error({ err }, 'The queue of jobs failed; it goes on'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, message));
  await boss.start();
  try {
    await schedule(boss, jobs, { timeZone: options.timeZone, heartbeatSeconds });
    for (const job of jobs) {
      await boss.work(job.name, { pollingIntervalSeconds: pollSeconds }, async ([claim]) => {
        await runJob(job, {
          database,
          clock,
          log,
          observe,
          signal: AbortSignal.any([claim!.signal, stopping.signal]),
        });
      });
    }
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
  const more = options.payoutProvider && payoutChores(options.payoutProvider);
  const upkeep = startUpkeep({ database, clock, log, observe, more });
  return {
    async stop() {
      stopping.abort();
      await Promise.all([upkeep.stop(), boss.stop({ timeout: stopWithinMs })]);
    },
    async queues() {
      const names = new Set(jobs.map(({ name }) => name));
      const queues = await boss.getQueues();
      return queues
        .filter(({ name }) => names.has(name))
        .map(({ name, queuedCount: queued, activeCount: active, failedCount: failed }) => ({
          name,
          queued,
          active,
          failed,
        }));
    },
  };
}

/** Makes what pg-boss knows of jobs agree with the list, also where an older version has left something else. */
async function schedule(
  boss: PgBoss,
  jobs: readonly Job[],
  { timeZone, heartbeatSeconds }: { timeZone: string; heartbeatSeconds: number },
): Promise<void> {
  const wanted = new Set(
    jobs.flatMap(({ name, workers }) => placesOf(workers).map((key) => `${name} ${key}`)),
  );
  for (const { name, key } of await boss.getSchedules()) {
    if (!wanted.has(`${name} ${key}`)) await boss.unschedule(name, key);
  }
  for (const { name, cron, workers } of jobs) {
    const queue = { ...RETRIES, heartbeatSeconds, expireInSeconds: EXPIRE_SECONDS };
    // Of each place one job at most waits and one is done: what an hour has not finished, the next one does not do beside it.
    await boss.createQueue(name, { policy: 'stately', ...queue });
    await boss.updateQueue(name, queue);
    for (const key of placesOf(workers)) {
      // Hours that passed while there was no worker are made up for by one job.
      await boss.schedule(name, cron, null, { tz: timeZone, key, singletonKey: key, missed: 'once' });
    }
  }
}

/** A job that several workers may do together is one job of pg-boss for each of them. */
const placesOf = (workers: number): string[] =>
  Array.from({ length: workers }, (_, index) => String(index + 1));

interface Running {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly observe: Observe;
  readonly signal: AbortSignal;
}

async function runJob({ name, run }: Job, running: Running): Promise<void> {
  const { database, clock, log, observe, signal } = running;
  const startedAt = performance.now();
  try {
    const result = await observe({ kind: 'job', name, signal }, () => run(database, clock.now(), signal));
    log.info({ job: name, result, ms: Math.round(performance.now() - startedAt) }, 'A job is done');
  } catch (err) {
    if (signal.aborted) log.info({ job: name }, 'A job was stopped; it goes on later');
    else log.error({ err, job: name }, 'A job failed; it is tried again');
    throw err;
  }
}
