import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { testDatabase } from '../kit/database.ts';

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Whatever an array of texts may hold: what needs quotes, and what reads as null, among ids and codes. */
const text = fc.oneof(
  fc.uuid(),
  fc.constantFrom(
    'NULL',
    'null',
    'null_1',
    '',
    ' ',
    ',',
    '{}',
    '{',
    '"',
    '\\',
    'a,b',
    'SHOWCASE',
    'a:b',
    '-1',
    '中文',
  ),
  fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0') && value.isWellFormed()),
);
const arrays = fc.record({
  texts: fc.array(fc.option(text)),
  ids: fc.array(fc.option(fc.uuid())),
  numbers: fc.array(fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))),
  bigs: fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))),
});

it('arrays come back from PostgreSQL as they were sent, by shared connections and by the pool', async () => {
  await fc.assert(
    fc.asyncProperty(arrays, async (sent) => {
      const { texts, ids, numbers, bigs } = sent;
      const query = sql<typeof sent>`select ${texts}::text[] as texts, ${ids}::uuid[] as ids,
        ${numbers}::int[] as numbers, ${bigs}::bigint[] as bigs`;
      expect(await database.reads.rows(query)).toEqual([sent]);
      expect(await database.rows(query)).toEqual([sent]);
    }),
    { numRuns: 300 },
  );
});
