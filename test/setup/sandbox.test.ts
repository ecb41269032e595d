import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataFolder, freePort, runCommand, startProcess } from '../kit/alliance-process.ts';

const OPEN = /Ctrl-C stops it/;

let folder: ReturnType<typeof dataFolder>;
let env: Record<string, string>;
beforeAll(async () => {
  folder = dataFolder();
  env = { ALLIANCE_DATA_DIR: folder.path, ALLIANCE_DEMO: 'no', PORT: String(await freePort()) };
});
afterAll(() => folder.remove());

const timeIn = (stdout: string): string | undefined => /In it the time is (\S+Z)/.exec(stdout)?.[1];

test('npm start -- --sandbox tells the virtual time and how to move it, which a command does beside it', async () => {
  const alliance = startProcess('main', ['--sandbox'], env);
  await alliance.says(OPEN);
  const { stdout } = alliance.output();
  expect(stdout).toContain('sandbox advance --by 8d');
  const began = timeIn(stdout) as string;
  const advanced = await runCommand(['sandbox', 'advance', '--by', '1d12h', '--json'], env);
  const later = new Date(Date.parse(began) + 36 * 3_600_000).toISOString();
  expect(advanced).toMatchObject({ code: 0, stdout: `${JSON.stringify({ fromAt: began, now: later })}\n` });
  const back = await runCommand(['sandbox', 'advance', '--to', began], env);
  expect(back.code).toBe(1);
  expect(back.stderr).toBe(`The clock of a sandbox only goes forward, and it is ${later}.\n`);
  alliance.interrupt();
  expect((await alliance.ended).code).toBe(0);
});

test('is not started without the flag, and no worker goes by real time in it', async () => {
  const { code, stderr } = await startProcess('main', [], env).ended;
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^This is a sandbox, .*start it with --sandbox.*\n$/),
  ]);
  const worker = await runCommand(['worker'], env);
  expect([worker.code, worker.stderr]).toEqual([1, stderr]);
});

test('goes on where it stood', async () => {
  const before = JSON.parse(
    (await runCommand(['sandbox', 'advance', '--by', '1m', '--json'], env)).stdout,
  ).now;
  const alliance = startProcess('cli', ['serve', '--sandbox'], env);
  await alliance.says(OPEN);
  expect(timeIn(alliance.output().stdout)).toBe(before);
  alliance.interrupt();
  expect((await alliance.ended).code).toBe(0);
});

test('an alliance that is none is not made one', async () => {
  const other = dataFolder();
  const plain = { ...env, ALLIANCE_DATA_DIR: other.path };
  const alliance = startProcess('main', [], plain);
  await alliance.says(OPEN);
  expect(timeIn(alliance.output().stdout)).toBeUndefined();
  alliance.interrupt();
  await alliance.ended;
  const { code, stderr } = await startProcess('main', ['--sandbox'], plain).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^This alliance has members already and is no sandbox: .*\n$/);
  const advanced = await runCommand(['sandbox', 'advance', '--by', '1d'], plain);
  expect([advanced.code, advanced.stderr]).toEqual([1, expect.stringMatching(/^This is no sandbox: /)]);
  await other.remove();
});
