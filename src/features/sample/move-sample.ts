import type { Database, Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { SampleRequestRow } from './sample.entity.ts';
import { go, passTime, type Stamp } from './sample-life.ts';
import type { Doer } from './sample-news.ts';
import { mayGo, type SampleState } from './sample-state.ts';
import { lockDueSamples, lockSample, writeSamples } from './sample-store.ts';

/** A move that one of the sides makes. */
export interface SampleMove {
  readonly requestId: string;
  readonly to: SampleState;
  readonly by: Doer;
  /** What it writes. What it does besides, and what it refuses, it does here, under the lock of the request. */
  readonly stamp: (request: SampleRequestRow) => Stamp | Promise<Stamp>;
}

const PATH = ['input', 'sampleRequestId'];

/** Makes a move under a row lock. Time has passed over the request before, so that nobody is too late unnoticed. */
export async function moveSample(tx: Tx, move: SampleMove, now: Date): Promise<SampleRequestRow> {
  const { request: before, paid } = await lockSample(tx, move.requestId, now);
  const { request, news } = passTime(before, paid, now);
  if (!mayGo(request.state, move.to)) {
    const message = `A sample request that is ${request.state} cannot become ${move.to} by this.`;
    throw wrongState(PATH, request.state, message);
  }
  const moved = go(request, move.to, now, await move.stamp(request), move.by);
  await writeSamples(tx, [{ request: moved.request, news: [...news, ...moved.news] }], now);
  return moved.request;
}

const BATCH = 500;

/**
 * Does to all requests what time and orders do: limits, reminders, fulfilment. Safe in several processes and at any
 * hour; each batch is a transaction of its own. Gives how many have changed.
 */
export async function moveDueSamples(database: Database, now: Date): Promise<number> {
  for (let moved = 0; ; ) {
    const batch = await database.transaction(async (tx) => {
      const due = await lockDueSamples(tx, now, BATCH);
      await writeSamples(
        tx,
        due.map(({ request, paid }) => passTime(request, paid, now)),
        now,
      );
      return due.length;
    });
    moved += batch;
    if (batch < BATCH) return moved;
  }
}
