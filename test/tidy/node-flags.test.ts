import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import flags from '../../src/node-flags.json' with { type: 'json' };

it('npm starts the processes of the alliance with the same flags of V8 as its command does', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(flags.length).toBeGreaterThan(0);
  expect(scripts.start).toBe(`node ${flags.join(' ')} --import tsx src/main.ts`);
  expect(scripts.alliance).toBe(`node ${flags.join(' ')} --import tsx src/cli.ts`);
  expect(readFileSync('src/alliance.mjs', 'utf8')).toContain("const flags = require('./node-flags.json')");
});
