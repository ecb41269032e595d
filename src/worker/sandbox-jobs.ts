import { remindAgencies } from '../features/agency/index.ts';
import { PAYOUT_JOBS, type SandboxJob } from '../features/sandbox/index.ts';
import { JOBS } from './jobs.ts';
import { CHORES } from './upkeep.ts';

/** What is counted anew so seldom is not needed at every moment on the way. */
const COUNTED_EVERY_MS = 300_000;
/** The hour field of cron: every hour. */
const HOURLY = /^\S+ \* /;

/**
 * What time alone makes necessary in a sandbox: the same functions that a worker runs by real time, first the chores and
 * then the jobs. Hours that are no full ones are those of the midnight before.
 */
export const SANDBOX_JOBS: readonly SandboxJob[] = [
  ...CHORES.map(
    ({ name, everyMs, run }): SandboxJob => ({
      name,
      run,
      pace: everyMs < COUNTED_EVERY_MS || run === remindAgencies ? 'EVERY_STOP' : 'MIDNIGHTS_AND_TARGET',
    }),
  ),
  ...JOBS.map(
    ({ name, cron, run }): SandboxJob => ({
      name,
      run,
      pace: HOURLY.test(cron) ? 'FULL_HOURS' : 'MIDNIGHTS',
    }),
  ),
  ...PAYOUT_JOBS,
];
