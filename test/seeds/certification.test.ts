import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedDemo } from '../../seeds/demo.ts';
import type { Database } from '../../src/db/database.ts';
import { agenciesWhere } from '../../src/features/agency/agency.loaders.ts';
import { testDatabase } from '../kit/database.ts';

const now = new Date('2026-06-16T04:00:00Z');
let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await seedDemo(database, { now });
});

afterAll(() => database.close());

it('the demo has an agency in every standing', async () => {
  const agencies = await database.rows(agenciesWhere(sql`true`, now));
  const standing = Object.groupBy(agencies, ({ certification }) => certification);
  const namesOf = (names: typeof agencies = []) => names.map(({ name }) => name).sort();
  expect(namesOf(standing.NOT_CERTIFIED)).toEqual(['暮云内容工作室', '长风电商服务']);
  expect(namesOf(standing.EXPIRED)).toEqual(['蓝海达人经纪']);
  expect(namesOf(standing.SUSPENDED)).toEqual(['鸿图直播服务']);
  expect(namesOf(standing.CERTIFIED)).toHaveLength(7);
  const soon = agencies.filter(({ certifiedUntil }) => {
    const days = ((certifiedUntil?.getTime() ?? 0) - now.getTime()) / 86_400_000;
    return days > 0 && days < 30;
  });
  expect(namesOf(soon)).toEqual(['青禾招商']);
});

it.each([
  ['certification_application', ['APPLIED', 'APPROVED', 'REJECTED', 'WITHDRAWN']],
  ['belt_join', ['ACCEPTED', 'ASKED', 'DECLINED', 'WITHDRAWN']],
  ['live_base', ['CLOSED', 'OPEN']],
])('the demo has a %s in each state', async (table, states) => {
  const rows = await database.rows(sql<{ state: string }>`
    select distinct state from ${sql.table(table)} order by state`);
  expect(rows.map(({ state }) => state)).toEqual(states);
});

it('the demo has figures of its agencies to show', async () => {
  const [row] = await database.rows(sql<{ shown: number; counted: number }>`
    select count(*)::int as counted, count(gmv_minor)::int as shown from agency_figures`);
  expect(row?.counted).toBe(11);
  expect(row?.shown).toBeGreaterThanOrEqual(3);
});
