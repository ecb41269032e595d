import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Caller, type Json, type TestAlliance, testAlliance } from '../kit/alliance.ts';
import { readOperations } from '../kit/operations.ts';

let alliance: TestAlliance;
let nobody: Caller;

beforeAll(async () => {
  alliance = await testAlliance({ environment: { LIMIT_COST: '1000' } });
  nobody = alliance.withHeader();
});
afterAll(() => alliance.close());

const codeOf = ({ status, errors }: Answer<Json>) => [status, errors?.[0]?.extensions.code];
const repeat = (count: number, part: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');

/** Fragments of which each doubles the next: 2^depth fields at the end. */
const doubling = (depth: number, at = 'viewer { __typename }'): string =>
  `{ ...F0 } ${repeat(depth, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F${depth} on Query { ${at} }`;

const nested = (levels: number): string =>
  `{ __type(name: "String") { ${'ofType { '.repeat(levels - 2)} name ${'}'.repeat(levels - 2)} } }`;

describe('what is just within a limit is answered, and what is just over it refused, by its own code', () => {
  it.each([
    ['depth', nested(12), nested(14), 'TOO_DEEP'],
    [
      'aliases',
      `{ viewer { ${repeat(30, (i) => `a${i}: __typename`)} } }`,
      `{ viewer { ${repeat(31, (i) => `a${i}: __typename`)} } }`,
      'TOO_MANY_ALIASES',
    ],
    [
      'directives',
      `{ viewer { ${repeat(5, () => `__typename @include(if: true) @skip(if: false)`)} } }`,
      `{ viewer { ${repeat(6, () => `__typename @include(if: true) @skip(if: false)`)} } }`,
      'TOO_MANY_DIRECTIVES',
    ],
    [
      'root fields',
      `{ ${repeat(20, (i) => `a${i}: __typename`)} }`,
      `{ ${repeat(21, (i) => `a${i}: __typename`)} }`,
      'TOO_MANY_ROOT_FIELDS',
    ],
    [
      'tokens',
      `{ viewer { __typename } } # ${'x '.repeat(5000)}`,
      `{ viewer { ${'__typename '.repeat(2000)} } }`,
      'TOO_MANY_TOKENS',
    ],
    [
      'repetitions',
      `{ viewer { ${'__typename '.repeat(20)} } }`,
      `{ viewer { ${'__typename '.repeat(21)} } }`,
      'TOO_MANY_REPEATS',
    ],
  ])('%s', async (_what, within, over, code) => {
    expect(codeOf(await nobody.query(over))).toEqual([400, code]);
    const answer = await nobody.query(within);
    expect([answer.status, answer.errors?.[0]?.extensions.code]).not.toContain(code);
    expect(answer.status).toBe(200);
  });
});

it('refuses more fragments than anybody has', async () => {
  expect(codeOf(await nobody.query(doubling(50)))).toEqual([400, 'TOO_MANY_FRAGMENTS']);
});

it('refuses fragments that grow without end, and those that go in circles', async () => {
  expect(codeOf(await nobody.query(doubling(10)))).toEqual([400, 'TOO_MANY_ROOT_FIELDS']);
  expect(codeOf(await nobody.query(doubling(49)))).toEqual([400, 'TOO_MANY_ROOT_FIELDS']);
  const below = doubling(49, '__typename')
    .replaceAll('on Query', 'on Viewer')
    .replace('{ ...F0 }', '{ viewer { ...F0 } }');
  expect(codeOf(await nobody.query(below))).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  const aliased = below.replace('{ __typename }', '{ a: __typename }');
  expect(codeOf(await nobody.query(aliased))).toEqual([400, 'TOO_MANY_ALIASES']);
  const circle = '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }';
  expect(codeOf(await nobody.query(circle))).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
});

it('tells the limit with the refusal', async () => {
  const { errors, extensions } = await nobody.query(nested(14));
  expect(errors).toEqual([
    {
      message: 'A document has at most 12 levels of fields.',
      extensions: { code: 'TOO_DEEP', maximum: 12 },
    },
  ]);
  expect(extensions?.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

it('lets the introspection of GraphiQL pass, and every operation of the clients', async () => {
  const { status, errors } = await nobody.query(getIntrospectionQuery({ inputValueDeprecation: true }));
  expect([status, errors]).toEqual([200, undefined]);
  const codes = new Set(
    await Promise.all(
      readOperations()
        .filter(({ definition }) => definition.operation === 'query')
        .map(
          async ({ text, variables }) => (await nobody.query(text, variables)).errors?.[0]?.extensions.code,
        ),
    ),
  );
  // Nobody may read most of it, which is told only after the limits.
  expect([...codes].filter((code) => /^TOO_|^COST/.test(String(code)))).toEqual([]);
});

it('refuses what costs too much by the sizes of its pages, whatever the variables hold', async () => {
  const query =
    'query($n: Int) { productPool(first: $n) { nodes { id brand { id } category { id } skus { id } enrolments { id } } } }';
  const answer = await nobody.query(query, { n: 100 });
  expect(codeOf(answer)).toEqual([400, 'COST_EXCEEDED']);
  expect(answer.errors?.[0]?.extensions).toMatchObject({ requested: 1301, maximum: 1000 });
  for (const n of [-1, 101, 2 ** 31 - 1, 1e300, 'many', {}, []])
    expect([400, 200]).toContain((await nobody.query(query, { n })).status);
  expect(codeOf(await nobody.query(query, { n: 2 ** 40 }))[0]).toBe(400);
  expect(codeOf(await nobody.query(query, {}))).toEqual([200, 'UNAUTHENTICATED']);
});

it('tells what each answer cost', async () => {
  const operator = await alliance.memberOf(alliance.id);
  const { extensions } = await operator.query('{ productPool(first: 10) { nodes { id } } }');
  expect(extensions).toMatchObject({ cost: { requested: 11, actual: 1 } });
});

describe('bodies', () => {
  const send = (bytes: number, headers: Record<string, string> = {}) =>
    fetch(`${alliance.server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ __typename }', extensions: 'x'.repeat(bytes) }),
    });
  const told = async (answer: Promise<Response>) => {
    const response = await answer;
    const { errors } = (await response.json()) as Json;
    return [response.status, errors[0].extensions];
  };

  it('of 10 MB are refused by their head, and the answer arrives', async () => {
    expect(await told(send(10_000_000))).toEqual([413, { code: 'PAYLOAD_TOO_LARGE', maximum: 102_400 }]);
    const { token } = await alliance.issuer.issue('somebody', 'somebody');
    const authorization = `Bearer ${token}`;
    expect(await told(send(10_000_000, { authorization }))).toEqual([
      413,
      { code: 'PAYLOAD_TOO_LARGE', maximum: 1_048_576 },
    ]);
    // Large enough to be read: it fails for what is in it.
    expect((await told(send(500_000, { authorization })))[0]).toBe(400);
  });

  it('of nobody that come in pieces are refused, since nobody knows their size', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"query":"{ __typename }"}'));
        controller.close();
      },
    });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' };
    expect(await told(fetch(`${alliance.server.url}/graphql`, init as RequestInit))).toMatchObject([
      413,
      { code: 'PAYLOAD_TOO_LARGE' },
    ]);
  });
});
