import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { announcedIn, breakingChanges, unannounced } from './breaking.ts';
import { brokenPromises, deprecationProblems } from './deprecations.ts';

const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const schemaOf = (path: string): GraphQLSchema => buildSchema(textOf(path));

const schema = schemaOf('schema/schema.graphql');
const released = schemaOf('schema/released/schema.graphql');

describe('the schema', () => {
  it('breaks nothing of the last release that the changelog does not announce', async () => {
    expect(await unannounced(released, schema, textOf('CHANGELOG.md'))).toEqual([]);
  });

  it('says of what is deprecated what replaces it and how long it stays', () => {
    expect(deprecationProblems(schema)).toEqual([]);
  });

  it('keeps what it has promised to keep', () => {
    expect(brokenPromises(released, schema, new Date())).toEqual([]);
  });
});

describe('the comparison of schemas', () => {
  const before = buildSchema(
    'type Query { a(b: Int, c: Int): Int d: Int e: E } enum E { F G } input I { j: Int }',
  );
  const after = buildSchema(
    'type Query { a(c: Int!): Int d: String e: E } enum E { F } input I { j: Int k: Int! }',
  );
  const PATHS = ['E.G', 'I.k', 'Query.a.b', 'Query.a.c', 'Query.d'];

  it('finds what breaks clients, and only that', async () => {
    const found = await breakingChanges(before, after);
    expect(found.map(({ path }) => path).sort()).toEqual(PATHS);
    const wider =
      'type Query { a(b: Int, c: Int, more: Int): Int! d: Int e: E } enum E { F G } input I { j: Int }';
    expect(await breakingChanges(before, buildSchema(wider))).toEqual([]);
  });

  const point = (names: string[]): string =>
    `- **Breaking**: ${names.map((name) => `\`${name}\``).join(', ')} are\n  different.\n`;

  it('lets pass what the newest part of the changelog announces', async () => {
    const changelog = `# Changelog\n\n## 2.0.0\n\n${point(PATHS.slice(0, 3))}- Other.\n${point(PATHS.slice(3))}`;
    expect(await unannounced(before, after, changelog)).toEqual([]);
  });

  it('tells what is announced nowhere, for an older release, or without the word', async () => {
    const changelog = `# Changelog\n\n## 2.0.0\n\n${point(['E.G'])}- \`I.k\` is new.\n\n## 1.0.0\n\n${point(['Query.d'])}`;
    const problems = await unannounced(before, after, changelog);
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(PATHS.slice(1));
    expect([...announcedIn(changelog)]).toEqual(['E.G']);
  });
});

describe('the look at deprecations', () => {
  const saying = (use: string, since: string, until: string): string =>
    `Since ${since}; use \`${use}\`. It goes on ${until} at the earliest.`;
  const withReason = (reason: string): GraphQLSchema =>
    buildSchema(`type Query { old(a: Int, z: Int @deprecated(reason: "${reason}")): Int new: Int
      older: Int @deprecated(reason: "${saying('Query.new', '2026-01-01', '2027-01-01')}") }`);

  it.each([
    ['a good one', saying('Query.old(a:)', '2026-11-25', '2027-11-25'), []],
    [
      'one that says nothing',
      'No longer supported',
      ['says neither since when, what to use, nor until when it stays'],
    ],
    [
      'one that ends soon',
      saying('Query.old(a:)', '2026-11-25', '2027-11-24'),
      ['goes before a year is over'],
    ],
    [
      'a made-up replacement',
      saying('Query.no', '2026-11-25', '2028-01-01'),
      ['Query.no is nothing that one can use instead'],
    ],
    [
      'a replacement that is old',
      saying('Query.older', '2026-11-25', '2028-01-01'),
      ['Query.older is nothing that one can use instead'],
    ],
  ])('knows %s', (_what, reason, problems) => {
    expect(deprecationProblems(withReason(reason))).toEqual(problems.map((each) => `Query.old(z:): ${each}`));
  });

  it('finds what was taken away, or is to go, before its day', () => {
    const before = withReason(saying('Query.new', '2026-01-01', '2027-06-01'));
    const gone = buildSchema('type Query { old(a: Int): Int new: Int }');
    expect(brokenPromises(before, gone, new Date('2027-02-01'))).toEqual([
      'Query.old(z:): was to stay until 2027-06-01',
    ]);
    expect(brokenPromises(before, gone, new Date('2027-06-01'))).toEqual([]);
    const sooner = withReason(saying('Query.new', '2026-01-01', '2027-03-01'));
    expect(brokenPromises(before, sooner, new Date('2026-02-01'))).toEqual([
      'Query.old(z:): was to stay until 2027-06-01',
    ]);
    expect(brokenPromises(before, before, new Date('2026-02-01'))).toEqual([]);
  });
});
