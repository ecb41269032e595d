import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../kit/database.ts';
import { countAllocations } from './allocations.ts';
import { BUDGETS, TOLERANCE } from './budgets.ts';
import { makeWorld } from './data.ts';
import { OPERATION_NAMES } from './operations.ts';
import { SIZES } from './sizes.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  await makeWorld(fresh.url, SIZES.tiny);
});
afterAll(() => fresh.drop());

it('each operation of the benchmark takes its statements, and allocates no more than it did', async () => {
  const needs = await countAllocations(fresh.url);
  for (const operation of OPERATION_NAMES) {
    const [counted, budget] = [needs[operation], BUDGETS[operation]];
    expect.soft(counted.statements, `statements of ${operation}`).toBe(budget.statements);
    const share = counted.bytes / budget.bytes;
    expect.soft(share, `${operation} allocates ${counted.bytes} bytes`).toBeLessThan(1 + TOLERANCE);
    // Whoever has made it cheaper lowers the budget, so that the next one cannot take it back unseen.
    expect.soft(share, `${operation} allocates only ${counted.bytes} bytes`).toBeGreaterThan(1 - TOLERANCE);
  }
});
