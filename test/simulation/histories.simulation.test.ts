import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verify } from '../../src/checks/verify.ts';
import type { Database } from '../../src/db/database.ts';
import { atLeast } from './floors.ts';
import { historyArb, live } from './history.ts';
import { Lane } from './lane.ts';
import { prepareStatements } from './prepare.ts';
import { Tally } from './tally.ts';
import { makeTemplate, type Template } from './template.ts';

/**
 * How many histories, and from which seed: `npm run simulation` lives many more. What fails names the seed of its lane;
 * given as `SIMULATION_SEED`, the first lane finds it again.
 */
const RUNS = Number(process.env.SIMULATION_RUNS ?? 2000);
const SEED = Number(process.env.SIMULATION_SEED ?? Math.floor(Math.random() * 0x7fffffff));
/** Side by side, each in a database of its own. */
const LANES = 5;
/** A database is given up after so many histories. */
const WORLDS = 100;
/** Far more than any run needs. */
const TIMEOUT_MS = 60_000 + RUNS * 1000;

let template: Template;
beforeAll(async () => {
  prepareStatements();
  template = await makeTemplate(WORLDS);
});
afterAll(() => template?.database.drop());

/** What a database holds after many histories is proved by the checks of `alliance verify`. */
async function prove(database: Database): Promise<void> {
  expect((await verify(database)).failures).toEqual([]);
}

it('invariants 1 to 6 of money.md hold over random histories', { timeout: TIMEOUT_MS }, async () => {
  const tally = new Tally();
  process.stdout.write(`Simulation: ${RUNS} histories, SIMULATION_SEED=${SEED}\n`);
  let broken: number | undefined;
  const lanes = Array.from({ length: LANES }, async (_, no) => {
    const lane = new Lane(template, WORLDS, prove);
    const property = fc.asyncProperty(historyArb, async (history) => {
      // What one lane has found is enough: it makes it small, and the others come to their end.
      if (broken !== undefined && broken !== no) return;
      await live(history, lane, tally).catch((error: unknown) => {
        broken ??= no;
        throw error;
      });
    });
    try {
      await fc.assert(property, { numRuns: Math.ceil(RUNS / LANES), seed: SEED + no });
    } finally {
      await lane.close(broken === undefined);
    }
  });
  const outcomes = await Promise.allSettled(lanes);
  process.stdout.write(`Simulation: ${tally}\n`);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  atLeast(tally, RUNS);
});
