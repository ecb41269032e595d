import { setTimeout as sleep } from 'node:timers/promises';
import { decodeProtectedHeader, type JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLOCK_SKEW_SECONDS, newTokenCheck } from '../../src/server/check-token.ts';
import { AUDIENCE, TestIssuer } from './issuer.ts';

const TIMES = { freshMs: 800, mostMs: 2000, cooldownMs: 100, timeoutMs: 500 };

let issuer: TestIssuer;
let check: ReturnType<typeof newTokenCheck>;

beforeEach(async () => {
  issuer = await TestIssuer.open();
  check = checkWith();
});
afterEach(() => issuer.stop());

const checkWith = (times = TIMES, jwksUrl?: string) =>
  newTokenCheck({ oidc: { issuer: issuer.url, audience: AUDIENCE, jwksUrl }, issuerTimes: times });

/** `good`, why not, or that nobody can tell. */
async function told(token: string, by = check): Promise<string> {
  const outcome = await by(token);
  if ('identity' in outcome) return 'good';
  return 'fault' in outcome ? outcome.fault : 'unavailable';
}

describe('a key that the issuer', () => {
  it('has just begun to use is good at once, beside the older one', async () => {
    const old = await issuer.token();
    expect(await told(old)).toBe('good');
    await sleep(TIMES.cooldownMs);
    await issuer.addKey();
    expect(await told(await issuer.token())).toBe('good');
    expect(await told(old)).toBe('good');
    expect(issuer.fetches).toBe(2);
  });

  it('has withdrawn is good no longer than keys are kept', async () => {
    // On a busy machine a fetch may take longer than the others' half a second, and then old keys go on.
    check = checkWith({ ...TIMES, timeoutMs: 10_000 });
    const old = await issuer.token();
    expect(await told(old)).toBe('good');
    issuer.keys = [];
    await issuer.addKey();
    expect(await told(old)).toBe('good');
    await sleep(TIMES.freshMs);
    expect(await told(old)).toBe('INVALID_TOKEN');
    expect(await told(await issuer.token())).toBe('good');
  });

  it('has never had is asked for once in a while, however many tokens name one', async () => {
    const [key] = issuer.keys;
    if (key === undefined) throw new Error('There is a key.');
    const flood = Array.from({ length: 200 }, (_, i) => issuer.token({}, { ...key, kid: `unknown-${i}` }));
    const tokens = await Promise.all(flood);
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(200);
    const slow = checkWith({ ...TIMES, freshMs: 60_000, cooldownMs: 60_000 });
    expect(new Set(await Promise.all(tokens.map((token) => told(token, slow))))).toEqual(
      new Set(['INVALID_TOKEN']),
    );
    for (const token of tokens) expect(await told(token, slow)).toBe('INVALID_TOKEN');
    expect(await told(await issuer.token(), slow)).toBe('good');
    expect(issuer.fetches).toBe(1);
  });
});

describe('an issuer that is away', () => {
  it('before its keys were ever had leaves nobody able to tell, and is not asked by each request', async () => {
    await issuer.stop();
    const token = await issuer.token();
    const slow = checkWith({ ...TIMES, cooldownMs: 300 });
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => told(token, slow)));
    expect(new Set(outcomes)).toEqual(new Set(['unavailable']));
    await issuer.start();
    expect(issuer.fetches).toBe(0);
    await sleep(300);
    expect(await told(token, slow)).toBe('good');
  });

  it('leaves the keys that were had good until they are too old', async () => {
    const token = await issuer.token();
    expect(await told(token)).toBe('good');
    await issuer.stop();
    await sleep(TIMES.freshMs);
    expect(await told(token)).toBe('good');
    const later = await issuer.token({}, await issuer.addKey());
    await sleep(TIMES.cooldownMs);
    expect(await told(later)).toBe('unavailable');
    await sleep(TIMES.mostMs);
    expect(await told(token)).toBe('unavailable');
    await issuer.start();
    await sleep(TIMES.cooldownMs);
    expect(await told(token)).toBe('good');
  });

  it('answers nothing that is taken for keys when it answers wrongly', async () => {
    const token = await issuer.token();
    const broken = { status: 200, body: '<html>' };
    const elsewhere = { status: 302, body: '', location: `${issuer.url}/jwks` };
    const huge = { status: 200, body: JSON.stringify({ keys: [], pad: 'x'.repeat(2_000_000) }) };
    const none = { status: 200, body: '{"keys": "none"}' };
    for (const answer of [broken, elsewhere, huge, none, { status: 500, body: '{}' }]) {
      issuer.answer = (path) => (path === '/jwks' ? answer : { status: 404, body: '' });
      expect(await told(token, checkWith(TIMES, `${issuer.url}/jwks`))).toBe('unavailable');
    }
    issuer.answer = undefined;
    expect(await told(token, checkWith(TIMES, `${issuer.url}/jwks`))).toBe('good');
  });

  it('is not taken for another one by what it says of itself', async () => {
    const token = await issuer.token();
    const document = { issuer: 'https://another.example', jwks_uri: `${issuer.url}/jwks` };
    issuer.answer = () => ({ status: 200, body: JSON.stringify(document) });
    expect(await told(token)).toBe('unavailable');
    expect(issuer.fetches).toBe(0);
  });
});

describe('a token', () => {
  const now = () => Math.floor(Date.now() / 1000);

  it.each<[string, string, () => JWTPayload]>([
    ['good', 'of an issuer whose clock goes ahead a little', () => ({ nbf: now() + CLOCK_SKEW_SECONDS - 5 })],
    ['INVALID_TOKEN', 'of a time to come', () => ({ nbf: now() + CLOCK_SKEW_SECONDS + 5 })],
    ['EXPIRED_TOKEN', 'that has just ended', () => ({ exp: now() })],
    ['EXPIRED_TOKEN', 'that ended long ago', () => ({ exp: 1 })],
    ['INVALID_TOKEN', 'without an end', () => ({ exp: undefined })],
    ['INVALID_TOKEN', 'without a subject', () => ({ sub: undefined })],
    ['INVALID_TOKEN', 'for another audience', () => ({ aud: 'another' })],
    ['UNTRUSTED_ISSUER', 'of another issuer', () => ({ iss: 'https://another.example' })],
  ])('is %s %s', async (what, _which, change) => {
    expect(await told(await issuer.token(change()))).toBe(what);
  });

  it('is over within a second of its end', async () => {
    const token = await issuer.token({ exp: now() + 2 });
    expect(await told(token)).toBe('good');
    await sleep((now() + 2) * 1000 - Date.now());
    expect(await told(token)).toBe('EXPIRED_TOKEN');
  });
});
