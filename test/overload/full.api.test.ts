import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';

let alliance: TestAlliance;

beforeAll(async () => {
  alliance = await testAlliance({ environment: { MAX_REQUESTS_IN_FLIGHT: '3' } });
});
afterAll(() => alliance.close());

const ask = (query: string) =>
  fetch(`${alliance.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

it('answers 503 at once to what is more than it can, tells its health, and goes on when there is room', async () => {
  const held = await alliance.database.transaction(async (tx) => {
    await tx.rows(sql`lock table agency in access exclusive mode`);
    const three = Array.from({ length: 3 }, () => ask('{ agencyDirectory(first: 1) { nodes { id } } }'));
    // The three have their places as soon as their statements wait for the lock.
    let refused = await ask('{ __typename }');
    while (refused.status === 200) refused = await ask('{ __typename }');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    const { errors, extensions } = (await refused.json()) as Json;
    expect(errors[0].extensions).toEqual({ code: 'OVERLOADED', retryAfter: 1 });
    expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    for (const path of ['/healthz', '/readyz'])
      expect((await fetch(`${alliance.server.url}${path}`)).status).toBe(200);
    return three;
  });
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await ask('{ __typename }')).status).toBe(200);
});
