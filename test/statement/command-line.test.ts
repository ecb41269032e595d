import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { entities } from '../../src/entities.ts';
import { runCommand } from '../kit/alliance-process.ts';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { readCsv } from './scene.ts';
import { noon, StatementWorld } from './statement-world.ts';

let fresh: FreshDatabase;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  fresh = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'statements-'));
  env = { DATABASE_URL: fresh.url };
  const database = await openDatabase(fresh.url, { entities });
  const world = await StatementWorld.make(database);
  await world.deposit(noon('2026-05-02'), await world.brand('青瓷坊'), 1_000n);
  await database.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await fresh.drop();
});

describe('alliance statements', () => {
  it('makes them up to a month, and gives one out as a file', async () => {
    const made = await runCommand(['statements', '--month', '2026-05', '--json'], env);
    expect([made.code, JSON.parse(made.stdout)]).toEqual([0, { statements: 2, months: ['2026-05'] }]);
    const json = await runCommand(['statement', 'GA-2026-05-000001', '--json'], env);
    expect(JSON.parse(json.stdout).statement).toMatchObject({
      number: 'GA-2026-05-000001',
      closingMinor: '-1000',
    });
    const file = join(folder, 'lines.csv');
    const csv = await runCommand(['statement', 'GA-2026-05-000002', '--csv', '--out', file], env);
    expect([csv.code, csv.stdout]).toEqual([0, '']);
    expect(readCsv(readFileSync(file, 'utf8'))).toMatchObject([{ amount_in: '10.00', balance: '10.00' }]);
  });

  it('says what is wrong in one line', async () => {
    const refused = async (args: string[], words: RegExp) => {
      const { code, stderr } = await runCommand(args, env);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(words);
    };
    await refused(['statement', 'GA-2026-05-000009', '--csv'], /There is no statement GA-2026-05-000009/);
    await refused(['statement', 'GA-2026-05-000001'], /one of --csv, --order-lines and --json/);
    await refused(['statement', 'GA-2026-05-000001', '--csv', '--json'], /one of --csv/);
    await refused(['statements', '--month', '2026-5'], /a month like 2026-07/);
    await refused(['statements', '--month', '2999-01'], /2999-01 is not over/);
  });
});
