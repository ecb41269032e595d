import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seatUser } from '../../src/features/account/index.ts';
import { LOCAL_ISSUER } from '../../src/server/local-issuer.ts';
import { type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';

const AUDIENCE = 'goods-alliance-test';
const KEY_ID = 'key-1';
const SUBJECT = 'zhang-san';

let alliance: TestAlliance;
let jwks: Server;
let issuer: string;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  keys = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: KEY_ID, alg: 'ES256', use: 'sig' };
  jwks = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    response.end(JSON.stringify(isDiscovery ? { issuer, jwks_uri: `${issuer}/jwks` } : { keys: [jwk] }));
  });
  await new Promise<void>((done) => jwks.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(jwks.address() as AddressInfo).port}`;
  alliance = await testAlliance({ environment: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE } });
  const world = new World(alliance.database);
  const brandId = await world.brand('若眠');
  const person = { issuer, subject: SUBJECT, name: '张三' };
  await world.tx((tx) => seatUser(tx, person, brandId, 'OWNER', new Date()));
});

afterAll(async () => {
  await alliance.close();
  await new Promise((done) => jwks.close(done));
});

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** A token of the outside issuer, right in everything but what is changed. */
function token(
  change: JWTPayload = {},
  { privateKey = keys.privateKey, kid = KEY_ID, alg = 'ES256' } = {},
): Promise<string> {
  const claims = { iss: issuer, aud: AUDIENCE, sub: SUBJECT, exp: inAnHour(), ...change };
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(privateKey);
}

const VIEWER = '{ viewer { name brand { name } } }';

async function ask(authorization: string): Promise<[number, Json, string | undefined]> {
  const { status, data, errors } = await alliance.withHeader(authorization).query(VIEWER);
  return [status, data, errors?.[0]?.extensions.code];
}

const REFUSED = [401, undefined, 'UNAUTHENTICATED'];

describe('a token of the outside issuer', () => {
  it('tells who is calling, by the keys that its issuer serves', async () => {
    const viewer = { name: '张三', brand: { name: '若眠' } };
    expect(await ask(`Bearer ${await token()}`)).toEqual([200, { viewer }, undefined]);
    expect(await ask(`bearer ${await token({ aud: ['another', AUDIENCE] })}`)).toEqual([
      200,
      { viewer },
      undefined,
    ]);
  });

  it('of somebody unknown belongs to nobody', async () => {
    const viewer = { name: '李四', brand: null };
    expect(await ask(`Bearer ${await token({ sub: 'li-si', name: '李四' })}`)).toEqual([
      200,
      { viewer },
      undefined,
    ]);
  });

  it.each([
    ['for another audience', () => token({ aud: 'another' })],
    ['for no audience', () => token({ aud: undefined })],
    ['of a time that is over', () => token({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['of a time that is to come', () => token({ nbf: inAnHour() })],
    ['of another issuer', () => token({ iss: 'https://accounts.example' })],
    ['of no issuer', () => token({ iss: undefined })],
    ['without a subject', () => token({ sub: undefined })],
    ['that says it is of the built-in issuer', () => token({ iss: LOCAL_ISSUER, aud: 'goods-alliance' })],
    ['signed with another key', async () => token({}, await generateKeyPair('ES256'))],
    ['with a key that the issuer has not', () => token({}, { kid: 'key-2' })],
    [
      'without a signature',
      async () =>
        new UnsecuredJWT({ sub: SUBJECT })
          .setIssuer(issuer)
          .setAudience(AUDIENCE)
          .setExpirationTime('1h')
          .encode(),
    ],
    ['signed with the public key as a secret', publicKeyAsSecret],
    ['with its claims changed', async () => changed(await token())],
    ['with its signature cut off', async () => (await token()).replace(/\.[^.]*$/, '.')],
  ])('is refused %s', async (_what, make) => expect(await ask(`Bearer ${await make()}`)).toEqual(REFUSED));

  async function publicKeyAsSecret(): Promise<string> {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
    const claims = { iss: issuer, aud: AUDIENCE, sub: SUBJECT, exp: inAnHour() };
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: KEY_ID }).sign(secret);
  }

  function changed(text: string): string {
    const [header, body = '', signature] = text.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const other = Buffer.from(JSON.stringify({ ...claims, sub: 'operator' })).toString('base64url');
    return [header, other, signature].join('.');
  }
});

describe('an Authorization header that proves nobody', () => {
  it.each([
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer a.b.c',
    'Bearer ..',
    'Basic dXNlcjpwYXNz',
    'garbage',
    `Bearer ${'x'.repeat(9000)}`,
    'Bearer ga_live_x_y',
    `Bearer ga_test_${'A'.repeat(22)}_${'A'.repeat(43)}`,
    `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`,
  ])('is refused: %.30s', async (authorization) => {
    expect(await ask(authorization)).toEqual(REFUSED);
  });

  it('is told nothing but that, under the id of the request', async () => {
    const response = await post(
      JSON.stringify({ query: '{ agencyDirectory { nodes { id } } }' }),
      'Bearer a.b.c',
    );
    const body = (await response.json()) as Json;
    expect(Object.keys(body).sort()).toEqual(['errors', 'extensions']);
    expect(Object.keys(body.errors[0].extensions)).toEqual(['code']);
    expect(body.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(body)).not.toMatch(/jose|JWS|JWT|stack|node_modules|src\//i);
  });
});

const post = (body: string, authorization?: string, contentType = 'application/json') =>
  fetch(`${alliance.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': contentType, ...(authorization && { authorization }) },
    body,
  });

