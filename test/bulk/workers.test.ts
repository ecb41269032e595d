import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { runExports } from '../../src/features/bulk/index.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { act } from '../api/act.ts';
import type { Caller, Json } from '../kit/alliance.ts';
import { mortalDatabase } from '../kit/mortal-database.ts';
import { BRAND_LINES, type BulkScene, bulkScene, chunkCount, download, FIELDS } from './scene.ts';

const LINES = 350;
const PICKED = '{ viewer { brand { orderLines { nodes { id orderNo product { id } } } } } }';
let scene: BulkScene;

beforeAll(async () => {
  scene = await bulkScene(LINES);
});
afterAll(() => scene.alliance.close());
afterEach(async () => {
  const { database } = scene.alliance;
  await database.rows(sql`update bulk_export set state = 'CANCELLED', lease_id = null, leased_until = null`);
  await database.rows(sql`delete from bulk_chunk`);
});

const begin = async (caller: Caller = scene.brand, query = BRAND_LINES): Promise<string> =>
  (await scene.start(caller, query)).result.id;

async function rowsOf(id: string): Promise<Json[]> {
  const done = await scene.read(id);
  expect([done.state, done.error]).toEqual(['COMPLETED', null]);
  const file = await download(scene, done.url);
  expect([file.sha256, String(file.bytes.length)]).toEqual([done.sha256, done.sizeBytes]);
  expect(String(file.rows.length)).toBe(done.rowsSoFar);
  return file.rows;
}

/** As when the time of lost workers is over. */
const passLeases = () =>
  scene.alliance.database.rows(
    sql`update bulk_export set leased_until = now() - interval '1 s' where state = 'RUNNING'`,
  );

describe('a worker that is killed', () => {
  it('before any of its statements leaves an export that another one ends, each row once', async () => {
    const whole = await begin();
    await scene.run();
    const expected = (await rowsOf(whole)).map(({ orderNo }) => orderNo);
    expect(expected).toHaveLength(LINES);
    let n = 1;
    for (; ; n += 1) {
      const id = await begin();
      const { mortal, isDead } = mortalDatabase(scene.alliance.database, n);
      const options = { schema: buildAllianceSchema(), clock: scene.clock, chunkBytes: 1 };
      await runExports(mortal, options).catch(() => undefined);
      await passLeases();
      await scene.run({ chunkBytes: 1 });
      expect([n, (await rowsOf(id)).map(({ orderNo }) => orderNo)]).toEqual([n, expected]);
      await act(scene.brand, 'bulkExportCancel', { bulkExportId: id });
      if (!isDead()) break;
    }
    expect(n).toBeGreaterThan(20);
  });

  it('for good, as a process, in the middle of it, leaves an export that another one ends', async () => {
    const id = await begin();
    const child = fork(resolve(import.meta.dirname, 'worker-process.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, DATABASE_URL: scene.url },
    });
    for (;;) {
      const { rowsSoFar } = await scene.read(id);
      if (Number(rowsSoFar) > 0) break;
      await sleep(5);
    }
    child.kill('SIGKILL');
    const before = await scene.read(id);
    await passLeases();
    await scene.run();
    const rows = await rowsOf(id);
    expect(new Set(rows.map(({ orderNo }) => orderNo)).size).toBe(LINES);
    expect(rows).toHaveLength(LINES);
    expect(before.state).toMatch(/RUNNING|COMPLETED/);
  });

  it('but is not, only slow, finds that another one has taken over, and adds nothing', async () => {
    const id = await begin();
    let others = 0;
    const options = { schema: buildAllianceSchema(), clock: scene.clock, chunkBytes: 1 };
    const { database } = scene.alliance;
    const slow = {
      ...database,
      rows: async <Row>(query: Parameters<typeof database.rows<Row>>[0]) => {
        const rows = await database.rows(query);
        if (others === 0 && (await chunkCount(scene)) > 0) {
          others = 1;
          await passLeases();
          // It has the export still, and comes no further.
          const { mortal } = mortalDatabase(database, 14);
          await runExports(mortal, options).catch(() => undefined);
          expect(await scene.read(id)).toMatchObject({ state: 'RUNNING' });
        }
        return rows;
      },
    };
    await runExports(slow, options);
    expect(others).toBe(1);
    expect(await scene.read(id)).toMatchObject({ state: 'RUNNING' });
    await passLeases();
    await scene.run();
    expect(await rowsOf(id)).toHaveLength(LINES);
  });
});

