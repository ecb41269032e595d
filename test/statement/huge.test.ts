import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { postTransactions } from '../../src/features/ledger/index.ts';
import { makeStatements, openFile, readStatement } from '../../src/features/statement/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import { testDatabase } from '../kit/database.ts';
import { AUGUST, account, noon, StatementWorld } from './statement-world.ts';

const TRANSFERS = 20_000;
const AT_ONCE = 1_000;
const MEGABYTE = 2 ** 20;
const LINKS = { csv: '', orderLinesCsv: '', json: '', timeZone: 'Asia/Shanghai' };

let database: Database;
let number: string;
let statements = 0;

beforeAll(async () => {
  database = await testDatabase({ onStatement: () => statements++ });
  const world = await StatementWorld.make(database);
  const [brandId, creatorId] = [await world.brand(), await world.creator()];
  const [from, to] = [account(brandId, 'ESCROW'), account(creatorId, 'PAYABLE')];
  const at = noon('2026-07-10');
  for (let done = 0; done < TRANSFERS; done += AT_ONCE) {
    const transfers = Array.from({ length: AT_ONCE }, (_, i) => {
      return { kind: 'ENGAGEMENT' as const, from, to, amountMinor: BigInt(done + i + 1), occurredAt: at };
    });
    await world.tx((tx) => postTransactions(tx, [{ id: newId(), transfers }], at));
  }
  await makeStatements(database, { now: AUGUST });
  number = (await world.statementsOf(creatorId))[0]?.number ?? '';
});
afterAll(() => database.close());

const open = async (form: 'csv' | 'lines.csv' | 'json' | 'html') => {
  const whole = await readStatement(database, number);
  if (whole === undefined) throw new Error('No statement.');
  return openFile(database, whole, form, LINKS).content;
};

describe(`a statement of ${TRANSFERS} transfers`, () => {
  it('holds the sum of all', async () => {
    const whole = await readStatement(database, number);
    expect(whole?.statement.closingMinor).toBe((BigInt(TRANSFERS) * BigInt(TRANSFERS + 1)) / 2n);
  });

  it.each(['csv', 'json', 'html'] as const)('is read as %s a part at a time, all of it', async (form) => {
    const before = process.memoryUsage().heapUsed;
    let [lines, bytes, largest, peak] = [0, 0, 0, 0];
    for await (const chunk of await open(form)) {
      const text = String(chunk);
      lines += text.split(/ENGAGEMENT,|"kind":"ENGAGEMENT"|Engagement paid/).length - 1;
      bytes += chunk.length;
      largest = Math.max(largest, chunk.length);
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }
    expect(lines).toBeGreaterThanOrEqual(TRANSFERS);
    expect(bytes).toBeGreaterThan(3 * MEGABYTE);
    expect(largest).toBeLessThan(MEGABYTE);
    expect(peak).toBeLessThan(100 * MEGABYTE);
  });

  it('waits for a reader who is slow', async () => {
    const content = await open('csv');
    statements = 0;
    const reader = content[Symbol.asyncIterator]();
    for (let parts = 0; parts < 2; parts++) await reader.next();
    await sleep(500);
    expect(statements).toBeGreaterThan(0);
    expect(statements).toBeLessThan(4);
    content.destroy();
  });
});
