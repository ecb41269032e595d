import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';

let alliance: TestAlliance;
const environment = {
  RATE_POINTS: '1000',
  RATE_RESTORE: '1',
  RATE_ANONYMOUS_POINTS: '200',
  RATE_ANONYMOUS_RESTORE: '1',
};

beforeAll(async () => {
  alliance = await testAlliance({ environment });
});
afterAll(() => alliance.close());

const TWICE = '{ a: __schema { types { name } } b: __schema { types { name } } }';

const post = (query: string, headers = {}) =>
  fetch(`${alliance.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

it('refuses an account that has spent its points with 429, and nobody else', async () => {
  const { token } = await alliance.issuer.issue('spender', 'spender');
  const authorization = `Bearer ${token}`;
  const introspect = '{ __schema { types { name } } }';
  const first = await post(introspect, { authorization });
  expect(((await first.json()) as Json).extensions.cost).toEqual({
    requested: 100,
    actual: 100,
    available: 900,
    restoreRate: 1,
  });
  let last = first;
  for (let i = 0; i < 12 && last.status === 200; i++) last = await post(TWICE, { authorization });
  expect(last.status).toBe(429);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(50);
  const { errors, extensions } = (await last.json()) as Json;
  expect(errors[0].extensions).toMatchObject({
    code: 'RATE_LIMITED',
    cost: { requested: 200, restoreRate: 1 },
  });
  expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
  const other = await alliance.issuer.issue('other', 'other');
  expect((await post('{ __typename }', { authorization: `Bearer ${other.token}` })).status).toBe(200);
});

it('charges what is no operation, so that a flood of it ends, too', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 230; i++) statuses.push((await post(`{ nonsense${i} `)).status);
  expect(new Set(statuses.slice(0, 190))).toEqual(new Set([400]));
  const last = await post('{ __typename }');
  expect([last.status, ((await last.json()) as Json).errors[0].extensions.code]).toEqual([
    429,
    'RATE_LIMITED',
  ]);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});
