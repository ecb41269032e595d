import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { runningPostmaster } from '../../src/db/embedded/postmaster.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import {
  type AllianceProcess,
  dataFolder,
  freePort,
  runCommand,
  startProcess,
} from '../kit/alliance-process.ts';

const OPEN = /Ctrl-C stops it/;

let folder: ReturnType<typeof dataFolder>;
let env: Record<string, string>;
beforeAll(() => {
  folder = dataFolder();
});
beforeEach(async () => {
  env = { ALLIANCE_DATA_DIR: folder.path, ALLIANCE_DEMO: 'no', PORT: String(await freePort()) };
});
afterAll(() => folder.remove());

const isPostgresRunning = () => runningPostmaster(join(folder.path, 'postgres')) !== undefined;

async function startOpen(): Promise<AllianceProcess> {
  const alliance = startProcess('main', [], env);
  await alliance.says(OPEN);
  return alliance;
}

async function health(): Promise<number> {
  return (await fetch(`http://127.0.0.1:${env.PORT}/healthz`)).status;
}

test('serves, says where, and ends with 0 by Ctrl-C, twice in a row too', async () => {
  const alliance = await startOpen();
  expect(await health()).toBe(200);
  expect(alliance.output().stdout).toMatch(/\/graphiql[\s\S]*\/graphql[\s\S]*\/healthz/);
  alliance.interrupt();
  await sleep(10);
  alliance.interrupt();
  const { code, stdout } = await alliance.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/Stopped; the data is kept\.\n$/);
  expect(isPostgresRunning()).toBe(false);
});

test.each([250, 400, 600])('Ctrl-C %i ms into the start leaves nothing running', async (delayMs) => {
  const alliance = startProcess('main', [], env);
  await sleep(delayMs);
  alliance.interrupt();
  await alliance.ended;
  expect(isPostgresRunning()).toBe(false);
});

test('Ctrl-C in the midst of the demo leaves an empty alliance, which the next start fills anew', async () => {
  const other = dataFolder();
  const alliance = startProcess('main', [], { ...env, ALLIANCE_DATA_DIR: other.path, ALLIANCE_DEMO: 'yes' });
  await vi.waitFor(() => expect(alliance.output().stderr).toContain('Filling'), 20_000);
  await sleep(500);
  alliance.interrupt();
  expect((await alliance.ended).code).toBe(0);
  const held = await startEmbedded({ dataFolder: other.path });
  const client = new pg.Client({ connectionString: held.url });
  await client.connect();
  expect((await client.query('select from party')).rowCount).toBe(0);
  await client.end();
  await held.release();
  await other.remove();
});

test('a command works beside the server, which goes on', async () => {
  const alliance = await startOpen();
  expect(await runCommand(['migrate', '--json'], env)).toMatchObject({ code: 0, stdout: '{"applied":[]}\n' });
  expect(await health()).toBe(200);
  alliance.interrupt('SIGTERM');
  expect((await alliance.ended).code).toBe(0);
  expect(isPostgresRunning()).toBe(false);
});

test('after a kill the next start takes over the PostgreSQL that was left, and stops it in the end', async () => {
  const killed = await startOpen();
  killed.interrupt('SIGKILL');
  await killed.ended;
  expect(isPostgresRunning()).toBe(true);
  const next = await startOpen();
  next.interrupt();
  expect((await next.ended).code).toBe(0);
  expect(isPostgresRunning()).toBe(false);
});

test('a taken port is one line that says what to do, before PostgreSQL is started', async () => {
  const taken = createServer().listen(Number(env.PORT), '127.0.0.1');
  const { code, stderr } = await startProcess('main', [], env).ended;
  taken.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Port \d+ of 127\.0\.0\.1 is taken .*set PORT to another, for example PORT=\d+\.\n$/,
  );
});

test('production does not start without what it needs', async () => {
  const { code, stderr } = await startProcess('main', [], { ...env, NODE_ENV: 'production' }).ended;
  expect(code).toBe(1);
  expect(stderr).toBe(
    'Wrong configuration: NODE_ENV=production needs DATABASE_URL, OIDC_ISSUER, OIDC_AUDIENCE.\n',
  );
});
