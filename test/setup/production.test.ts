import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { foundAlliance, seatUser } from '../../src/features/account/index.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { AUDIENCE, TestIssuer } from '../identity/issuer.ts';
import type { Json } from '../kit/alliance.ts';
import { type AllianceProcess, dataFolder, freePort, startProcess } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { readOperations } from '../kit/operations.ts';
import { World } from '../kit/world.ts';
import { followByStream, followByWebSocket } from '../subscription/live-clients.ts';

const INTROSPECTION = '{ __schema { queryType { name } } }';
const AD_HOC = '{ viewer { name } }';

let issuer: TestIssuer;
let fresh: FreshDatabase;
let folder: ReturnType<typeof dataFolder>;
let server: AllianceProcess;
let url: string;

beforeAll(async () => {
  issuer = await TestIssuer.open();
  fresh = await freshDatabase();
  folder = dataFolder();
  await fill();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = startProcess('cli', ['serve', '--no-worker'], {
    NODE_ENV: 'production',
    DATABASE_URL: fresh.url,
    ALLIANCE_DATA_DIR: folder.path,
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    PORT: String(port),
    DATABASE_POOL_SIZE: '3',
    SHUTDOWN_DELAY_SECONDS: '0',
  });
  await server.says(/Ctrl-C stops it/);
});

afterAll(async () => {
  server?.interrupt('SIGTERM');
  await server?.ended;
  await folder.remove();
  await fresh.drop();
  await issuer.stop();
});

/** An operator, a creator and an agency, by the subjects of their tokens, and something in the pool. */
async function fill(): Promise<void> {
  const database = await openDatabase(fresh.url, { entities, poolSize: 2 });
  const options = { name: '好物联盟', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  const operator = await database.transaction((tx) => foundAlliance(tx, options, new Date()));
  const world = new World(database);
  await world.plan(await world.product());
  const seats = { operator, creator: await world.creator(), agency: await world.agency() };
  for (const [subject, partyId] of Object.entries(seats)) {
    const person = { issuer: issuer.url, subject, name: subject };
    await database.transaction((tx) => seatUser(tx, person, partyId, 'OWNER', new Date()));
  }
  await database.close();
}

const bearer = async (who: string): Promise<string> => `Bearer ${await issuer.token({ sub: who })}`;
const idOf = (path: string): string =>
  readOperations().find((each) => each.path === `${path}.graphql`)?.documentId ?? '';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  readonly code: string | undefined;
}

async function ask(
  who: string | undefined,
  path: string,
  body?: object,
  more: Record<string, string> = {},
): Promise<Reply> {
  const headers = {
    'content-type': 'application/json',
    ...(who !== undefined && { authorization: await bearer(who) }),
    ...more,
  };
  const sent = body && { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, { headers, ...sent });
  const text = await response.text();
  const parsed = text.startsWith('{') ? JSON.parse(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    body: parsed,
    code: parsed?.errors?.[0]?.extensions?.code,
  };
}

const post = (who: string | undefined, body: object): Promise<Reply> => ask(who, '/graphql', body);
const said = ({ status, code }: Reply) => [status, code];

test('a creator sends no texts, of whatever kind, and over no protocol', async () => {
  for (const query of [AD_HOC, INTROSPECTION, 'mutation { liveSessionEnd }', 'no GraphQL'])
    expect([query, ...said(await post('creator', { query }))]).toEqual([query, 403, 'DOCUMENT_NOT_TRUSTED']);
  const query = 'subscription { changeAdded { cursor } }';
  const authorization = await bearer('creator');
  const stream = await followByStream(url, { query }, authorization);
  const socket = followByWebSocket(url, query, { authorization });
  await Promise.all([socket.count(1), expect.poll(() => stream.results.length).toBe(1)]);
  for (const { results } of [socket, stream])
    expect(results[0]?.errors?.[0]?.extensions.code).toBe('DOCUMENT_NOT_TRUSTED');
  await socket.client.dispose();
  stream.stop();
});

test('a creator runs the documents of the app by their ids, and keeps what GET has answered', async () => {
  const documentId = idOf('creator-app/pool');
  const posted = await post('creator', { documentId });
  expect(said(posted)).toEqual([200, undefined]);
  expect(posted.body.data.productPool.nodes).toHaveLength(1);
  const path = `/graphql?documentId=${documentId}`;
  const got = await ask('creator', path);
  expect([got.status, got.body.data]).toEqual([200, posted.body.data]);
  expect(got.headers.get('cache-control')).toBe('private, no-cache');
  expect(got.headers.get('vary')?.toLowerCase()).toContain('authorization');
  const tag = got.headers.get('etag') ?? '';
  expect(tag).toMatch(/^W\//);
  expect((await ask('creator', path, undefined, { 'if-none-match': tag })).status).toBe(304);
  const other = await post('creator', { documentId: idOf('agency-client/directory') });
  expect(said(other)).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
  expect(said(await post('creator', { documentId: 'sha256:0' }))).toEqual([400, 'DOCUMENT_NOT_FOUND']);
});

test('operators, partners and nobody write their own, and may ask for the schema', async () => {
  for (const who of ['operator', 'agency']) {
    expect((await post(who, { query: AD_HOC })).body.data).toEqual({ viewer: { name: who } });
    expect(said(await post(who, { query: INTROSPECTION }))).toEqual([200, undefined]);
  }
  expect(said(await post(undefined, { query: INTROSPECTION }))).toEqual([200, undefined]);
  expect(said(await post(undefined, { query: AD_HOC }))).toEqual([200, 'UNAUTHENTICATED']);
});

test('there is no demo, and no issuer but the one that was set', async () => {
  expect((await ask(undefined, '/demo/identities')).status).toBe(404);
  expect((await ask(undefined, '/demo/token', { identity: 'operator' })).status).toBe(404);
  const [key] = issuer.keys;
  if (key === undefined) throw new Error('There is a key.');
  const claims = {
    iss: LOCAL_ISSUER,
    aud: AUDIENCE,
    sub: 'operator',
    exp: Math.floor(Date.now() / 1000) + 60,
  };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .sign(key.privateKey);
  const authorization = `Bearer ${token}`;
  expect(said(await ask(undefined, '/graphql', { query: AD_HOC }, { authorization }))).toEqual([
    401,
    'UNAUTHENTICATED',
  ]);
});

test('the explorer is there, picks nobody, and lets nothing of another host in', async () => {
  const page = await ask(undefined, '/graphiql');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  const { body } = await ask(undefined, '/graphiql/operations.json');
  expect([body.demo, body.callers.length]).toEqual([false, 5]);
});

test('a demo is refused where it was asked for by mistake', async () => {
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: fresh.url,
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
  };
  const { code, stderr } = await startProcess('cli', ['serve'], { ...env, ALLIANCE_DEMO: 'yes' }).ended;
  expect([code, stderr]).toEqual([
    1,
    'Wrong configuration: ALLIANCE_DEMO must not be on with NODE_ENV=production.\n',
  ]);
});
