import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce } from '../../src/db/outbox.ts';
import { seatUser } from '../../src/features/account/index.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { documentIdOf, normalisedDocument } from '../../src/server/trusted-documents.ts';
import { type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { readOperations } from '../kit/operations.ts';
import { World } from '../kit/world.ts';
import { followByStream, followByWebSocket } from '../subscription/live-clients.ts';

const operations = readOperations();
const idOf = (path: string): string => operations.find((each) => each.path === `${path}.graphql`)!.documentId;
const POOL = idOf('creator-app/pool');
const VIEWER = idOf('creator-app/viewer');
const GO_LIVE = idOf('creator-app/go-live');
const DIRECTORY = idOf('agency-client/directory');
const AD_HOC = '{ viewer { name } }';

/** An alliance that is bound as one in production is, and one that is not. */
let bound: TestAlliance;
let free: TestAlliance;
/** Tokens by whom they are of, for each of the two. */
const tokens = new Map<TestAlliance, Record<string, string>>();

beforeAll(async () => {
  bound = await testAlliance({ environment: { TRUSTED_DOCUMENTS_ONLY: 'yes' } });
  free = await testAlliance();
  for (const alliance of [bound, free]) tokens.set(alliance, await people(alliance));
});

afterAll(async () => {
  await bound?.close();
  await free?.close();
});

async function people(alliance: TestAlliance): Promise<Record<string, string>> {
  const world = new World(alliance.database);
  const brandId = await world.brand();
  for (let i = 0; i < 3; i++) await world.plan(await world.product({ brandId }));
  const creatorId = await world.creator();
  const agencyId = await world.agency();
  const seats = { creator: [creatorId], agency: [agencyId], both: [creatorId, agencyId], newcomer: [] };
  const found: Record<string, string> = {};
  for (const [name, parties] of Object.entries(seats)) {
    for (const partyId of parties) {
      const person = { issuer: LOCAL_ISSUER, subject: name, name };
      await world.tx((tx) => seatUser(tx, person, partyId, 'OWNER', new Date()));
    }
    found[name] = (await alliance.issuer.issue(name, name)).token;
  }
  return found;
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  readonly code: string | undefined;
}

/** Asks as somebody by name; as nobody without one. */
async function ask(alliance: TestAlliance, who: string, path: string, init: RequestInit): Promise<Reply> {
  const token = tokens.get(alliance)?.[who];
  const headers = { ...init.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${alliance.server.url}/graphql${path}`, { ...init, headers });
  const content = await response.text();
  const body = content === '' ? undefined : JSON.parse(content);
  const code = body?.errors?.[0]?.extensions?.code;
  return { status: response.status, headers: response.headers, body, code };
}

const post = (alliance: TestAlliance, who: string, body: object): Promise<Reply> =>
  ask(alliance, who, '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const get = (
  alliance: TestAlliance,
  who: string,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> => ask(alliance, who, `?${new URLSearchParams(parameters)}`, { headers });

describe('a trusted document', () => {
  it('is run by its id, by POST and by GET, with variables', async () => {
    const variables = { first: 2 };
    const posted = await post(free, 'creator', { documentId: POOL, variables });
    const got = await get(free, 'creator', { documentId: POOL, variables: JSON.stringify(variables) });
    expect(posted.body.data.productPool.nodes).toHaveLength(2);
    expect([posted.status, got.status]).toEqual([200, 200]);
    expect(got.body.data).toEqual(posted.body.data);
    expect(got.body.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['an id that nothing has', { documentId: `sha256:${'0'.repeat(64)}` }, 'DOCUMENT_NOT_FOUND'],
    ['an id that is no hash', { documentId: 'constructor' }, 'DOCUMENT_NOT_FOUND'],
    ['an empty id', { documentId: '' }, 'DOCUMENT_NOT_FOUND'],
    ['an id that is no text', { documentId: { toString: 'x' } }, 'BAD_USER_INPUT'],
    ['two ids', { documentId: [POOL, POOL] }, 'BAD_USER_INPUT'],
    ['an id and a text', { documentId: VIEWER, query: AD_HOC }, 'BAD_USER_INPUT'],
    ['neither', { variables: {} }, 'BAD_REQUEST'],
  ])('is refused with a typed 400: %s', async (_what, body, expected) => {
    const { status, code, body: answer } = await post(free, 'creator', body);
    expect([status, code]).toEqual([400, expected]);
    expect(answer.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is refused by GET as by POST', async () => {
    const unknown = await get(free, 'creator', { documentId: 'sha256:1' });
    const twice = await ask(free, 'creator', `?documentId=${POOL}&documentId=${POOL}`, {});
    expect([unknown.status, unknown.code]).toEqual([400, 'DOCUMENT_NOT_FOUND']);
    expect([twice.status, twice.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('changes nothing by GET', async () => {
    const variables = JSON.stringify({ input: { creatorId: 'x', title: 'x', idempotencyKey: 'x' } });
    const { status, code, headers } = await get(free, 'creator', { documentId: GO_LIVE, variables });
    expect([status, code, headers.get('allow')]).toEqual([405, 'BAD_REQUEST', 'POST']);
  });

  it('is checked as every other one is: its variables have their types', async () => {
    const { status, code } = await post(free, 'creator', { documentId: POOL, variables: { first: 'two' } });
    expect([status, code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('is what its id says, whatever its layout and comments were', () => {
    const [first, other] = ['# A\nquery A { viewer { name } }', 'query A{viewer{name}}'];
    expect(documentIdOf(normalisedDocument(first!))).toBe(documentIdOf(normalisedDocument(other!)));
    expect(POOL).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe('where creators are bound', () => {
  const refused = [403, 'DOCUMENT_NOT_TRUSTED'];
  const said = ({ status, code }: Reply) => (code === undefined ? [status] : [status, code]);

  it('a creator runs the documents of the creator app and nothing else', async () => {
    expect(said(await post(bound, 'creator', { documentId: VIEWER }))).toEqual([200]);
    expect(said(await get(bound, 'creator', { documentId: POOL }))).toEqual([200]);
    expect(said(await post(bound, 'creator', { query: AD_HOC }))).toEqual(refused);
    expect(said(await post(bound, 'creator', { query: '{ __schema { types { name } } }' }))).toEqual(refused);
    expect(said(await post(bound, 'creator', { query: 'not even a document' }))).toEqual(refused);
    expect(said(await post(bound, 'creator', { documentId: DIRECTORY }))).toEqual(refused);
    expect(said(await post(bound, 'creator', [{ query: AD_HOC }]))).toEqual(refused);
    expect(said(await post(bound, 'creator', { documentId: null, query: AD_HOC }))).toEqual(refused);
    const preflight = { 'apollo-require-preflight': 'x' };
    expect(said(await get(bound, 'creator', { query: AD_HOC }, preflight))).toEqual(refused);
    expect(said(await post(bound, 'creator', { documentId: VIEWER, query: AD_HOC }))).toEqual([
      400,
      'BAD_USER_INPUT',
    ]);
  });

  it('whoever acts for others, too, or for nobody yet, runs what they like', async () => {
    for (const who of ['agency', 'both', 'newcomer'])
      expect([who, ...said(await post(bound, who, { query: AD_HOC }))]).toEqual([who, 200]);
  });

  it('and elsewhere a creator does so, too', async () => {
    expect(said(await post(free, 'creator', { query: AD_HOC }))).toEqual([200]);
    expect(said(await post(free, 'creator', { documentId: DIRECTORY }))).toEqual([200]);
  });
});

describe('a subscription', () => {
  const [EARNINGS, AGENCYS] = [idOf('creator-app/earnings-changed'), idOf('agency-client/earnings-changed')];
  const TEXT = 'subscription { earningsChanged { cursor } }';
  const bearer = (who: string) => `Bearer ${tokens.get(bound)?.[who]}`;
  const byWebSocket = (who: string, documentId?: string, query = '') =>
    followByWebSocket(
      bound.server.url,
      query,
      { authorization: bearer(who) },
      documentId === undefined ? undefined : { documentId },
    );

  it('of the creator app is followed by its id, over both protocols', async () => {
    const socket = byWebSocket('creator', EARNINGS);
    const stream = await followByStream(bound.server.url, { documentId: EARNINGS }, bearer('creator'));
    const [seat] = await bound.database.rows(sql<{ partyId: string }>`
      select m.party_id as "partyId" from membership m join app_user u on u.id = m.user_id where u.subject = 'creator'`);
    const to = [seat?.partyId ?? ''];
    const event = { kind: 'PAYOUT_SENT', subject: { type: 'Creator', id: to[0] ?? '' }, to } as const;
    // Nobody outside sees when a subscription has begun.
    while (socket.results.length === 0 || stream.results.length === 0) {
      await bound.database.transaction((tx) => announce(tx, [event], new Date()));
      await sleep(100);
    }
    for (const { results } of [socket, stream]) {
      expect(results[0]?.errors).toBeUndefined();
      const data: Json = results[0]?.data;
      expect(Object.keys(data.earningsChanged)).toEqual(['cursor', 'creator']);
    }
    await socket.client.dispose();
    stream.stop();
  });

  it.each([
    ['a text of their own', undefined, TEXT, 'DOCUMENT_NOT_TRUSTED'],
    ['the document of another client', AGENCYS, undefined, 'DOCUMENT_NOT_TRUSTED'],
    ['an unknown id', 'sha256:0', undefined, 'DOCUMENT_NOT_FOUND'],
    ['a document that is a query', VIEWER, undefined, 'BAD_USER_INPUT'],
    ['an id and a text', EARNINGS, TEXT, 'BAD_USER_INPUT'],
  ])('is refused to a creator who asks with %s', async (_what, documentId, query, code) => {
    const socket = byWebSocket('creator', documentId, query);
    await socket.count(1);
    await socket.client.dispose();
    const stream = await followByStream(bound.server.url, { documentId, query }, bearer('creator'));
    while (stream.results.length === 0) await sleep(10);
    stream.stop();
    for (const { results } of [socket, stream]) expect(results[0]?.errors?.[0]?.extensions.code).toBe(code);
  });

  it('with a text of their own is open to whoever is not bound', async () => {
    const stream = await followByStream(bound.server.url, { query: TEXT }, bearer('agency'));
    await sleep(500);
    expect([stream.status, stream.results, stream.isOver()]).toEqual([200, [], false]);
    stream.stop();
  });
});

describe('under the limits of cost and rate', () => {
  let poor: TestAlliance;
  beforeAll(async () => {
    const environment = {
      TRUSTED_DOCUMENTS_ONLY: 'yes',
      LIMIT_COST: '100',
      RATE_POINTS: '100',
      RATE_RESTORE: '1',
    };
    poor = await testAlliance({ environment });
    tokens.set(poor, await people(poor));
  });
  afterAll(() => poor.close());

  it('a trusted document stands as every other one does', async () => {
    const dear = await post(poor, 'creator', { documentId: POOL, variables: { first: 100 } });
    expect([dear.status, dear.code]).toEqual([400, 'COST_EXCEEDED']);
    expect(
      (await post(poor, 'creator', { documentId: VIEWER })).body.extensions.cost.requested,
    ).toBeGreaterThan(0);
    let last = await post(poor, 'creator', { documentId: VIEWER });
    for (let i = 0; i < 200 && last.status === 200; i++)
      last = await post(poor, 'creator', { documentId: POOL, variables: { first: 1 } });
    expect([last.status, last.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await get(poor, 'creator', { documentId: VIEWER })).status).toBe(429);
  });
});

describe('an answer to GET', () => {
  it('has a tag that stays while the data does, and is the caller’s alone', async () => {
    const [first, second] = [
      await get(free, 'creator', { documentId: POOL }),
      await get(free, 'creator', { documentId: POOL }),
    ];
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{43}"$/);
    expect(second.headers.get('etag')).toBe(tag);
    expect(first.body.extensions.requestId).not.toBe(second.body.extensions.requestId);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')?.toLowerCase().split(/, */)).toContain('authorization');
    const held = await get(free, 'creator', { documentId: POOL }, { 'if-none-match': `"other", ${tag}` });
    expect([held.status, held.body, held.headers.get('etag')]).toEqual([304, undefined, tag]);
    const smaller = { documentId: POOL, variables: '{"first":1}' };
    const changed = await get(free, 'creator', smaller, { 'if-none-match': tag });
    expect([changed.status, changed.body.data.productPool.nodes.length]).toEqual([200, 1]);
  });

  it('may be kept by anybody where nobody in particular has asked', async () => {
    const { status, headers } = await get(free, 'nobody', { documentId: DIRECTORY });
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=60']);
    expect(headers.get('vary')?.toLowerCase().split(/, */)).toContain('authorization');
  });

  it('is kept by nobody when something in it has failed, and has no tag by POST', async () => {
    const failed = await get(free, 'nobody', { documentId: VIEWER });
    expect(failed.body.errors).toHaveLength(1);
    expect([failed.headers.get('cache-control'), failed.headers.get('etag')]).toEqual(['no-store', null]);
    expect((await post(free, 'creator', { documentId: POOL })).headers.get('etag')).toBeNull();
  });

  it('of a text that a caller made up needs the header that a form on another site cannot send', async () => {
    const blocked = await get(free, 'agency', { query: AD_HOC });
    expect([blocked.status, blocked.code]).toEqual([400, 'BAD_REQUEST']);
    const asked = await get(free, 'agency', { query: AD_HOC }, { 'apollo-require-preflight': 'x' });
    expect(asked.body.data).toEqual({ viewer: { name: 'agency' } });
  });

  it('that says "not modified" leaves the connection fit for the next request', async () => {
    const { headers } = await get(free, 'nobody', { documentId: DIRECTORY });
    const { hostname, port } = new URL(free.server.url);
    const socket = connect({ host: hostname, port: Number(port) });
    const path = `/graphql?documentId=${DIRECTORY}`;
    const again = `GET ${path} HTTP/1.1\r\nHost: a\r\nIf-None-Match: ${headers.get('etag')}\r\n`;
    socket.write(`${again}\r\n${again}Connection: close\r\n\r\n`);
    const heads = (await text(socket)).trim().split('\r\n\r\n');
    expect(heads.map((head) => head.slice(0, 12))).toEqual(['HTTP/1.1 304', 'HTTP/1.1 304']);
    expect(heads.join()).not.toMatch(/content-(type|encoding)/i);
  });
});
