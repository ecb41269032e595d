import { print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { planExport } from '../../src/features/bulk/plan-levels.ts';
import { UnfitQuery } from '../../src/features/bulk/read-query.ts';
import { buildAllianceSchema } from '../../src/server/schema.ts';

const schema = buildAllianceSchema();

function whyNot(query: string): string {
  try {
    planExport(schema, query);
    return 'it fits';
  } catch (error) {
    if (error instanceof UnfitQuery) return error.message;
    throw error;
  }
}

const doubling = (times: number): string =>
  `{ viewer { brand { orderLines { nodes { ...F0 } } } } } ${Array.from(
    { length: times },
    (_, i) => `fragment F${i} on OrderLine { a${i}: orderNo ...F${i + 1} b${i}: orderNo ...F${i + 1} }`,
  ).join(' ')} fragment F${times} on OrderLine { id }`;

describe('a query that is exported', () => {
  it('becomes a document for its pages, and one for the pages below each connection', () => {
    const plan = planExport(
      schema,
      `{ viewer { b: brand { products { edges { node { id title plans { nodes { kind } } } } } } } }`,
    );
    expect(plan.path).toEqual(['viewer', 'b', 'products']);
    expect(print(plan.document).replaceAll(/\s+/g, ' ')).toBe(
      'query ($first: Int, $after: String) { viewer { b: brand { products(first: $first, after: $after) ' +
        '{ nodes { id title } pageInfo { hasNextPage endCursor } } } } }',
    );
    const [below] = plan.below;
    expect(below?.path).toEqual(['plans']);
    expect(print(below!.document).replaceAll(/\s+/g, ' ')).toBe(
      'query ($ids: [ID!]!, $first: Int, $after: String) { nodes(ids: $ids) { ... on Product { ' +
        'plans(first: $first, after: $after) { nodes { kind } pageInfo { hasNextPage endCursor } } } } }',
    );
  });

  it('finds connections of one object that a row names', () => {
    const plan = planExport(
      schema,
      '{ viewer { brand { orderLines { nodes { id product { plans { nodes { id } } } } } } } }',
    );
    expect(plan.below[0]?.path).toEqual(['product', 'plans']);
    expect(print(plan.document)).not.toContain('product');
  });
});

describe('a query that cannot be exported', () => {
  it.each([
    ['', /cannot be read/],
    ['{', /cannot be read/],
    ['{ viewer { name } }', /lead to one connection/],
    ['{ __schema { types { name } } }', /nothing beside|lead to one connection/],
    ['mutation { sandboxClockAdvance(input: {}) { userErrors { __typename } } }', /one query operation/],
    ['query A { viewer { name } } query B { viewer { name } }', /one query operation/],
    ['query ($a: ID!) { brand(id: $a) { orderLines { nodes { id } } } }', /no variables/],
    ['{ viewer { brand { orderLines { nodes { unheard } } } } }', /Cannot query field/],
    ['{ viewer { brand { orderLines { nodes { id @skip(if: true) } } } } }', /no directives/],
    [
      '{ viewer { brand { name orderLines { nodes { id } } } } }',
      /"viewer.brand.name" would stand in no row/,
    ],
    ['{ viewer { brand { orderLines(first: 5) { nodes { id } } } } }', /Leave out "first"/],
    ['{ viewer { brand { orderLines { nodes { __x: id } } } } }', /two underscores/],
    ['{ viewer { brand { orderLines { pageInfo { hasNextPage } } } } }', /Select something/],
    [
      '{ viewer { brand { a: orderLines { nodes { id } } b: orderLines { nodes { id } } } } }',
      /one connection/,
    ],
    ['{ viewer { memberships { apiKeys { nodes { id } } } } }', /stands in a list/],
    [
      '{ viewer { brand { products { nodes { title plans { nodes { id } } } } } } }',
      /Select the id of Product/,
    ],
    [
      '{ viewer { brand { products { nodes { id: title plans { nodes { id } } } } } } }',
      /Select the id of Product/,
    ],
    [
      '{ viewer { brand { statements { nodes { id lines { nodes { kind orderLines { nodes { orderNo } } } } } } } } }',
      /no id that its rows could name/,
    ],
    [
      `{ viewer { brand { products { nodes { id ${'abcde'
        .split('')
        .map((a) => `${a}: plans { nodes { id } }`)
        .join(' ')} } } } } }`,
      /at most 5 connections/,
    ],
  ])('is refused with a reason: %s', (query, why) => expect(whyNot(query)).toMatch(why));

  it('is refused before its fragments have grown without bound, or its tokens', () => {
    expect(whyNot(doubling(40))).toMatch(/written out/);
    expect(whyNot(`{ ${'a: viewer { name } '.repeat(900)} }`)).toMatch(/cannot be read/);
  });
});
