import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js');
const SCHEMA = readFileSync('schema/schema.graphql', 'utf8');

/** A page of the pool that can be gone on from, a product that can be asked for again by its id, and a mutation. */
const APP = `
graphql\`
  query appPoolQuery { ...appPool_query }
\`;
graphql\`
  fragment appPool_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "appPoolPaginationQuery") {
    productPool(first: $count, after: $cursor) @connection(key: "appPool_productPool") {
      edges { node { id ...appProduct_product } }
    }
  }
\`;
graphql\`
  fragment appProduct_product on Product @refetchable(queryName: "appProductRefetchQuery") {
    title
    brand { name }
    openPlan { commissionRate }
  }
\`;
graphql\`
  mutation appPickMutation($input: PickInput!) {
    showcaseAdd(input: $input) {
      showcaseItem { id product { ...appProduct_product } }
      userErrors { __typename ... on UserError { message path } }
    }
  }
\`;
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alliance-relay-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'package.json'), '{}');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles the app against a schema; gives the exit code and what the compiler said. */
function compile(schema: string): Promise<{ code: number; said: string }> {
  writeFileSync(join(folder, 'src/app.ts'), APP);
  writeFileSync(join(folder, 'schema.graphql'), schema);
  const scalars = ['BasisPoints', 'BigInt', 'CurrencyCode', 'Date', 'DateTimeISO', 'Decimal'];
  const config = {
    src: './src',
    schema: './schema.graphql',
    language: 'typescript',
    artifactDirectory: './artifacts',
    customScalarTypes: Object.fromEntries(scalars.map((name) => [name, 'string'])),
  };
  mkdirSync(join(folder, 'artifacts'), { recursive: true });
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  return new Promise((resolve) => {
    const watchman = { ...process.env, FORCE_NO_WATCHMAN: '1' };
    execFile(
      process.execPath,
      [compiler, 'relay.config.json'],
      { cwd: folder, env: watchman },
      (error, out, err) => resolve({ code: error === null ? 0 : 1, said: `${out}${err}` }),
    );
  });
}

it('relay-compiler takes the schema: pages, refetching by id, mutations', async () => {
  const { code, said } = await compile(SCHEMA);
  expect([code, said]).toEqual([0, expect.stringContaining('Done')]);
  expect(readdirSync(join(folder, 'artifacts')).sort()).toEqual([
    'appPickMutation.graphql.ts',
    'appPoolPaginationQuery.graphql.ts',
    'appPoolQuery.graphql.ts',
    'appPool_query.graphql.ts',
    'appProductRefetchQuery.graphql.ts',
    'appProduct_product.graphql.ts',
  ]);
});

it.each([
  [
    'pages that cannot be gone on from',
    /(?<=type PageInfo \{[^}]*)hasNextPage: Boolean!/,
    /hasNextPage|PageInfo/,
  ],
  ['no way to a node by its id', /node\(\n[^)]*\): Node\n/, /node/],
])('and would refuse one with %s', async (_what, pattern, complaint) => {
  const broken = SCHEMA.replace(pattern, 'other: Int\n');
  expect(broken).not.toBe(SCHEMA);
  const { code, said } = await compile(broken);
  expect(code).toBe(1);
  expect(said).toMatch(complaint);
});
