import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { tallySettledLines } from '../../src/features/plan/index.ts';
import { testDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';

let database: Database;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = new World(database);
});
afterAll(() => database.close());

it('counts what runs at once add, in whatever order their clocks are, and never goes back', async () => {
  const [one, two] = [await world.plan(await world.product()), await world.plan(await world.product())];
  const [left, right] = [await world.creator(), await world.creator()];
  const settled = (planId: string, creatorId: string, lines: number) => ({ planId, creatorId, lines });
  const runs = Array.from({ length: 40 }, (_, i) => {
    const lines = [settled(one, left, 1), settled(two, right, 2), settled(one, left, 3)];
    const at = new Date(Date.UTC(2026, 5, 16, 0, 0, (i * 7) % 40));
    return database.transaction((tx) => tallySettledLines(tx, i % 2 === 0 ? lines : lines.toReversed(), at));
  });
  await Promise.all(runs);
  const rows = await database.rows(sql<{ planId: string; most: bigint; rises: boolean }>`
    select plan_id as "planId", max(lines) as most, bool_and(rises) as rises
    from (select plan_id, lines, lines > coalesce(lag(lines) over (partition by plan_id order by at), 0) as rises
      from plan_tally) t group by 1`);
  const byPlan = Object.fromEntries(rows.map(({ planId, ...row }) => [planId, row]));
  expect(byPlan).toEqual({ [one]: { most: 160n, rises: true }, [two]: { most: 80n, rises: true } });
});

it('takes no run without lines', async () => {
  const before = await database.rows(sql`select count(*) from plan_tally`);
  await database.transaction((tx) => tallySettledLines(tx, [], new Date()));
  expect(await database.rows(sql`select count(*) from plan_tally`)).toEqual(before);
});
