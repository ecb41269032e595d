import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { keepMonths } from '../db/months.ts';
import { forgetFailedLogins } from '../features/account/index.ts';
import { refreshFigures, remindAgencies } from '../features/agency/index.ts';
import { endOverdueBoosts, postBoostSpend } from '../features/boost/index.ts';
import { expireExports } from '../features/bulk/index.ts';
import { moveEndedEnrolments } from '../features/campaign/index.ts';
import { finishContracts, lapseProposals } from '../features/contract/index.ts';
import { runOutOfTime as moveEngagements, payMilestones } from '../features/engagement/index.ts';
import { countInsight } from '../features/insight/index.ts';
import { closeDueEvents, postSubsidies } from '../features/occasion/index.ts';
import { releaseUnpaid } from '../features/order/index.ts';
import { type PayoutProvider, pollPayouts, sendPayouts } from '../features/payout/index.ts';
import { refreshDuePool, refreshSales } from '../features/plan/index.ts';
import { moveDueSamples } from '../features/sample/index.ts';
import { postShares } from '../features/sharing/index.ts';
import { expireStories, suspendClosedSources } from '../features/source/index.ts';
import { oweExposure } from '../features/traffic/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Observe } from './observe-work.ts';

/**
 * Something small that time alone makes necessary. It runs in each worker by a timer, may run in several at once, and may
 * be cut short at any moment.
 */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (database: Database, now: Date) => Promise<unknown>;
}

const HALF_A_MINUTE_MS = 30_000;
const FIVE_MINUTES_MS = 300_000;

export const CHORES: readonly Chore[] = [
  { name: 'Refreshing the pool', everyMs: HALF_A_MINUTE_MS, run: refreshDuePool },
  { name: 'Counting sales', everyMs: FIVE_MINUTES_MS, run: refreshSales },
  { name: 'Ending enrolments', everyMs: HALF_A_MINUTE_MS, run: moveEndedEnrolments },
  { name: 'Moving engagements', everyMs: HALF_A_MINUTE_MS, run: moveEngagements },
  { name: 'Paying for accepted work', everyMs: HALF_A_MINUTE_MS, run: payMilestones },
  { name: 'Ordering the pool by exposure', everyMs: FIVE_MINUTES_MS, run: oweExposure },
  { name: 'Counting the figures of agencies', everyMs: FIVE_MINUTES_MS, run: refreshFigures },
  { name: 'Reminding agencies of certificates', everyMs: FIVE_MINUTES_MS, run: remindAgencies },
  { name: 'Lapsing proposals', everyMs: HALF_A_MINUTE_MS, run: lapseProposals },
  { name: 'Telling of ended contracts', everyMs: HALF_A_MINUTE_MS, run: finishContracts },
  { name: 'Moving samples', everyMs: HALF_A_MINUTE_MS, run: moveDueSamples },
  { name: 'Returning what is not paid in live sessions', everyMs: HALF_A_MINUTE_MS, run: releaseUnpaid },
  { name: 'Ending boosts', everyMs: HALF_A_MINUTE_MS, run: endOverdueBoosts },
  { name: 'Posting what boosts have spent', everyMs: FIVE_MINUTES_MS, run: postBoostSpend },
  { name: 'Closing official events', everyMs: HALF_A_MINUTE_MS, run: closeDueEvents },
  { name: 'Posting subsidies', everyMs: FIVE_MINUTES_MS, run: postSubsidies },
  { name: 'Putting rewards for sharing aside', everyMs: FIVE_MINUTES_MS, run: postShares },
  { name: 'Counting insight', everyMs: FIVE_MINUTES_MS, run: countInsight },
  { name: 'Ending source stories', everyMs: HALF_A_MINUTE_MS, run: expireStories },
  { name: 'Closing outside shops', everyMs: HALF_A_MINUTE_MS, run: suspendClosedSources },
  { name: 'Deleting files of exports', everyMs: FIVE_MINUTES_MS, run: expireExports },
  { name: 'Making months ahead', everyMs: FIVE_MINUTES_MS, run: keepMonths },
  { name: 'Forgetting failed logins', everyMs: FIVE_MINUTES_MS, run: forgetFailedLogins },
];

/** What is to be done where a provider pays for the alliance. */
export const payoutChores = (provider: PayoutProvider): readonly Chore[] => [
  { name: 'Sending payouts', everyMs: HALF_A_MINUTE_MS, run: (db, now) => sendPayouts(db, provider, now) },
  {
    name: 'Asking about payouts',
    everyMs: HALF_A_MINUTE_MS,
    run: (db, now) => pollPayouts(db, provider, now),
  },
];

export interface UpkeepOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly observe: Observe;
  /** Chores beside the usual ones. */
  readonly more?: readonly Chore[];
}

/** Runs the chores while the worker runs, one after the other; one that fails is logged and tried again. */
export function startUpkeep({ database, clock, log, observe, more = [] }: UpkeepOptions): {
  stop(): Promise<void>;
} {
  let running: Promise<unknown> = Promise.resolve();
  const waiting = new Set<string>();
  const timers = [...CHORES, ...more].map(({ name, everyMs, run }) =>
    setInterval(() => {
      // While another one takes long, each waits once, whatever its interval.
      if (waiting.has(name)) return;
      waiting.add(name);
      running = running
        .then(() => {
          waiting.delete(name);
          return observe({ kind: 'chore', name }, () => run(database, clock.now()));
        })
        .catch((err: unknown) => log.error({ err }, `${name} failed; it is tried again`));
    }, everyMs),
  );
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await running;
    },
  };
}
