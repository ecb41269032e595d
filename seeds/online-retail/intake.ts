import type { Database } from '../../src/db/database.ts';
import { lineLaneOf } from '../../src/db/locks.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';
import { ingestOrderEvents, MAX_EVENTS } from '../../src/features/settlement/index.ts';

/** Takes events as they come and hands them to the one intake of all orders, in batches. */
export interface Intake {
  /** Takes events of one line, of a row of that time, which stay in one batch. Waits while enough batches are under way. */
  send(events: readonly OrderEvent[], rowAt: Date): Promise<void>;
  /** Sends what is left, waits for all, and tells what has been new since the beginning. */
  flush(): Promise<{ events: number; lines: number }>;
}

/** Batches under way at once: enough to keep PostgreSQL busy on a second core while the next is made ready. */
const AT_ONCE = 3;

/**
 * Opens the intake for a reporter. Each lane of brands is sent by itself and in order, so that batches which are under
 * way at once never wait for each other. A refused event is a fault of ours or of the file: it ends the replay.
 * `postedAt` says when what follows from a batch is posted, by the time of its last row: with midnights the same for
 * all rows between two of them.
 */
export function openIntake(database: Database, reporterId: string, postedAt: (rowAt: Date) => Date): Intake {
  const changes = { events: 0, lines: 0 };
  const underWay = new Set<Promise<void>>();
  const lanes = new Map<number, Lane>();
  let failure: unknown;

  const ingest = async (events: readonly OrderEvent[], rowAt: Date) => {
    const answers = await ingestOrderEvents(database, reporterId, events, new Date(), postedAt(rowAt));
    for (const [i, { status, problem }] of answers.entries()) {
      const event = events[i];
      if (status === 'REJECTED') throw new Error(`Event ${event?.eventId} was refused: ${problem?.message}`);
      if (status === 'DUPLICATE') continue;
      changes.events += 1;
      if (event?.kind === 'PLACED') changes.lines += 1;
    }
  };
  const dispatch = async (lane: Lane) => {
    const { batch, rowAt, last } = lane;
    lane.batch = [];
    while (underWay.size >= AT_ONCE) await Promise.race(underWay);
    // Told to whoever sends next; a rejection that nobody waits for at the moment would end the process.
    if (failure !== undefined) throw failure;
    const work = last
      .then(() => ingest(batch, rowAt))
      .catch((error) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(work));
    lane.last = work;
    underWay.add(work);
  };
  return {
    async send(events, rowAt) {
      const number = lineLaneOf(events[0]?.brandId ?? '');
      const lane = lanes.get(number) ?? { batch: [], rowAt, last: Promise.resolve() };
      lanes.set(number, lane);
      if (lane.batch.length + events.length > MAX_EVENTS) await dispatch(lane);
      lane.batch.push(...events);
      lane.rowAt = rowAt;
    },
    async flush() {
      for (const lane of lanes.values()) if (lane.batch.length > 0) await dispatch(lane);
      await Promise.all(underWay);
      if (failure !== undefined) throw failure;
      return { ...changes };
    },
  };
}

/** Brands whose orders share locks. */
interface Lane {
  batch: OrderEvent[];
  /** The time of the last row of the batch. */
  rowAt: Date;
  /** The batch before. */
  last: Promise<void>;
}
