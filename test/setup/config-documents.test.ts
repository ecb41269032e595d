import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { variableExample, variableRows } from '../../src/cli/variables.ts';

test('.env.example names every variable as the code declares it', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(variableExample());
});

test.runIf(existsSync('README.md'))('the table of the README is the one that the code declares', () => {
  const rows = readFileSync('README.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| `[A-Z_]+` \|/.test(line));
  expect(rows).toEqual(variableRows());
});
