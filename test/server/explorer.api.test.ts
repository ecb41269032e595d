import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerExplorer } from '../../src/server/explorer/explorer.ts';
import { readReadyQueries } from '../../src/server/explorer/ready-queries.ts';

let folder: string;
let bundle: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alliance-explorer-'));
  bundle = join(folder, 'bundle');
  await mkdir(join(bundle, 'assets'), { recursive: true });
  await mkdir(join(folder, 'creator-app'));
  await writeFile(join(bundle, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(bundle, 'assets/index-abc.js'), 'export {};');
  await writeFile(join(bundle, 'assets/index-abc.js.br'), 'compressed');
  app = fastify();
  await registerExplorer(app, { demo: true, bundle, operations: folder });
  app.get('/other', () => 'other');
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test('the page lets nothing of another host in and is asked for anew each time', async () => {
  const { statusCode, headers } = await app.inject('/graphiql');
  expect(statusCode).toBe(200);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'; script-src 'self'; worker-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  expect(policy).not.toMatch(/http|\*|unsafe-eval|script-src[^;]*unsafe/);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
});

test('files are kept by the browser for good, compressed where it takes that', async () => {
  const plain = await app.inject('/graphiql/assets/index-abc.js');
  expect(plain.body).toBe('export {};');
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(plain.headers['x-content-type-options']).toBe('nosniff');
  const url = '/graphiql/assets/index-abc.js';
  const small = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
  expect(small.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': /javascript/ });
  expect(small.body).toBe('compressed');
});

test('only files of the bundle are served, and other routes keep their own headers', async () => {
  for (const path of ['../index.html', '..%2findex.html', 'nothing.js', '%00', '']) {
    const { statusCode, body } = await app.inject(`/graphiql/assets/${path}`);
    expect([400, 403, 404]).toContain(statusCode);
    expect(body).not.toContain('page');
  }
  expect((await app.inject('/other')).headers['content-security-policy']).toBeUndefined();
  expect((await app.inject('/graphiql/')).headers.location).toBe('/graphiql');
});

test('without a bundle the page says what to run', async () => {
  const bare = fastify();
  await registerExplorer(bare, { demo: false, bundle: join(folder, 'nowhere'), operations: folder });
  const { statusCode, body, headers } = await bare.inject('/graphiql');
  expect([statusCode, headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8']);
  expect(body).toContain('npm ci && npm run prepare');
  expect((await bare.inject('/graphiql/assets/index-abc.js')).statusCode).toBe(404);
  await bare.close();
});

test('ready queries come in their order, with variables, and only those with a title', async () => {
  const place = (name: string) => join(folder, 'creator-app', name);
  await writeFile(place('b.graphql'), '# Title: Second\n# Order: 2\nquery B { b }\n');
  await writeFile(place('a.graphql'), '# Title: Last\nquery A { a }\n');
  await writeFile(place('c.graphql'), '# Order: 1\n# Title: First\n# More words.\nquery C { c }\n');
  await writeFile(place('c.variables.json'), '{"a":1}');
  await writeFile(place('hidden.graphql'), 'query Hidden { h }\n');
  const data = (await app.inject('/graphiql/operations.json')).json();
  expect(data.demo).toBe(true);
  expect(data.callers.map(({ id }: { id: string }) => id)).toEqual([
    'creator-app',
    'agency-client',
    'brand-console',
    'operator',
    'shop-system',
  ]);
  expect(data.callers[0].queries).toEqual([
    {
      name: 'c',
      title: 'First',
      query: '# First\n# More words.\nquery C { c }\n',
      variables: '{\n  "a": 1\n}',
    },
    { name: 'b', title: 'Second', query: '# Second\nquery B { b }\n', variables: '' },
    { name: 'a', title: 'Last', query: '# Last\nquery A { a }\n', variables: '' },
  ]);
});

test.each([
  ['does not parse', '# Title: T\nquery {', /bad\.graphql: Syntax Error/],
  ['holds two operations', '# Title: T\nquery A { a } query B { b }', /bad\.graphql: holds 2 operations/],
])('a ready query that %s is refused by its name', async (_what, text, message) => {
  const other = join(folder, 'other');
  await mkdir(join(other, 'operator'), { recursive: true });
  await writeFile(join(other, 'operator/bad.graphql'), text);
  await expect(readReadyQueries(other)).rejects.toThrow(message);
});

test('variables that are not JSON are refused by their file', async () => {
  const other = join(folder, 'variables');
  await mkdir(join(other, 'operator'), { recursive: true });
  await writeFile(join(other, 'operator/q.graphql'), '# Title: T\nquery A { a }');
  await writeFile(join(other, 'operator/q.variables.json'), '{');
  await expect(readReadyQueries(other)).rejects.toThrow(/q\.variables\.json/);
});

test('the ready queries of this repository are in order', async () => {
  const names = (await readReadyQueries()).flatMap((caller) => caller.queries.map(({ name }) => name));
  expect(names.every((name) => /^[a-z0-9-]+$/.test(name))).toBe(true);
});
