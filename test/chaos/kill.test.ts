import { expect, it } from 'vitest';
import { killRun } from './kill-run.ts';

/** A longer run is one command: `npm run chaos -- --kills 100`. */
const KILLS = 6;

// It has a PostgreSQL of its own: on the one of DATABASE_URL it would show nothing more.
it.skipIf(process.env.DATABASE_URL)(
  'loses and doubles nothing when server, workers and PostgreSQL are killed at random moments',
  async () => {
    const seed = Date.now() % 1_000_000;
    const report = await killRun({ kills: KILLS, seed });
    expect(report.problems, `seed ${seed}`).toEqual([]);
    expect(report.linesSettled).toBeGreaterThan(0);
  },
  240_000,
);
