import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { forgetFullBuckets, withdraw } from '../../src/server/limits/bucket-rows.ts';
import { RateBuckets } from '../../src/server/limits/rate-buckets.ts';
import { testDatabase } from '../kit/database.ts';

let database: Database;
let statements = 0;
const open: RateBuckets[] = [];

beforeAll(async () => {
  database = await testDatabase({ onStatement: (text) => (statements += Number(/rate_bucket/.test(text))) });
});
afterAll(async () => {
  await Promise.all(open.map((buckets) => buckets.close()));
  await database.close();
});

function server(): RateBuckets {
  const buckets = new RateBuckets(database);
  open.push(buckets);
  return buckets;
}

/** Next to nothing comes back within a test. */
const size = { points: 1_000, restorePerS: 0.001 };

it('gives out what the bucket holds and no more, whoever asks at once on however many servers', async () => {
  const servers = [server(), server(), server()];
  const takings = await Promise.all(
    Array.from({ length: 600 }, (_, i) => servers[i % 3]!.take('many', size, 1 + (i % 5))),
  );
  const spent = takings.reduce((sum, { isTaken }, i) => sum + (isTaken ? 1 + (i % 5) : 0), 0);
  expect(spent).toBeLessThanOrEqual(1_000);
  // What a server has in hand for later is all that may be left.
  expect(spent).toBeGreaterThan(1_000 - 3 * 20 - 5);
  expect(takings.some(({ isTaken }) => !isTaken)).toBe(true);
});

it('asks PostgreSQL once for many small requests, and not again while it knows of an empty bucket', async () => {
  const buckets = server();
  statements = 0;
  for (let i = 0; i < 100; i++) expect((await buckets.take('hot', size, 1)).isTaken).toBe(true);
  expect(statements).toBeLessThanOrEqual(6);
  await buckets.take('hot', size, 890);
  statements = 0;
  for (let i = 0; i < 100; i++) await buckets.take('hot', size, 50);
  expect(statements).toBeLessThanOrEqual(1);
});

it('refuses with the time after which there is enough', async () => {
  const buckets = server();
  const quick = { points: 100, restorePerS: 10 };
  expect(await buckets.take('waits', quick, 100)).toMatchObject({ isTaken: true });
  const refused = await buckets.take('waits', quick, 50);
  expect(refused).toMatchObject({ isTaken: false, retryAfterS: 5 });
  expect(buckets.emptyForS('waits', 1)).toBeLessThanOrEqual(1);
  expect(buckets.emptyForS('waits', 50)).toBe(5);
  expect(buckets.emptyForS('somebody else', 1)).toBe(0);
});

it('never gives more than it holds at once, even to a first request', async () => {
  expect(await server().take('too much', size, 1_001)).toMatchObject({ isTaken: false });
  expect(await server().take('too much', size, 1_000)).toMatchObject({ isTaken: true });
});

it('has what was given back on one server for another', async () => {
  const [one, other] = [server(), server()];
  await one.take('back', size, 900);
  one.giveBack('back', size, 850);
  await one.flush(true);
  expect(await other.take('back', size, 940)).toMatchObject({ isTaken: true });
});

it('takes later what turned out to be spent beyond the price', async () => {
  const [one, other] = [server(), server()];
  await one.take('debt', size, 10);
  one.giveBack('debt', size, -500);
  await one.flush(true);
  expect(await other.take('debt', size, 491)).toMatchObject({ isTaken: false });
  expect(await other.take('debt', size, 480)).toMatchObject({ isTaken: true });
});

it('fills by the time of the database, and never beyond full', async () => {
  const ask = { who: 'time', size: { points: 100, restorePerS: 10 }, least: 1, wanted: 100 };
  expect((await withdraw(database, ask)).granted).toBe(100);
  const later = (seconds: number) =>
    database.rows(
      sql`update rate_bucket set full_at = full_at - ${seconds} * interval '1 second' where who = 'time'`,
    );
  await later(5);
  expect((await withdraw(database, ask)).granted).toBeCloseTo(50, -1);
  await later(3600);
  expect((await withdraw(database, ask)).granted).toBe(100);
  await later(3600);
  expect(await forgetFullBuckets(database)).toBeGreaterThanOrEqual(1);
  expect(await database.rows(sql`select 1 from rate_bucket where who = 'time'`)).toEqual([]);
});
