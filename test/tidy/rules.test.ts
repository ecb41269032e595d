import { describe, expect, it } from 'vitest';
import { arrowProblems, importsOf } from './arrows.ts';
import { floatProblems } from './floats.ts';
import { nameProblems, topProblems } from './names.ts';
import { sizeProblems } from './sizes.ts';
import { sourceOf } from './source.ts';

const lines = (count: number, line = '') => Array.from({ length: count }, () => line).join('\n');

describe('the rule of sizes', () => {
  const sizes = (text: string) => sizeProblems(sourceOf('src/a.ts', text));

  it('finds a long file and a long line, and lets the limits pass', () => {
    expect(sizes(`${lines(400)}\n`)).toEqual([]);
    expect(sizes(`${lines(401, '//')}\n`)).toEqual(['src/a.ts: file of more than 400 lines']);
    expect(sizes(`// ${'好'.repeat(137)}`)).toEqual([]);
    expect(sizes(`// ${'好'.repeat(138)}`)).toEqual(['src/a.ts: line of more than 140 characters']);
  });

  it.each([
    ['tall', (body: string) => `function tall() {${body}}`],
    ['tall', (body: string) => `const tall = async () => {${body}};`],
    ['tall', (body: string) => `class A { @B() tall() {${body}} }`],
    ['tall', (body: string) => `const a = { tall() {${body}} };`],
    ['without a name', (body: string) => `export default (function () {${body}});`],
    ['without a name', (body: string) => `it('does', () => {${body}});`],
  ])('finds a long function %s, also behind Chinese text', (name, code) => {
    const behind = (count: number) => `const title = '好物联盟';\n${code(lines(count))}`;
    expect(sizes(behind(70))).toEqual([]);
    expect(sizes(behind(71))).toEqual([`src/a.ts: function ${name} of more than 70 lines`]);
  });

  it('takes no suite of tests for a function', () => {
    expect(sizes(`describe('a', () => {${lines(99)}});`)).toEqual([]);
    expect(sizes(`describe.each([1])('a', () => {${lines(99)}});`)).toEqual([]);
  });
});

