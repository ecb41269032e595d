import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Database, DatabaseCondition } from '../../src/db/database.ts';
import { Health } from '../../src/server/health.ts';
import { type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { type AllianceProcess, dataFolder, freePort, startProcess } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase, ownerRuns } from '../kit/database.ts';
import { readExposition, sampleOf } from './exposition.ts';

let alliance: TestAlliance;
beforeAll(async () => {
  alliance = await testAlliance();
});
afterAll(() => alliance.close());

/** The database as a process sees it that has not asked anything for long, with other ways to answer. */
const idle = (rows: Database['rows'] = alliance.database.rows): Database => ({
  ...alliance.database,
  rows,
  condition: (): DatabaseCondition => ({
    ...alliance.database.condition(),
    answeredAt: Number.NEGATIVE_INFINITY,
  }),
});

test('a server is alive and ready, and neither is kept by anybody', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const response = await fetch(`${alliance.server.url}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test('it is not ready while the database has not the form of this version', async () => {
  await ownerRuns(alliance.database, sql`delete from mikro_orm_migrations where name = '0001-parties'`);
  expect(await new Health(idle()).reasons()).toEqual(['MIGRATIONS_MISSING']);
  await ownerRuns(alliance.database, sql`insert into mikro_orm_migrations (name) values ('0001-parties')`);
  expect(await new Health(idle()).reasons()).toEqual([]);
});

test('it is not ready while the database does not answer, or cannot be reached; and is again when it does', async () => {
  const never: Database['rows'] = () => new Promise(() => undefined);
  expect(await new Health(idle(never)).reasons()).toEqual(['DATABASE_UNREACHABLE']);
  const refused: Database['rows'] = () =>
    Promise.reject(new Error('connect ECONNREFUSED of-the-secret:5432'));
  expect(await new Health(idle(refused)).reasons()).toEqual(['DATABASE_UNREACHABLE']);
  let answers = false;
  const health = new Health(idle((query) => (answers ? alliance.database.rows(query) : refused(query))));
  expect(await health.reasons()).toEqual(['DATABASE_UNREACHABLE']);
  answers = true;
  await vi.waitFor(async () => expect(await health.reasons()).toEqual([]), 5_000);
});

test('whoever asks a thousand times costs the database one statement, and none while others have its answers', async () => {
  let asked = 0;
  const counting: Database['rows'] = (query) => {
    asked += 1;
    return alliance.database.rows(query);
  };
  const health = new Health(idle(counting));
  await Promise.all(Array.from({ length: 1000 }, () => health.reasons()));
  expect(asked).toBe(1);
  const answering = {
    ...idle(counting),
    condition: () => ({ ...alliance.database.condition(), answeredAt: performance.now() }),
  };
  const busy = new Health(answering);
  // Once, because nobody else's answers tell of the migrations.
  await busy.reasons();
  expect(asked).toBe(2);
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.advanceTimersByTime(5_000);
  expect(await busy.reasons()).toEqual([]);
  vi.useRealTimers();
  expect(asked).toBe(2);
});

/** A worker in a process of its own. */
let fresh: FreshDatabase | undefined;
let folder: ReturnType<typeof dataFolder> | undefined;
let worker: AllianceProcess | undefined;
afterAll(async () => {
  worker?.child.kill('SIGKILL');
  await folder?.remove();
  await fresh?.drop();
});

test('a worker tells on a port of its own that it is alive and ready, how its queues stand, and that it ends', async () => {
  fresh = await freshDatabase();
  folder = dataFolder();
  const port = await freePort();
  worker = startProcess('cli', ['worker'], {
    DATABASE_URL: fresh.url,
    ALLIANCE_DATA_DIR: folder.path,
    METRICS_PORT: String(port),
  });
  await worker.says(/metrics: http:\/\/127\.0\.0\.1:\d+\/metrics/);
  const at = `http://127.0.0.1:${port}`;
  expect(await (await fetch(`${at}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${at}/readyz`)).json()).toEqual({ status: 'ready' });
  const families = readExposition(await (await fetch(`${at}/metrics`)).text());
  for (const queue of ['settle', 'release-reserves', 'pay-by-schedule', 'make-statements']) {
    expect(sampleOf(families, 'alliance_jobs', { queue, state: 'active' })).toBeTypeOf('number');
  }
  expect(sampleOf(families, 'alliance_payouts_open', { state: 'SENT' })).toBe(0);
  expect((await fetch(`${at}/graphql`)).status).toBe(404);
  worker.interrupt('SIGTERM');
  expect((await worker.ended).code).toBe(0);
});
