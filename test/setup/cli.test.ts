import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningPostmaster } from '../../src/db/embedded/postmaster.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { dataFolder, runCommand } from '../kit/alliance-process.ts';

let folder: ReturnType<typeof dataFolder>;
let env: Record<string, string>;
beforeAll(() => {
  folder = dataFolder();
  env = { ALLIANCE_DATA_DIR: folder.path };
});
afterAll(() => folder.remove());

test('a command works on an empty folder, answers with JSON alone, and stops what it started', async () => {
  const ended = await runCommand(['migrate', '--json'], env);
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(ended.stdout).applied).toContain('0001-parties');
  expect(runningPostmaster(join(folder.path, 'postgres'))).toBeUndefined();
});

test('a command works while something else uses the folder, and leaves that running', async () => {
  const held = await startEmbedded({ dataFolder: folder.path });
  expect(await runCommand(['migrate'], env)).toEqual({
    code: 0,
    stdout: 'Nothing to migrate.\n',
    stderr: '',
  });
  expect(runningPostmaster(join(folder.path, 'postgres'))?.status).toBe('ready');
  await held.release();
});

test.each([
  ['an unknown command', ['migrat'], /unknown command 'migrat'[\s\S]*migrate/],
  ['an unknown option', ['verify', '--fast'], /unknown option '--fast'/],
  ['a superfluous argument', ['seed', 'twice'], /too many arguments/],
  ['a wrong number', ['replay', 'online-retail', 'x', '--rows', '-1'], /whole number/],
  ['no command', [], /Usage: alliance/],
])('%s ends with 2 before anything is started', async (_what, args, line) => {
  const other = dataFolder();
  const ended = await runCommand(args, { ALLIANCE_DATA_DIR: other.path });
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(line);
  expect(existsSync(other.path)).toBe(false);
  await other.remove();
});

test.each(['serve', 'worker', 'migrate', 'seed', 'replay', 'schema', 'settle', 'verify'])(
  '%s has help',
  async (command) => {
    const { code, stdout } = await runCommand([command, '--help'], {});
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: alliance ${command}`);
  },
);

test('a failure is one line, with --json also one document', async () => {
  const wrong = { ...env, PORT: 'x' };
  const line = 'Wrong configuration: PORT must be a whole number from 0 to 65535, not "x".';
  expect(await runCommand(['migrate'], wrong)).toEqual({ code: 1, stdout: '', stderr: `${line}\n` });
  const ended = await runCommand(['migrate', '--json'], wrong);
  expect(JSON.parse(ended.stdout)).toEqual({ error: line });
  expect(ended.code).toBe(1);
});

test.each([
  ['postgres://me:geheim@127.0.0.1:1/alliance', /no PostgreSQL answers at 127\.0\.0\.1:1/],
  ['postgres://me:geheim@nowhere.invalid/alliance', /the host nowhere\.invalid is not known/],
])('an unusable DATABASE_URL is told without its password', async (url, line) => {
  const { code, stderr } = await runCommand(['migrate'], { DATABASE_URL: url });
  expect(code).toBe(1);
  expect(stderr).toMatch(line);
  expect(stderr).not.toContain('geheim');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
