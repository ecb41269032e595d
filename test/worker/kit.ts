import { sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import type { Job } from '../../src/worker/jobs.ts';
import { type Pace, startWorker, type Worker } from '../../src/worker/start-worker.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';

/** The quickest that pg-boss allows. */
export const QUICK: Pace = {
  pollSeconds: 0.5,
  heartbeatSeconds: 10,
  superviseIntervalSeconds: 1,
  cronMonitorIntervalSeconds: 1,
  cronWorkerIntervalSeconds: 1,
};

/** A worker with connections of its own, as one in a process of its own has. */
export async function openWorker(url: string, jobs: readonly Job[]): Promise<Worker> {
  const database = await openDatabase(url, { entities, poolSize: 2 });
  const log = pino({ level: 'silent' });
  const worker = await startWorker({ database, url, timeZone: 'Asia/Shanghai', log, jobs, pace: QUICK });
  return {
    ...worker,
    async stop() {
      await worker.stop();
      await database.close();
    },
  };
}

/** A database with a table in which jobs leave marks. */
export async function markedDatabase(): Promise<MarkedDatabase> {
  const fresh = await freshDatabase();
  const ask = async <Row extends pg.QueryResultRow>(text: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
    return (await client.query<Row>(text).finally(() => client.end())).rows;
  };
  await ask(
    'create table mark (no int generated always as identity, what text); grant all on mark to public',
  );
  return {
    ...fresh,
    marks: async () =>
      (await ask<{ what: string }>('select what from mark order by no')).map(({ what }) => what),
    jobs: () =>
      ask<JobRow>(
        `select name, state::text, retry_count as "retries" from pgboss.job where name not like '\\_%' order by created_on`,
      ),
    schedules: () => ask('select name, key, timezone from pgboss.schedule'),
  };
}

export interface MarkedDatabase extends FreshDatabase {
  marks(): Promise<string[]>;
  /** The jobs of pg-boss, the oldest first. */
  jobs(): Promise<JobRow[]>;
  schedules(): Promise<{ name: string; key: string; timezone: string }[]>;
}

/** A job as pg-boss keeps it. */
export interface JobRow {
  readonly name: string;
  readonly state: string;
  readonly retries: number;
}

export const leaveMark = (database: Database, what: string) =>
  database.rows(sql`insert into mark (what) values (${what})`);

/** Waits, where needed, for the next minute, so that within so many seconds no other one begins. */
export async function withinMinute(seconds: number): Promise<void> {
  const leftMs = 60_000 - (Date.now() % 60_000);
  if (leftMs < seconds * 1000) await new Promise((resolve) => setTimeout(resolve, leftMs + 100));
}