describe('workers', () => {
  it('run one export of an organisation at a time, those of others beside it', async () => {
    const mine = [await begin(), await begin()];
    const theirs = (
      await act(
        scene.stranger,
        'bulkExportStart',
        { organisationId: scene.strangerId, query: BRAND_LINES },
        FIELDS,
      )
    ).result.id;
    const states = new Set<string>();
    const watch = async () => {
      const ids = [...mine, theirs];
      const read = await Promise.all(
        ids.map((id, i) => scene.read(id, i === 2 ? scene.stranger : scene.brand)),
      );
      const running = read.map(({ state }) => (state === 'RUNNING' ? 'R' : '-')).join('');
      states.add(running);
    };
    let isDone = false;
    const work = Promise.all(Array.from({ length: 3 }, () => scene.run({ chunkBytes: 1 }))).finally(() => {
      isDone = true;
    });
    while (!isDone) await watch();
    await work;
    expect([...states].filter((running) => running.startsWith('RR'))).toEqual([]);
    await scene.run();
    for (const id of mine) expect(await rowsOf(id)).toHaveLength(LINES);
    expect((await scene.read(theirs, scene.stranger)).state).toBe('COMPLETED');
  });

  it('stop where they are told to, and go on from there', async () => {
    const id = await begin();
    const stop = new AbortController();
    const counted = scene.run({ chunkBytes: 1, signal: stop.signal });
    while (Number((await scene.read(id)).rowsSoFar) === 0) await sleep(2);
    stop.abort();
    await counted;
    await scene.run();
    expect(await rowsOf(id)).toHaveLength(LINES);
  });

  it('try again after a fault of ours, and give up when it stays', async () => {
    const id = await begin();
    const faults: unknown[] = [];
    const { database } = scene.alliance;
    const broken = {
      ...database,
      rows: <Row>(query: Parameters<typeof database.rows<Row>>[0]) =>
        isReadOfLines(query) ? Promise.reject(new Error('The disk is gone: secret.')) : database.rows(query),
    };
    for (let i = 0; i < 5; i++) {
      const options = { schema: buildAllianceSchema(), clock: scene.clock };
      await runExports(broken, { ...options, onFault: (error) => faults.push(error) });
      await passLeases();
    }
    expect(faults).toHaveLength(5);
    const { state, error } = await scene.read(id);
    expect([state, error.code]).toEqual(['FAILED', 'INTERNAL_SERVER_ERROR']);
    expect(error.message).not.toContain('secret');
  });
});

/** Whether a statement reads the rows of the export itself. */
function isReadOfLines(query: unknown): boolean {
  const { sqlFragments } = (query as { toOperationNode(): { sqlFragments: string[] } }).toOperationNode();
  return /order_line/.test(JSON.stringify(sqlFragments));
}

describe('an export that runs', () => {
  /** Does something when the first chunk was written, and then lets the worker go on. */
  async function atFirstChunk(then: () => Promise<unknown>): Promise<void> {
    let isDone = false;
    const { database } = scene.alliance;
    const watched = {
      ...database,
      rows: async <Row>(query: Parameters<typeof database.rows<Row>>[0]) => {
        const rows = await database.rows(query);
        if (!isDone && (await chunkCount(scene)) > 0) {
          isDone = true;
          await then();
        }
        return rows;
      },
    };
    await runExports(watched, { schema: buildAllianceSchema(), clock: scene.clock, chunkBytes: 1 });
    expect(isDone).toBe(true);
  }

  it('is cancelled: nothing of it is kept, and the next one runs', async () => {
    const [id, next] = [await begin(), await begin()];
    await atFirstChunk(async () => {
      const { result } = await act(scene.brand, 'bulkExportCancel', { bulkExportId: id }, FIELDS);
      expect(result.state).toBe('CANCELLED');
      expect(await chunkCount(scene)).toBe(0);
    });
    expect((await scene.read(id)).state).toBe('CANCELLED');
    expect(await rowsOf(next)).toHaveLength(LINES);
    await act(scene.brand, 'bulkExportCancel', { bulkExportId: next });
  });

  it('ends when its key is revoked, or its member has left: what they may not read is not read', async () => {
    const { database } = scene.alliance;
    const key = await scene.world.tx((tx) =>
      createApiKey(tx, { partyId: scene.brandId, name: 'x', scopes: ['read'] }, 'test', new Date()),
    );
    const id = await begin(scene.alliance.withHeader(`Bearer ${key.token}`), PICKED);
    await atFirstChunk(() =>
      database.rows(sql`update api_key set revoked_at = now() where id = ${key.row.id}`),
    );
    const failed = await scene.read(id);
    expect([failed.state, failed.error.code]).toEqual(['FAILED', 'UNAUTHENTICATED']);
    expect(await chunkCount(scene)).toBe(0);
  });

  it('reads for its own organisation alone, whatever else its caller belongs to', async () => {
    const both = await scene.memberOfBoth();
    const id = await begin(both, '{ viewer { brand { orderLines { nodes { id orderNo } } } } }');
    const foreign = `{ brand(id: "${scene.strangerId}") { orderLines { nodes { id } } } }`;
    const other = await begin(both, foreign);
    await scene.run();
    expect(await rowsOf(id)).toHaveLength(LINES);
    expect((await scene.read(other)).error.code).toBe('NOT_FOUND');
  });
});

describe('too many exports', () => {
  it('are refused with how many there may be', async () => {
    const outcomes: string[] = [];
    for (let i = 0; i < 25 && outcomes.at(-1) !== 'TooManyExports'; i++)
      outcomes.push((await scene.start(scene.brand, BRAND_LINES)).refused.join());
    expect(outcomes.at(-1)).toBe('TooManyExports');
    expect(outcomes.length).toBeLessThanOrEqual(21);
  });
});