describe('the rule of arrows', () => {
  const refused = (from: string, to: string) =>
    arrowProblems(sourceOf(from, `import { a } from '${to}';`)).map((problem) =>
      problem.replace(/.*, but /, ''),
    );

  it.each([
    ['src/features/plan/a.ts', '../product/index.ts'],
    ['src/features/plan/a.ts', './b.ts'],
    ['src/features/plan/a.ts', '../../graphql/b.ts'],
    ['src/features/agency/a.ts', '../creator/index.ts'],
    ['src/features/commission/a.ts', '../order/index.ts'],
    ['src/features/payout/a.ts', '../ledger/index.ts'],
    ['src/features/insight/a.ts', '../payout/index.ts'],
    ['src/features/plan/a.ts', 'graphql'],
    ['src/db/a.ts', '../kernel/b.ts'],
    ['src/server/a.ts', '../features/plan/index.ts'],
    ['src/main.ts', './server/a.ts'],
    ['src/cli.ts', '../seeds/a.ts'],
    ['test/a.test.ts', '../src/features/plan/b.ts'],
  ])('lets %s import %s', (from, to) => expect(refused(from, to)).toEqual([]));

  it.each([
    ['src/features/product/a.ts', '../plan/index.ts', 'product may not know plan'],
    ['src/features/order/a.ts', '../commission/index.ts', 'order may not know commission'],
    ['src/features/creator/a.ts', '../agency/index.ts', 'creator may not know agency'],
    ['src/features/plan/a.ts', '../insight/index.ts', 'plan may not know insight'],
    ['src/features/insight/a.ts', '../feed/index.ts', 'insight may not know feed'],
    ['src/features/ledger/a.ts', '../account/index.ts', 'ledger may not know account'],
    ['src/features/order/a.ts', '../ledger/index.ts', 'order may not know ledger'],
    ['src/features/other/a.ts', '../account/index.ts', 'other may not know account'],
    [
      'src/features/plan/a.ts',
      '../brand/brand.entity.ts',
      'another feature is imported through its index.ts',
    ],
    [
      'src/features/plan/a.ts',
      '../../server/b.ts',
      'features may import only kernel, db, breadth, graphql, features',
    ],
    ['src/kernel/a.ts', '../db/b.ts', 'kernel may import only kernel'],
    ['src/db/a.ts', '../graphql/b.ts', 'db may import only kernel, db'],
    ['src/graphql/a.ts', '../features/plan/index.ts', 'graphql may import only kernel, db, breadth, graphql'],
    ['src/kernel/a.ts', '../../test/kit/b.ts', 'kernel may import only kernel'],
    ['src/helpers/a.ts', '../kernel/b.ts', 'src/helpers has no place in the layout'],
  ])('keeps %s from importing %s', (from, to, why) => expect(refused(from, to)).toEqual([why]));

  it('keeps the server from the programs that start it', () => {
    expect(refused('src/server/a.ts', '../cli/b.ts')).toHaveLength(1);
    expect(refused('src/server/a.ts', '../main.ts')).toHaveLength(1);
  });

  it('sees every way to name a module', () => {
    const code = `import 'a'; import type { b } from 'b'; export * from 'c'; export type { d } from 'd';
      const e = await import('e'); type F = import('f').F; import g = require('g'); // import 'h'`;
    expect(importsOf(sourceOf('src/a.ts', code)).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});

describe('the rule of names', () => {
  it('knows the files that a feature may have', () => {
    const good = ['index.ts', 'waterfall.ts', 'search-words.ts', 'api-key.entity.ts', 'plan.relations.ts'];
    expect(good.flatMap((file) => nameProblems(`src/features/plan/${file}`))).toEqual([]);
    expect(nameProblems('src/server/anyName.helper.ts')).toEqual([]);
  });

  it.each([
    'plan.service.ts',
    'planRules.ts',
    'Plan.ts',
    'plan.entity.helper.ts',
    'plan.tsx',
    'plan_rules.ts',
  ])('refuses %s', (file) => {
    const path = `src/features/plan/${file}`;
    expect(nameProblems(path)).toEqual([`${path}: no name that a file of a feature may have`]);
  });

  it('refuses folders in a feature, and features that the layout does not have', () => {
    expect(nameProblems('src/features/plan/rules/a.ts')).toEqual([
      'src/features/plan/rules/a.ts: a feature has no folders',
    ]);
    const homeless = ['src/features/stuff/a.ts', 'src/features/a.ts'];
    expect(homeless.flatMap(nameProblems)).toEqual(
      homeless.map((path) => `${path}: in no feature of the layout`),
    );
  });

  it('knows what lies at the top', () => {
    expect(['src', 'README.md', '.ci', '.biome.json', 'node_modules'].flatMap(topProblems)).toEqual([]);
    expect(['utils', 'biome.json'].flatMap(topProblems)).toEqual([
      'utils: does not belong at the top',
      'biome.json: does not belong at the top',
    ]);
  });
});

describe('the rule of floats', () => {
  const floats = (code: string, path = 'src/kernel/a.ts') => floatProblems(sourceOf(path, code));

  it.each([
    ['parseFloat(text)', 'parseFloat'],
    ['Number.parseFloat(text)', 'parseFloat'],
    ['Number(line.priceMinor)', 'Number(priceMinor)'],
    ['Number(totalMinor / 2n)', 'Number(totalMinor)'],
    ['Math.round(priceMinor * 2)', 'Math.round(priceMinor)'],
    ['Math.max(...plans.map((plan) => plan.rateBp))', 'Math.max(rateBp)'],
  ])('finds %s', (code, danger) => {
    expect(floats(code)).toEqual([`src/kernel/a.ts: ${danger}`]);
    expect(floats(code, 'src/features/plan/a.ts')).toHaveLength(1);
  });

  it('lets other numbers be, and asks no other folder', () => {
    expect(
      floats('Number(quantity); Math.max(depth, 1); BigInt(priceMinor); share(baseMinor, rateBp)'),
    ).toEqual([]);
    expect(floats('parseFloat(text)', 'src/server/a.ts')).toEqual([]);
  });
});

describe('a file that is no valid code', () => {
  it('is named', () =>
    expect(() => sourceOf('src/a.ts', 'const = 1')).toThrow(/^src\/a\.ts cannot be parsed/));
});
