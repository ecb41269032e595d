import type { Database } from '../db/database.ts';
import { forgetChanges } from '../features/feed/index.ts';
import { runPayoutSchedule } from '../features/payout/index.ts';
import { releaseReserves, settleDue } from '../features/settlement/index.ts';
import { makeStatements } from '../features/statement/index.ts';
import { allotDay } from '../features/traffic/index.ts';
import { keepTrust } from '../features/trust/index.ts';

/** Work that has its hours. It may be stopped or killed at any moment, and is then done anew from where it was. */
export interface Job {
  /** Its queue in pg-boss: letters and hyphens. */
  readonly name: string;
  /** When it is due, as the five fields of cron, in the time zone of the alliance. */
  readonly cron: string;
  /** How many workers may do it together. */
  readonly workers: number;
  /** Does what is due by now; the signal asks it to stop at the next place where nothing is half-done. */
  readonly run: (database: Database, now: Date, signal?: AbortSignal) => Promise<unknown>;
}

const EVERY_HOUR = '0 * * * *';
/** After midnight, when the settlement of the day before is under way. */
const EVERY_NIGHT = '10 0 * * *';

/** Every full hour is also the alliance's midnight, wherever that is. */
export const JOBS: readonly Job[] = [
  {
    name: 'settle',
    cron: EVERY_HOUR,
    workers: 4,
    run: (database, now, signal) => settleDue(database, { asOf: now, now, signal }),
  },
  { name: 'release-reserves', cron: EVERY_HOUR, workers: 1, run: releaseReserves },
  { name: 'pay-by-schedule', cron: EVERY_HOUR, workers: 2, run: runPayoutSchedule },
  {
    name: 'make-statements',
    cron: EVERY_HOUR,
    workers: 1,
    run: (database, now, signal) => makeStatements(database, { now, signal }),
  },
  { name: 'keep-trust', cron: EVERY_NIGHT, workers: 1, run: keepTrust },
  { name: 'allot-exposure', cron: EVERY_NIGHT, workers: 1, run: allotDay },
  { name: 'forget-events', cron: EVERY_HOUR, workers: 1, run: forgetChanges },
];
