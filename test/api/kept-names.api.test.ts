import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { KeptNames, keepNames } from '../../src/graphql/kept-names.ts';
import { testDatabase } from '../kit/database.ts';
import { World } from '../kit/world.ts';

let database: Database;
let statements = 0;

beforeAll(async () => {
  database = await testDatabase({ onStatement: () => statements++ });
});
afterAll(() => database.close());

const rename = (id: string, name: string) =>
  database.rows(sql`update party set name = ${name} where id = ${id}`);

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

it('reads a name once, and no statement after that', async () => {
  const world = new World(database);
  const [one, other] = [await world.brand(), await world.agency()];
  const names = new KeptNames(database.reads);
  const before = statements;
  expect((await names.parties([one])).map(({ id }) => id)).toEqual([one]);
  expect((await names.parties([other, one])).map(({ id }) => id).sort()).toEqual([one, other].sort());
  await names.parties([one, other]);
  expect(statements - before).toBe(2);
});

it('gives none for what is not there, and asks again', async () => {
  const names = new KeptNames(database.reads);
  expect(await names.parties(['00000000-0000-7000-8000-000000000000'])).toEqual([]);
});

it('hears of a new name in every process', async () => {
  const brand = await new World(database).brand();
  const servers = [keepNames(database), keepNames(database)];
  const nameIn = async ({ names }: (typeof servers)[0]) => (await names.parties([brand]))[0]?.name;
  for (const name of ['旧名', '新名', '更新的名字']) {
    await rename(brand, name);
    for (const server of servers) await until(async () => (await nameIn(server)) === name);
  }
  await Promise.all(servers.map(({ stop }) => stop()));
});

it('keeps nothing that was read before a change and arrived after it', async () => {
  const brand = await new World(database).brand();
  await rename(brand, 'before');
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const slow: typeof database.reads = {
    async rows(query) {
      const rows = await database.reads.rows(query);
      await held;
      return rows;
    },
  };
  const names = new KeptNames(slow);
  const reading = names.parties([brand]);
  await database.reads.rows(sql`select 1`);
  await rename(brand, 'after');
  names.forget();
  answer();
  await reading;
  expect((await names.parties([brand]))[0]?.name).toBe('after');
});
