import type { Database } from '../../src/db/database.ts';
import { newHttpProvider, pollPayouts, sendPayouts } from '../../src/features/payout/index.ts';
import { releaseReserves, settleDue } from '../../src/features/settlement/index.ts';
import { makeStatements } from '../../src/features/statement/index.ts';
import { FastClock } from './fast-clock.ts';

/** What a worker says of itself. */
export interface WorkerNews {
  readonly step: string;
  readonly is: 'begun' | 'done' | 'failed';
  readonly message?: string;
}

/** Small, so that a kill mostly comes into the middle of a run. */
const BATCH_LINES = 25;
/** The waits between two calls of the provider, half a minute and more, are to pass within seconds. */
const PAYOUT_FACTOR = 60;

type Step = (database: Database, now: Date) => Promise<unknown>;

/** What a worker does in one round, by name: the jobs of `src/worker`, without the hours that they wait for. */
export function workerSteps(providerUrl: string): Readonly<Record<string, Step>> {
  const provider = newHttpProvider({ url: providerUrl, token: 'chaos', timeoutMs: 2_000 });
  const soon = new FastClock(Date.now(), Date.now(), PAYOUT_FACTOR);
  return {
    settlement: (database, now) => settleDue(database, { asOf: now, now, batchLines: BATCH_LINES }),
    'release of reserves': releaseReserves,
    'making of statements': (database, now) => makeStatements(database, { now }),
    'sending payouts': (database) => sendPayouts(database, provider, soon.now()),
    'asking for payouts': (database) => pollPayouts(database, provider, soon.now()),
  };
}