describe('a request that is none', () => {
  const answer = async (body: string, contentType?: string) => {
    const response = await post(body, undefined, contentType);
    const { errors } = (await response.json()) as Json;
    return [response.status, errors[0].extensions.code];
  };

  it('of more than a megabyte is too large, of nobody in particular one of more than a tenth', async () => {
    const padded = (bytes: number) =>
      JSON.stringify({ query: '{ __typename }', variables: { pad: 'x'.repeat(bytes) } });
    expect(await answer(padded(1_048_576))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await answer(padded(102_400))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect((await post(padded(100_000))).status).toBe(200);
    const { token } = await alliance.issuer.issue('large', 'large');
    expect((await post(padded(1_048_576), `Bearer ${token}`)).status).toBe(413);
    expect((await post(padded(1_000_000), `Bearer ${token}`)).status).toBe(200);
  });

  it.each([
    ['broken JSON', '{"query": ', 'BAD_REQUEST'],
    ['a bare word', 'nonsense', 'BAD_REQUEST'],
    ['an empty body', '', 'BAD_REQUEST'],
    ['no query', '{}', 'BAD_REQUEST'],
    ['a query that is no text', '{"query": 1}', 'BAD_REQUEST'],
    ['several queries at once', '[{"query": "{ __typename }"}]', 'BAD_REQUEST'],
    ['a query that is none', '{"query": "{"}', 'GRAPHQL_PARSE_FAILED'],
    ['a field that is not', '{"query": "{ secrets }"}', 'GRAPHQL_VALIDATION_FAILED'],
    ['a prototype', '{"query": "{ __typename }", "__proto__": {"admin": true}}', 'BAD_REQUEST'],
  ])('with %s is refused', async (_what, body, code) => expect(await answer(body)).toEqual([400, code]));

  it('of another kind is refused', async () => {
    expect(await answer('<query/>', 'application/xml')).toEqual([415, 'BAD_REQUEST']);
  });

  it('with more tokens than any query needs is refused before it is read to the end', async () => {
    const query = `{ ${'__typename '.repeat(3000)} }`;
    expect(await answer(JSON.stringify({ query }))).toEqual([400, 'TOO_MANY_TOKENS']);
  });
});
