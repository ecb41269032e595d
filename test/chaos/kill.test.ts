import { expect, it } from 'vitest';
import { killRun } from './kill-run.ts';

/** A longer run is one command: `npm run chaos -- --kills 100`. */
const KILLS = 6;

// It has a PostgreSQL of its own, which it kills.
it('loses and doubles nothing when server, workers and PostgreSQL are killed at random moments', {
  timeout: 480_000,
}, async () => {
  const seed = Date.now() % 1_000_000;
  const report = await killRun({ kills: KILLS, seed });
  expect(report.problems, `seed ${seed}`).toEqual([]);
  expect(report.linesSettled).toBeGreaterThan(0);
});
