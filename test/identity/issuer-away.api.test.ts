import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/account/index.ts';
import { type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { World } from '../kit/world.ts';
import { followByStream } from '../subscription/live-clients.ts';
import { ask } from './ask.ts';
import { AUDIENCE, TestIssuer } from './issuer.ts';

let issuer: TestIssuer;
let alliance: TestAlliance;

beforeAll(async () => {
  issuer = await TestIssuer.open();
  alliance = await testAlliance({ environment: { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE } });
});
afterAll(async () => {
  await alliance.close();
  await issuer.stop();
});

it('while the keys of the issuer cannot be had people are told to wait, keys go on, and all is well afterwards', async () => {
  const { url } = alliance.server;
  const authorization = `Bearer ${await issuer.token({ sub: 'li-na' })}`;
  issuer.answer = () => ({ status: 500, body: 'down' });
  const away = await ask(url, authorization);
  expect([away.status, away.code]).toEqual([503, 'IDENTITY_UNAVAILABLE']);
  const waitS = Number(away.retryAfter);
  expect(waitS).toBeGreaterThan(0);
  expect(waitS).toBeLessThanOrEqual(60);
  expect(away.body.errors[0].extensions.retryAfter).toBe(waitS);
  expect(away.body.extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(away.body.data).toBeUndefined();
  const stream = await followByStream(
    url,
    { query: 'subscription { changeAdded { cursor } }' },
    authorization,
  );
  expect([stream.status, stream.results[0]?.errors?.[0]?.extensions.code]).toEqual([
    503,
    'IDENTITY_UNAVAILABLE',
  ]);
  // Nobody is taken for somebody who guesses: however often they try, it is not their login that fails.
  for (let i = 0; i < 40; i++) expect((await ask(url, authorization)).status).toBe(503);
  const partyId = await new World(alliance.database).brand();
  const key = { partyId, name: 'Shop', scopes: ['read'] };
  const { token } = await alliance.database.transaction((tx) => createApiKey(tx, key, 'test', new Date()));
  expect((await ask(url, `Bearer ${token}`)).status).toBe(200);
  issuer.answer = undefined;
  // Whoever waits for as long as they were told is let in.
  await new Promise((resolve) => setTimeout(resolve, waitS * 1000));
  expect((await ask(url, authorization)).status).toBe(200);
});
