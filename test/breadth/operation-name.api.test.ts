import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestAlliance, testAlliance } from '../kit/alliance.ts';

let alliance: TestAlliance;

beforeAll(async () => {
  alliance = await testAlliance();
});
afterAll(() => alliance.close());

it.each([
  [
    'which of two operations is meant is not said',
    'query A { __typename } query B { __typename }',
    undefined,
  ],
  ['the operation that is named is not there', 'query A { __typename }', 'B'],
])('is refused with a code when %s', async (_what, query, operationName) => {
  const response = await fetch(`${alliance.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, operationName }),
  });
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  expect([response.status, errors[0]?.extensions.code]).toEqual([400, 'OPERATION_RESOLUTION_FAILURE']);
});
