import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { differences, matchText } from './guide-blocks.ts';
import { runGuide } from './run-guide.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alliance-guides-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a guide of these lines, in which three apostrophes are a fence. */
function guide(lines: string, options = {}) {
  const path = join(folder, 'guide.md');
  writeFileSync(path, lines.replaceAll("'''", '```'));
  return runGuide(path, options);
}

test('pieces of shell share what they set, and what they print is compared', async () => {
  const text =
    "'''sh\nNAME=example\n'''\n'''sh\necho \"name $NAME, id 42\"\n'''\n'''text\nname example, id <id>\n'''\n" +
    "'''sh\necho <id>\n'''\n'''text\n42\n'''\n";
  expect(await guide(text)).toEqual({ ran: 3, compared: 2, missed: [], codes: [] });
  expect(await guide(text, { standsFor: { example: 'real' } })).toMatchObject({ ran: 3 });
});

test.each([
  ["'''sh\necho a\n'''\n'''text\nb\n'''\n", /guide\.md:1: it printed\na\n\ninstead of\nb/],
  ["Words.\n\n'''sh\nfalse\n'''\n", /guide\.md:3: it ended with 1/],
  ["'''sh\nfalse | cat\n'''\n", /it ended with 1/],
  ["'''sh background\necho no; exit 3\n'''\n'''text\nyes\n'''\n", /It ended with 3: no/],
  ["'''graphql\n{ __typename }\n'''\n", /says as whom/],
])('what is not as it is written fails: %j', async (text, why) => {
  await expect(guide(text)).rejects.toThrow(why);
});

test('what needs something that is not there is told, not passed over in silence', async () => {
  expect(await guide("'''sh needs=unicorns\nfalse\n'''\n")).toMatchObject({ ran: 0, missed: ['unicorns'] });
});

test('files are written beside what is run, with what was found', async () => {
  const text =
    "'''sh\necho 42\n'''\n'''text\n<id>\n'''\n'''js file=say.mjs\nconsole.log(<id> + 1)\n'''\n'''sh\nnode say.mjs\n'''\n'''text\n43\n'''\n";
  expect(await guide(text, { folder })).toMatchObject({ ran: 2, compared: 2 });
  await expect(guide(text)).rejects.toThrow(/guide\.md:7: .*the test has to name/);
});

test('a question is asked with what was found, and its status and extensions are compared', async () => {
  const server = createServer(({ headers: { authorization } }, response) => {
    const answer = { data: { who: authorization ?? 'ga_1' }, extensions: { cost: 3, requestId: 'r' } };
    response.writeHead(authorization === undefined ? 200 : 400).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { ask: { url, headersOf: async () => ({}) } };
  const first = "'''graphql as anybody\n{ who }\n'''\n'''json\n{\"data\": {\"who\": \"<key>\"}}\n'''\n";
  const second = (status: number, cost: number) =>
    `${first}'''graphql as <key>\n{ who }\n'''\n'''json ${status}\n{"data": {"who": "Bearer ga_1"},
      "extensions": {"cost": ${cost}, "…": "…"}}\n'''\n`;
  expect(await guide(second(400, 3), options)).toMatchObject({ ran: 2, compared: 2 });
  await expect(guide(second(200, 3), options)).rejects.toThrow(/status: 400 instead of 200/);
  await expect(guide(second(400, 4), options)).rejects.toThrow(/answer\.extensions\.cost: 3 instead of 4/);
  server.close();
});

test('what goes on is stopped in the end, and its code is told', async () => {
  const text =
    '\'\'\'sh background\nnode -e \'process.on("SIGTERM", () => process.exit(7)); console.log("up"); ' +
    "setInterval(() => 0, 99)'\n'''\n'''text\nup\n'''\n";
  expect((await guide(text)).codes).toEqual([7]);
});

test.each([
  [{ a: 1 }, { a: 1 }, 0],
  [{ a: 1 }, { a: 1, b: 2 }, 1],
  [{ a: 1, '…': '…' }, { a: 1, b: 2 }, 0],
  [{ a: '…' }, {}, 1],
  [{ a: '…' }, { a: null }, 0],
  [[1, '…'], [1, 2, 3], 0],
  [[1, 2], [1], 1],
  [[1], { 0: 1 }, 1],
  ['Brand_…', 'Brand_x', 0],
  ['Brand_…', 'Creator_x', 1],
  [null, undefined, 1],
  ['1', 1, 1],
])('%j and %j differ in %i places', (expected, actual, places) => {
  expect(differences(expected, actual, new Map())).toHaveLength(places);
});

test('a name stands for one text only', () => {
  const found = new Map<string, string>();
  expect(differences({ a: '<id>', b: '<id>' }, { a: 'x', b: 'x' }, found)).toEqual([]);
  expect(found.get('id')).toBe('x');
  expect(differences('<id>', 'y', found)).toHaveLength(1);
  expect(matchText('a.c', 'abc', new Map())).toBeUndefined();
});
