import { type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { declaredCosts } from '../../src/server/limits/declared-cost.ts';
import { actualPrice, requestedPrice, valuesOf } from '../../src/server/limits/price.ts';
import { pricePlanOf } from '../../src/server/limits/price-plan.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';

const schema = buildAllianceSchema();

function pricing(text: string, variables?: Record<string, unknown>) {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const plan = pricePlanOf(schema, document, operation);
  const values = valuesOf(operation, variables);
  return {
    requested: requestedPrice(plan, values),
    actual: (data: unknown) => actualPrice(plan, values, data),
  };
}

const requested = (text: string, variables?: Record<string, unknown>) => pricing(text, variables).requested;

it.each([
  ['values', '{ __typename }', 1],
  ['an object', '{ viewer { kind } }', 1],
  ['a page of the usual size', '{ productPool { nodes { id } } }', 1 + 20],
  ['a page of its own size', '{ productPool(first: 7) { nodes { id } } }', 1 + 7],
  ['edges as nodes', '{ productPool(first: 7) { edges { cursor node { id } } } }', 1 + 7],
  ['page information', '{ productPool(first: 7) { pageInfo { endCursor } } }', 1],
  [
    'sizes multiply',
    '{ productPool(first: 10) { nodes { skus { id } brand { id } } } }',
    1 + 10 * (1 + 5 + 1),
  ],
  [
    'a fragment as its fields',
    '{ productPool(first: 7) { ...P } } fragment P on ProductConnection { nodes { id } }',
    8,
  ],
  [
    'types that exclude each other once',
    '{ node(id: "x") { ... on Product { brand { id } skus { id } } ... on Brand { id } } }',
    1 + 6,
  ],
  ['ids one by one', '{ nodes(ids: ["a", "b", "c"]) { id } }', 3],
  ['introspection', '{ __schema { types { name } } }', 100],
])('prices %s', (_what, text, points) => {
  expect(requested(text)).toBe(points);
});

it.each([
  [undefined, 21],
  [{}, 21],
  [{ n: null }, 21],
  [{ n: 3 }, 4],
  [{ n: 0 }, 1],
  [{ n: -5 }, 1],
  [{ n: 1e9 }, 101],
  [{ n: Number.POSITIVE_INFINITY }, 101],
  [{ n: '50' }, 21],
  [{ n: [5] }, 21],
])('takes the size of a page from the variables %j', (variables, points) => {
  expect(requested('query($n: Int) { productPool(first: $n) { nodes { id } } }', variables)).toBe(points);
});

it('takes the default of a variable that is not given', () => {
  const text = 'query($n: Int = 9) { productPool(first: $n) { nodes { id } } }';
  expect([requested(text, {}), requested(text, { n: 2 })]).toEqual([10, 3]);
});

it('prices events by their number', () => {
  const text =
    'mutation($input: OrderEventsIngestInput!) { orderEventsIngest(input: $input) { userErrors { message } } }';
  const input = (count: number) => ({ input: { events: Array.from({ length: count }, () => ({})) } });
  expect([0, 1, 1000].map((count) => requested(text, input(count)))).toEqual([10, 11, 110]);
  expect(
    [{}, { input: null }, { input: { events: null } }, { input: 3 }].map((each) => requested(text, each)),
  ).toEqual([10, 10, 10, 10]);
});

it('stays a number, and quick, for fragments that double a hundred times', () => {
  const part = (i: number) =>
    `fragment F${i} on Category { children { ...F${i + 1} } parent { ...F${i + 1} } }`;
  const text = `{ categories { ...F0 } } ${Array.from({ length: 100 }, (_, i) => part(i)).join(' ')} fragment F100 on Category { id }`;
  const points = requested(text);
  expect(points).toBe(Number.MAX_SAFE_INTEGER);
});

it('counts what is in the answer', () => {
  const { requested: most, actual } = pricing(
    '{ productPool(first: 10) { nodes { brand { id } skus { id } } } }',
  );
  expect(most).toBe(1 + 10 * 7);
  const row = { brand: { id: 'b' }, skus: [{ id: 's' }, { id: 't' }] };
  expect(actual({ productPool: { nodes: [row, { brand: null, skus: [] }] } })).toBe(1 + (1 + 1 + 2) + 1);
  expect([actual(undefined), actual(null), actual({ productPool: null })]).toEqual([1, 1, 1]);
});

it('declares prices only of fields that there are', () => {
  const missing = declaredCosts().filter((name) => {
    const [type = '', field = ''] = name.split('.');
    return (
      !field.startsWith('__') &&
      schema.getType(type)?.toString() &&
      !(field in (schema.getType(type) as never as { getFields(): object }).getFields())
    );
  });
  expect(missing).toEqual([]);
});
