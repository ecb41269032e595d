import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce } from '../../src/db/outbox.ts';
import { toGlobalId } from '../../src/kernel/ids.ts';
import { MOST_SESSIONS_PER_CALLER, MOST_SUBSCRIPTIONS } from '../../src/server/live-sessions.ts';
import { act } from '../api/act.ts';
import { AUDIENCE, TestIssuer } from '../identity/issuer.ts';
import { type Caller, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { caughtUp } from '../kit/feed.ts';
import { World } from '../kit/world.ts';
import { type Followed, followByStream, followByWebSocket, until } from './live-clients.ts';

let alliance: TestAlliance;
let outside: TestIssuer;
let brandId: string;
let otherId: string;
let owner: Caller;
let key: string;
const open: Followed[] = [];

beforeAll(async () => {
  outside = await TestIssuer.open();
  alliance = await testAlliance({ environment: { OIDC_ISSUER: outside.url, OIDC_AUDIENCE: AUDIENCE } });
  const world = new World(alliance.database);
  [brandId, otherId] = [await world.brand(), await world.brand()];
  owner = await alliance.memberOf(brandId);
  key = await newKey();
});
afterAll(async () => {
  for (const { client } of open) await client.dispose();
  await alliance.close();
  await outside.stop();
});

const ADDED = 'subscription { changeAdded { cursor event { kind subjectId data } } }';

async function newKey(): Promise<string> {
  const input = { organisationId: toGlobalId('Brand', brandId), name: 'shop', scopes: ['read'] };
  return `Bearer ${(await act(owner, 'apiKeyCreate', input, 'token apiKey { id }')).result.token}`;
}

const follow = (query: string, authorization?: string, extensions?: Record<string, unknown>): Followed => {
  const params = authorization === undefined ? {} : { authorization };
  const followed = followByWebSocket(alliance.server.url, query, params, extensions);
  open.push(followed);
  return followed;
};

/** Tells parties of something; `no` tells one from another. */
const tell = (no: number, to = [brandId]): Promise<void> =>
  alliance.database.transaction((tx) =>
    announce(
      tx,
      [{ kind: 'PARTY_UNBLOCKED', subject: { type: 'Brand', id: brandId }, to, data: { no } }],
      new Date(),
    ),
  );

/** Events go on being written until the subscription, whose beginning nobody sees from outside, shows one. */
async function begun({ results }: { readonly results: readonly object[] }): Promise<void> {
  for (let no = 0; results.length === 0; no++) {
    await tell(no);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const numbers = (results: Followed['results']): number[] =>
  results.map(
    ({ data }) =>
      (data as never as { changeAdded: { event: { data: { no: number } } } }).changeAdded.event.data.no,
  );

describe.each([
  ['a WebSocket', async () => follow(ADDED, key)],
  ['a stream', () => followByStream(alliance.server.url, { query: ADDED }, key)],
])('changeAdded over %s', (_protocol, subscribe) => {
  it("brings the caller's events in their order, and nobody else's", async () => {
    const followed = await subscribe();
    await begun(followed);
    const from = 1000;
    for (let i = 0; i < 250; i++) await tell(from + i, i % 5 === 0 ? [otherId] : [brandId, otherId]);
    await until(() => numbers(followed.results).includes(from + 249));
    const wanted = Array.from({ length: 250 }, (_, i) => from + i).filter((no) => no % 5 !== 0);
    expect(numbers(followed.results).filter((no) => no >= from)).toEqual(wanted);
    if ('stop' in followed) followed.stop();
    else await followed.client.dispose();
  });

  it('is ended within a second or so when the key is revoked', async () => {
    const mine = await act(
      owner,
      'apiKeyCreate',
      { organisationId: toGlobalId('Brand', brandId), name: 'brief', scopes: ['read'] },
      'token apiKey { id }',
    );
    const authorization = `Bearer ${mine.result.token}`;
    const isStream = _protocol === 'a stream';
    const stream = isStream
      ? await followByStream(alliance.server.url, { query: ADDED }, authorization)
      : undefined;
    const socket = isStream ? undefined : follow(ADDED, authorization);
    await begun(stream ?? (socket as Followed));
    await act(owner, 'apiKeyRevoke', { apiKeyId: mine.result.apiKey.id }, 'revokedAt');
    if (socket !== undefined) expect((await socket.closed).code).toBe(4401);
    if (stream === undefined) return;
    await until(() => stream.isOver());
    expect(stream.results.at(-1)?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('a connection', () => {
  it('is ended when the time of its token is over', async () => {
    const exp = Math.floor(Date.now() / 1000) + 3;
    const token = await outside.token({ sub: 'brief', exp });
    const followed = follow(ADDED, `Bearer ${token}`);
    expect(await followed.closed).toMatchObject({ code: 4401 });
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    expect(Date.now()).toBeLessThan(exp * 1000 + 5000);
  });

  it('is ended when the rights of its caller change', async () => {
    const caller = await alliance.issuer.issue('leaver', 'leaver');
    const { seatUser } = await import('../../src/features/account/index.ts');
    const person = { issuer: 'urn:goods-alliance:demo', subject: 'leaver', name: 'leaver' };
    await alliance.database.transaction((tx) => seatUser(tx, person, brandId, 'VIEWER', new Date()));
    const followed = follow(ADDED, `Bearer ${caller.token}`);
    await begun(followed);
    await alliance.database.rows(sql`
      delete from membership m using app_user u where u.id = m.user_id and u.subject = 'leaver'`);
    expect(await followed.closed).toMatchObject({ code: 4403 });
  });

  it.each([
    ['nobody', undefined],
    ['a made-up key', 'Bearer ga_test_AAAAAAAAAAAAAAAAAAAAAA_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB'],
  ])('is refused to %s', async (_who, authorization) => {
    expect((await follow(ADDED, authorization).closed).code).toBe(4401);
    expect((await followByStream(alliance.server.url, { query: ADDED }, authorization)).status).toBe(401);
  });

  it('has so many subscriptions at most, and a caller so many connections', async () => {
    const mine = await newKey();
    const one = follow(ADDED, mine);
    await begun(one);
    const errors: unknown[] = [];
    for (let i = 1; i <= MOST_SUBSCRIPTIONS; i++)
      one.client.subscribe(
        { query: ADDED },
        { next: () => undefined, complete: () => undefined, error: (error) => void errors.push(error) },
      );
    await until(() => errors.length > 0);
    expect(errors).toEqual([[expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } })]]);

    const more = Array.from({ length: MOST_SESSIONS_PER_CALLER }, () => follow(ADDED, mine));
    const first = await Promise.race(more.map(({ closed }) => closed));
    expect(first.code).toBe(4429);
    expect((await followByStream(alliance.server.url, { query: ADDED }, mine)).status).toBe(429);
    for (const { client } of [one, ...more]) await client.dispose();
  });
});

describe('what is asked for', () => {
  it.each([
    ['a query', '{ viewer { name } }', 'BAD_USER_INPUT'],
    ['no GraphQL', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a cursor of another list',
      'subscription { changeAdded(after: "WyJsaW5lcyJd") { cursor } }',
      'BAD_USER_INPUT',
    ],
    ['no kinds', 'subscription { changeAdded(kinds: []) { cursor } }', 'BAD_USER_INPUT'],
    ['earnings of a brand', 'subscription { earningsChanged { cursor } }', 'NOT_FOUND'],
  ])('is refused with a code when it is %s', async (_what, query, code) => {
    const socket = follow(query, key);
    await socket.count(1);
    expect(socket.results[0]?.errors?.[0]?.extensions.code).toBe(code);
    await socket.client.dispose();
    const stream = await followByStream(alliance.server.url, { query }, key);
    await until(() => stream.results.length > 0);
    expect(stream.results[0]?.errors?.[0]?.extensions.code).toBe(code);
    stream.stop();
  });

  it('begins after a cursor, so that nothing is missed between two connections', async () => {
    await caughtUp(alliance.database);
    const { data } = await alliance.withHeader(key).query('{ changes(first: 1) { latestCursor } }');
    for (let no = 5000; no < 5003; no++) await tell(no);
    const query = `subscription { changeAdded(after: "${data.changes.latestCursor}") { cursor event { data } } }`;
    const followed = follow(query, key);
    await followed.count(3);
    expect(numbers(followed.results)).toEqual([5000, 5001, 5002]);
    await followed.client.dispose();
  });
});
