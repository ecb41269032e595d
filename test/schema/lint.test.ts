import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const FILE = 'schema/schema.graphql';
const eslint = new ESLint({ overrideConfigFile: 'schema/eslint.config.js' });

/** The rules that a text breaks, as if it stood in this file. */
async function broken(filePath: string, text: string): Promise<string[]> {
  const results = await eslint.lintText(text, { filePath });
  const rules = results.flatMap(({ messages }) => messages.map(({ ruleId }) => `${ruleId}`));
  return [...new Set(rules)].map((rule) => rule.replace('@graphql-eslint/', '')).sort();
}

describe('the lint of GraphQL', () => {
  const text = readFileSync(FILE, 'utf8');
  const without = (pattern: RegExp, by = ''): string => {
    const changed = text.replace(pattern, by);
    expect(changed).not.toBe(text);
    return changed;
  };

  it('is content with the schema', async () => expect(await broken(FILE, text)).toEqual([]));

  it.each([
    ['a page without pageInfo', /"""[^"]*"""\s+pageInfo: PageInfo!\n/, 'relay-connection-types'],
    ['an edge without its cursor', /"""[^"]*"""\s+cursor: String!\n/, 'relay-edge-types'],
    ['a page that cannot be gone on from', /"""[^"]*"""\s+after: String\n/, 'relay-arguments'],
    ['a type without a description', /"""[^"]*"""\n(?=type Creator )/, 'require-description'],
  ])('refuses %s', async (_what, pattern, rule) => {
    expect(await broken(FILE, without(pattern))).toEqual([rule]);
  });

  it('refuses an operation that does not fit, or has no name', async () => {
    const path = 'schema/operations/creator-app/viewer.graphql';
    expect(await broken(path, 'query A { viewer { nothing } }')).toEqual(['fields-on-correct-type']);
    expect(await broken(path, '{ viewer { name } }')).toEqual(['no-anonymous-operations']);
  });
});
