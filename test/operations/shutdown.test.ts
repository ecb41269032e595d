import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AllianceProcess, dataFolder, freePort, startProcess } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { KeepAliveClient, type Outcome } from './keep-alive-client.ts';

const CLIENTS = 8;
const DIRECTORY = '{ agencyDirectory(first: 1) { nodes { name } } }';
const ANSWER = { status: 200, body: expect.stringContaining('"agencyDirectory":{"nodes":[]}') };

/** A server in a process of its own. */
interface Server {
  readonly url: string;
  readonly port: number;
  readonly process: AllianceProcess;
}

let fresh: FreshDatabase;
let folder: ReturnType<typeof dataFolder>;
let first: Server;
let second: Server;
beforeAll(async () => {
  fresh = await freshDatabase();
  folder = dataFolder();
  [first, second] = await Promise.all([startOn(await freePort()), startOn(await freePort())]);
});
afterAll(async () => {
  for (const { process } of [first, second]) process.child.kill('SIGKILL');
  await folder.remove();
  await fresh.drop();
});

async function startOn(port: number): Promise<Server> {
  const process = startProcess('main', ['--no-worker'], {
    DATABASE_URL: fresh.url,
    PORT: String(port),
    ALLIANCE_DEMO: 'no',
    ALLIANCE_DATA_DIR: folder.path,
    SHUTDOWN_DELAY_SECONDS: '1',
  });
  await process.says(/Ctrl-C stops it/);
  return { url: `http://127.0.0.1:${port}`, port, process };
}

async function readiness({ url }: Server): Promise<unknown> {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: await response.json() };
}

const SHUTTING_DOWN = {
  status: 503,
  body: {
    status: 'not ready',
    reasons: [{ code: 'SHUTTING_DOWN', message: 'The process is about to end.' }],
  },
};

/** Holds up every request for the directory until it is let go. */
async function holdDirectory(): Promise<{ waiting(): Promise<number>; letGo(): Promise<void> }> {
  const client = new pg.Client({ connectionString: fresh.url });
  await client.connect();
  await client.query('begin');
  await client.query('lock table agency in access exclusive mode');
  return {
    async waiting() {
      const { rows } = await client.query(`select count(*)::int as n from pg_locks where not granted
        and relation = 'agency'::regclass`);
      return rows[0].n;
    },
    letGo: () => client.end(),
  };
}

test('requests that were taken are answered, however long after the last connection', async () => {
  expect(await readiness(first)).toEqual({ status: 200, body: { status: 'ready' } });
  const hold = await holdDirectory();
  const clients = Array.from({ length: CLIENTS }, () => new KeepAliveClient());
  // Their connections are old ones by then.
  for (const client of clients) await client.ask(first.url, '{ __typename }');
  const asked = Promise.all(clients.map((client) => client.ask(first.url, DIRECTORY)));
  await vi.waitFor(async () => expect(await hold.waiting()).toBe(CLIENTS), 10_000);
  first.process.child.kill('SIGTERM');
  await vi.waitFor(async () => expect(await readiness(first)).toEqual(SHUTTING_DOWN), 10_000);
  // While it only says so, it serves whoever comes all the same.
  const late = new KeepAliveClient();
  expect(await late.ask(first.url, '{ __typename }')).toMatchObject({ status: 200 });
  await vi.waitFor(async () => {
    const stranger = new KeepAliveClient();
    expect(await stranger.ask(first.url, '{ __typename }')).toEqual({ error: 'ECONNREFUSED' });
  }, 10_000);
  expect(first.process.child.exitCode).toBeNull();
  await hold.letGo();
  expect(await asked).toEqual(clients.map(() => ANSWER));
  expect((await first.process.ended).code).toBe(0);
});

test('under constant requests a server ends and another takes over, and none is lost; the port is free again', async () => {
  first = await startOn(first.port);
  let target = first;
  let over = false;
  const outcomes: { server: Server; outcome: Outcome }[] = [];
  const load = Array.from({ length: CLIENTS }, async () => {
    const client = new KeepAliveClient();
    while (!over) {
      const server = target;
      outcomes.push({ server, outcome: await client.ask(server.url, DIRECTORY) });
    }
    client.close();
  });
  const answered = (server: Server) => outcomes.filter((each) => each.server === server).length;
  await vi.waitFor(() => expect(answered(first)).toBeGreaterThan(10 * CLIENTS), 20_000);
  first.process.child.kill('SIGTERM');
  // What a load balancer does: it looks from time to time, and sends what comes to where it is wanted.
  while (((await readiness(first)) as { status: number }).status === 200) await sleep(50);
  target = second;
  expect((await first.process.ended).code).toBe(0);
  await vi.waitFor(() => expect(answered(second)).toBeGreaterThan(10 * CLIENTS), 20_000);
  over = true;
  await Promise.all(load);
  expect(outcomes.map(({ outcome }) => outcome).filter((each) => !('status' in each))).toEqual([]);
  expect(outcomes.every(({ outcome }) => 'status' in outcome && outcome.status === 200)).toBe(true);
});

test('a second Ctrl-C waits for nobody', async () => {
  const hold = await holdDirectory();
  const client = new KeepAliveClient();
  const asked = client.ask(second.url, DIRECTORY);
  await vi.waitFor(async () => expect(await hold.waiting()).toBe(1), 10_000);
  second.process.child.kill('SIGINT');
  await vi.waitFor(async () => expect(await readiness(second)).toEqual(SHUTTING_DOWN), 10_000);
  await sleep(600);
  second.process.child.kill('SIGINT');
  const { code } = await second.process.ended;
  // The request still waits: had the end waited for it, it would not be here.
  expect(await asked).toEqual({ error: 'ECONNRESET' });
  await hold.letGo();
  expect(code).toBe(130);
});
