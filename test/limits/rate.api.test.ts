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

/** Sends until it is refused with 429; gives how often it was answered otherwise. */
async function untilRefused(
  send: () => Promise<Response>,
): Promise<{ before: number; statuses: Set<number>; last: Response }> {
  const statuses = new Set<number>();
  for (let before = 0; before < 500; before++) {
    const last = await send();
    if (last.status === 429) return { before, statuses, last };
    statuses.add(last.status);
  }
  throw new Error('It was never refused.');
}

it('fines what is no operation, so that a flood of it ends, too, before anything of it is read', async () => {
  let i = 0;
  const { before, statuses, last } = await untilRefused(() => post(`{ nonsense${i++} `));
  expect(statuses).toEqual(new Set([400]));
  expect(before).toBeGreaterThanOrEqual(19);
  expect(before).toBeLessThan(60);
  expect(((await last.json()) as Json).errors[0].extensions.code).toBe('RATE_LIMITED');
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  const large = await post(`{ viewer { name } } # ${'x'.repeat(10_000_000)}`);
  expect([large.status, ((await large.json()) as Json).errors[0].extensions.code]).toEqual([
    429,
    'RATE_LIMITED',
  ]);
});

it.each([
  ['what comes in batches', JSON.stringify([{ query: '{ __typename }' }])],
  ['what is no JSON', '{"query": '],
  ['what is over a limit', JSON.stringify({ query: `{ ${'__typename '.repeat(30)} }` })],
])('fines %s', async (name, body) => {
  const { token } = await alliance.issuer.issue(name, name);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const send = () => fetch(`${alliance.server.url}/graphql`, { method: 'POST', headers, body });
  const { before, statuses } = await untilRefused(send);
  expect(statuses).toEqual(new Set([400]));
  expect(before).toBeGreaterThanOrEqual(99);
  expect(before).toBeLessThan(200);
});
