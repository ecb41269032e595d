import { existsSync, readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { expect, it } from 'vitest';

const rows = readFileSync('docs/systems.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|( system |-)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const quoted = (cell: string | undefined): string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, text]) => text as string);

const schema = buildSchema(readFileSync('schema/schema.graphql', 'utf8'));

/** Whether a field is there: `Type.field`, a field of a root type, or one of the type that was named last in the cell. */
function isField(name: string, typeBefore: string | undefined): boolean {
  const [typeName, fieldName] = name.includes('.') ? name.split('.') : [undefined, name];
  const types = typeName === undefined ? ['Query', 'Mutation', 'Subscription', typeBefore] : [typeName];
  return types.some((each) => {
    const type = schema.getType(each ?? '');
    return isObjectType(type) && type.getFields()[fieldName ?? ''] !== undefined;
  });
}

/** The fields that a cell names which are not there; jobs and commands stand beside them. */
function missingFields(cell: string): string[] {
  let typeBefore: string | undefined;
  return quoted(cell.replace(/job `[^`]+`/g, ''))
    .map((text) => text.replace(/\(.*$/, ''))
    .filter((name) => /^[A-Za-z]+(\.[a-zA-Z]+)?$/.test(name))
    .filter((name) => {
      if (name.includes('.')) typeBefore = name.split('.')[0];
      return !isField(name, typeBefore);
    });
}

it('each system of docs/systems.md has an operation and a test', () => {
  expect(rows.length).toBeGreaterThan(40);
  const incomplete = rows.filter(
    (cells) => cells.length !== 5 || cells.slice(1, 4).some((cell) => cell === ''),
  );
  expect(incomplete).toEqual([]);
});

it('each test that docs/systems.md names is there', () => {
  const tests = rows.flatMap(([, , , cell]) => quoted(cell));
  expect(tests.length).toBeGreaterThanOrEqual(rows.length);
  expect(tests.filter((path) => !existsSync(path))).toEqual([]);
});

it('each field that docs/systems.md names is in the schema', () => {
  expect(missingFields('`Brand.nothing`, `planCreate`, `noSuchMutation`')).toEqual([
    'Brand.nothing',
    'noSuchMutation',
  ]);
  expect(rows.flatMap(([, , cell]) => missingFields(cell ?? ''))).toEqual([]);
});
