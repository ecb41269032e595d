import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, sqlState } from '../../src/db/database.ts';
import { lineLaneOf, lockOrderLines } from '../../src/db/locks.ts';
import { newId } from '../../src/kernel/ids.ts';
import { testDatabase } from '../kit/database.ts';

const LOCK_NOT_AVAILABLE = '55P03';
const keysOf = (brandId: string) =>
  Array.from({ length: 300 }, (_, n) => `${brandId}\u0000source\u0000order\u0000${n}`);

function brandOfAnotherLane(brandId: string): string {
  for (;;) {
    const other = newId();
    if (lineLaneOf(other) !== lineLaneOf(brandId)) return other;
  }
}

describe('the locks of order lines', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  /** The SQLSTATE of locking the second keys at once while another transaction holds the first; undefined when it works. */
  const lockWhile = (held: readonly string[], wanted: readonly string[]): Promise<string | undefined> =>
    database.transaction(async (one) => {
      await lockOrderLines(one, held);
      const other = database.transaction(async (two) => {
        await two.rows(sql`set local lock_timeout = '100ms'`);
        await lockOrderLines(two, wanted);
      });
      return other.then(() => undefined, sqlState);
    });

  it('keep a line to one transaction', async () => {
    const key = keysOf(newId()).slice(0, 1);
    expect(await lockWhile(key, key)).toBe(LOCK_NOT_AVAILABLE);
  });

  it('let batches of brands in different lanes pass each other, however many lines they have', async () => {
    const brandId = newId();
    expect(await lockWhile(keysOf(brandId), keysOf(brandOfAnotherLane(brandId)))).toBeUndefined();
  });
});
