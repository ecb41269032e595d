import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arrowProblems } from './arrows.ts';
import { exceptions, MOST_EXCEPTIONS } from './exceptions.ts';
import { floatProblems } from './floats.ts';
import { nameProblems, topProblems } from './names.ts';
import { sizeProblems } from './sizes.ts';
import { codeBelow, readSource } from './source.ts';

const paths = codeBelow('src', 'seeds', 'test');
const problems = [
  ...readdirSync('.').flatMap(topProblems),
  ...paths.flatMap(nameProblems),
  ...paths
    .map(readSource)
    .flatMap((source) => [...sizeProblems(source), ...arrowProblems(source), ...floatProblems(source)]),
];

describe('the house is tidy', () => {
  it('reads all of the code', () => {
    expect(paths).toContain('src/kernel/money.ts');
    expect(paths).toContain('test/tidy/tidy.test.ts');
  });

  it('has no problem that is not a known exception', () => {
    expect(problems.filter((problem) => !exceptions.includes(problem))).toEqual([]);
  });

  it('has no exception that is no longer needed, and no more of them than before', () => {
    expect(exceptions.filter((exception) => !problems.includes(exception))).toEqual([]);
    expect(exceptions).toHaveLength(MOST_EXCEPTIONS);
  });
});
