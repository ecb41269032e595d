import type { ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { ANONYMOUS } from '../../src/graphql/actor.ts';
import { failure } from '../../src/graphql/errors.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { watched } from '../../src/server/live-operations.ts';
import { LiveSession, LiveSessions } from '../../src/server/live-sessions.ts';
import { paidBy } from '../../src/server/pay-events.ts';
import { testDatabase } from '../kit/database.ts';
import { until } from './live-clients.ts';

const NOBODY = { actor: ANONYMOUS, authorization: '', transport: 'websocket' } as const;

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function* endless(made: number[]): AsyncGenerator<ExecutionResult, void> {
  for (let no = 0; ; no++) {
    made.push(no);
    yield { data: { no } };
  }
}

it('an event that is not taken in time ends the connection, and no more were made meanwhile', async () => {
  const sessions = new LiveSessions({
    database,
    clock: systemClock,
    log: pino({ level: 'silent' }) as never,
  });
  const ends: string[] = [];
  const session = new LiveSession(NOBODY, (end) => void ends.push(end));
  sessions.add(session);
  const [made, ending] = [[] as number[], new AbortController()];
  const events = watched(endless(made), session, ending);
  await events.next();
  expect(session.onTheWay.size).toBe(1);
  // Half a minute goes by in which nobody asks for the next one.
  for (const key of session.onTheWay.keys()) session.onTheWay.set(key, performance.now() - 30_000);
  await until(() => ends.length > 0);
  expect([ends, made, sessions.countOver('websocket')]).toEqual([['TOO_SLOW'], [0], 0]);
  expect(await events.return(undefined)).toEqual({ done: true, value: undefined });
  expect(ending.signal.aborted).toBe(true);
});

it('who has no points left waits for them, and misses nothing', async () => {
  let refusals = 2;
  const taken: number[] = [];
  const charges = {
    purseOf: () => ({ who: 'key', size: { points: 1, restorePerS: 1 } }),
    take: async (_purse: unknown, points: number) => {
      if (taken.length === 1 && refusals-- > 0)
        throw failure('RATE_LIMITED', 'Too fast.', { retryAfter: 0.01 });
      taken.push(points);
    },
  };
  const session = new LiveSession(NOBODY, () => undefined);
  const events = paidBy({ charges: charges as never }, session, { points: 7 } as never, endless([]));
  const seen: unknown[] = [];
  for await (const { data } of events) {
    seen.push(data?.no);
    if (seen.length === 3) break;
  }
  expect([seen, taken, refusals]).toEqual([[0, 1, 2], [7, 7, 7], -1]);
});
