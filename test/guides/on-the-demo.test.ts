import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GraphQLEnumType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/graphql/errors.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import { freePort } from '../kit/alliance-process.ts';
import type { FreshDatabase } from '../kit/database.ts';
import { blocksOf } from './guide-blocks.ts';
import { demoTemplate, guideSandbox } from './guide-sandbox.ts';
import { type GuideReport, runGuide } from './run-guide.ts';

const AGENCY = 'docs/integrate-as-an-agency.md';
const SHOP = 'docs/connect-a-shop-system.md';

let template: FreshDatabase;
beforeAll(async () => {
  template = await demoTemplate();
});
afterAll(() => template.drop());

/** Runs a guide on a sandbox of its own. */
async function run(
  path: string,
  standsFor: Record<string, string> = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<GuideReport> {
  const { guide, close } = await guideSandbox(template, environment);
  try {
    return await runGuide(path, { ...guide, standsFor: { ...guide.standsFor, ...standsFor } });
  } finally {
    await close();
  }
}

// Each waits most of the time for programs that it has started.
describe.concurrent('the guide', () => {
  test('"integrate as an agency" is as it says, from no key to a key that was changed', async () => {
    const report = await run(AGENCY, { 4100: String(await freePort()) });
    expect(report).toEqual({ ran: 29, compared: 23, missed: [], codes: [143] });
  });

  test('"connect a shop system" is as it says, from no key to books that agree', async () => {
    const report = await run(SHOP);
    expect(report).toEqual({ ran: 14, compared: 12, missed: [], codes: [] });
  });

  test('"build a creator app" is as it says, from signing in to a payout', async () => {
    const report = await run('docs/build-a-creator-app.md', {}, { TRUSTED_DOCUMENTS_ONLY: 'yes' });
    expect(report).toEqual({ ran: 12, compared: 9, missed: [], codes: [143] });
  });
});

test('the table of the guide for agencies has every code of an error that a program may meet, with its status', () => {
  const rows = readFileSync(AGENCY, 'utf8').matchAll(/^\| (`[A-Z_`, ]+`) \| (\d+)\b/gm);
  const told = [...rows].flatMap(([, codes = '', status]) =>
    [...codes.matchAll(/\w+/g)].map(([code]) => [code, Number(status)]),
  );
  const {
    CONNECTION_ENDED: _of,
    DOCUMENT_NOT_FOUND: _an,
    DOCUMENT_NOT_TRUSTED: _app,
    ...codes
  } = ERROR_CODES;
  expect(Object.fromEntries(told)).toEqual(codes);
});

test('the client of the guide for agencies waits as it is told, asks again unanswered, and not what is wrong', async () => {
  const file = blocksOf(readFileSync(AGENCY, 'utf8')).find(({ words }) =>
    words.includes('file=alliance.mjs'),
  );
  const folder = mkdtempSync(join(tmpdir(), 'alliance-client-'));
  writeFileSync(join(folder, 'alliance.mjs'), file!.text);
  const asked: number[] = [];
  const answers = [undefined, [504], [429, '1'], [503, '0'], [200], [400]] as const;
  const server = createServer((request, response) => {
    const answer = answers[asked.push(performance.now()) - 1];
    if (answer === undefined) return void request.socket.destroy();
    const [status, after] = answer;
    const error = { message: 'no', extensions: { code: 'BAD_USER_INPUT' } };
    const body =
      status === 200 ? { data: { done: true } } : { errors: [error], extensions: { requestId: 'r-1' } };
    response.writeHead(status, after ? { 'retry-after': after } : {}).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const program = `import { ask } from './alliance.mjs';
    console.log(JSON.stringify(await ask('{ done }')));
    await ask('{ wrong }').catch(({ message }) => console.log(message));`;
  const { stdout, stderr } = await promisify(execFile)('node', ['--input-type=module', '-e', program], {
    cwd: folder,
    env: { PATH: process.env.PATH, ALLIANCE: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  });
  server.close();
  rmSync(folder, { recursive: true });
  expect([stdout, stderr]).toEqual(['{"done":true}\nBAD_USER_INPUT: no (r-1)\n', '']);
  expect(asked).toHaveLength(answers.length);
  expect(asked[3]! - asked[2]!).toBeGreaterThanOrEqual(990);
});

test('the guide for shop systems tells of each kind and status of an event, and what to do about each code', () => {
  const cells = readFileSync(SHOP, 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('| `') ? [line.split('|')[1] ?? ''] : []));
  const told = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name)).sort();
  const enums = ['OrderEventErrorCode', 'OrderEventKind', 'OrderEventStatus'].flatMap((name) =>
    (buildAllianceSchema().getType(name) as GraphQLEnumType).getValues().map((value) => value.name),
  );
  expect(told).toEqual(enums.sort());
});
