import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';

/** The checks of dolevf/graphql-cop 1.14, each by its own request. What they look for is in the names. */
let alliance: TestAlliance;

beforeAll(async () => {
  alliance = await testAlliance();
});
afterAll(() => alliance.close());

const JSON_TYPE = { 'content-type': 'application/json' };

async function send(init: RequestInit, search = ''): Promise<{ status: number; body: Json; text: string }> {
  const response = await fetch(`${alliance.server.url}/graphql${search}`, init);
  const text = await response.text();
  let body: Json;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, body, text };
}

const post = (body: unknown) => send({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
const codes = ({ body }: { body: Json }): string[] => body.errors.map((error: Json) => error.extensions.code);
const times = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');

describe('denial of service', () => {
  it('1. alias overloading: more than 100 aliases', async () => {
    const answer = await post({ query: `query cop { ${times(101, (i) => `alias${i}:__typename`)} }` });
    expect([answer.status, ...codes(answer)]).toEqual([400, 'TOO_MANY_ROOT_FIELDS']);
  });

  it('2. batch queries: ten at once in an array', async () => {
    const answer = await post(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })));
    expect([answer.status, ...codes(answer)]).toEqual([400, 'BAD_REQUEST']);
  });

  it('3. directive overloading: ten unknown directives give ten errors', async () => {
    const answer = await post({ query: `query cop { __typename ${'@aa'.repeat(10)} }` });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.length).toBeLessThan(10);
    const more = await post({ query: `query cop { __typename ${'@aa'.repeat(11)} }` });
    expect([more.status, ...codes(more)]).toEqual([400, 'TOO_MANY_DIRECTIVES']);
  });

  it('4. circular query by introspection', async () => {
    const query = `query cop { __schema { types { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } } }`;
    const answer = await post({ query });
    expect([answer.status, new Set(codes(answer))]).toEqual([400, new Set(['GRAPHQL_VALIDATION_FAILED'])]);
    expect(answer.body.data).toBeUndefined();
  });

  it('5. field duplication: 500 times the same field', async () => {
    const answer = await post({ query: `query cop { ${'__typename \n'.repeat(500)} }` });
    expect([answer.status, ...codes(answer)]).toEqual([400, 'TOO_MANY_ROOT_FIELDS']);
  });

  it('and circular fragments, which later versions look for', async () => {
    const query =
      'query { __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }';
    const answer = await post({ query });
    expect([answer.status, new Set(codes(answer))]).toEqual([400, new Set(['GRAPHQL_VALIDATION_FAILED'])]);
  });
});

describe('requests forged by other sites', () => {
  it('6. mutations over GET', async () => {
    const search = `?query=${encodeURIComponent('mutation cop {__typename}')}`;
    expect((await send({ headers: JSON_TYPE }, search)).status).toBe(405);
    expect((await send({}, search)).status).toBe(400);
  });

  it('7. queries over GET, without a header that a form cannot send', async () => {
    const answer = await send({}, `?query=${encodeURIComponent('query cop {__typename}')}`);
    expect([answer.status, answer.body.data]).toEqual([400, undefined]);
  });

  it('8. POST with the query in the address, or as a form', async () => {
    const search = `?query=${encodeURIComponent('query cop {__typename}')}`;
    expect([400, 415]).toContain((await send({ method: 'POST' }, search)).status);
    const form = new URLSearchParams({ query: 'query cop {__typename}' });
    const answer = await send({ method: 'POST', body: form });
    expect([answer.status, answer.body.data]).toEqual([415, undefined]);
  });
});

describe('leaks of information', () => {
  it('9. tracing and debug modes, and unhandled errors', async () => {
    const answers = [
      await post({ query: 'query cop { __typename }' }),
      await post({ query: 'qwerty cop { abc }' }),
      await post({ query: 'query cop { nothing }' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400]);
    for (const { text } of answers)
      expect(text).not.toMatch(/stacktrace|tracing|exception|node_modules|\.ts:/i);
  });

  // Of what is open source, the schema is known to everybody who looks; these three are there for newcomers, on purpose.
  it('10. field suggestions are given', async () => {
    const { status, body } = await post({ query: 'query cop { __schema { directive } }' });
    expect([status, body.errors[0].message]).toEqual([
      400,
      expect.stringContaining('Did you mean "directives"'),
    ]);
  });

  it('11. introspection is answered', async () => {
    const { body } = await post({ query: 'query cop { __schema { types { name fields { name } } } }' });
    expect(body.data.__schema.types.length).toBeGreaterThan(100);
  });

  it('12. GraphiQL is there, under a strict content policy', async () => {
    const response = await fetch(`${alliance.server.url}/graphiql`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
