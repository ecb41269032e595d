import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, runCommand, startProcess } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';

const AT_WORK = /Ctrl-C stops it/;

let fresh: FreshDatabase;
let env: Record<string, string>;
beforeEach(async () => {
  fresh = await freshDatabase();
  env = {
    DATABASE_URL: fresh.url,
    ALLIANCE_DEMO: 'no',
    PORT: String(await freePort()),
    LOG_FILE: '/dev/null',
  };
});
afterEach(() => fresh.drop());

const settle = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCommand(['settle', ...args], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

test('worker begins, and ends in order when it is told to', async () => {
  const worker = startProcess('cli', ['worker'], env);
  await worker.says(AT_WORK);
  worker.interrupt('SIGTERM');
  const { code, stdout } = await worker.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/Stopped; the data is kept\.\n$/);
});

test('serve --no-worker serves, and leaves the hours to others', async () => {
  const server = startProcess('cli', ['serve', '--no-worker'], env);
  await server.says(AT_WORK);
  expect((await fetch(`http://127.0.0.1:${env.PORT}/healthz`)).status).toBe(200);
  server.interrupt();
  expect((await server.ended).code).toBe(0);
});

test('settle says what it settled, also as JSON', async () => {
  expect(await settle()).toBe('No line is due.\n');
  expect(JSON.parse(await settle('--json', '--as-of', '2026-11-01'))).toEqual({
    asOf: '2026-11-01T00:00:00.000Z',
    runId: expect.any(String),
    lines: 0,
    batches: 0,
    amounts: {},
  });
});

test('settle refuses a time that is none before anything is started', async () => {
  const { code, stderr } = await runCommand(['settle', '--as-of', 'tomorrow'], {
    DATABASE_URL: 'postgres://nowhere/x',
  });
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/a time like 2026-11-25T/),
  });
});
