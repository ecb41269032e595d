import type { Database } from '../../src/db/database.ts';
import { ingestOrderEvents, MAX_EVENTS } from '../../src/features/commission/index.ts';
import type { OrderEvent } from '../../src/features/order/index.ts';

/** Takes events as they come and hands them to the one intake of all orders, in batches. */
export interface Intake {
  /** The events of one line stay in one batch. Waits while enough batches are under way. */
  send(events: readonly OrderEvent[]): Promise<void>;
  /** Sends what is left, waits for all, and tells what was new. */
  end(): Promise<{ events: number; lines: number }>;
}

/** Batches under way at once: while PostgreSQL writes one, the next is made ready. */
const AT_ONCE = 2;

/** Opens the intake for a reporter. A refused event is a fault of ours or of the file: it ends the replay. */
export function openIntake(database: Database, reporterId: string): Intake {
  const changes = { events: 0, lines: 0 };
  const underWay = new Set<Promise<void>>();
  let batch: OrderEvent[] = [];
  let failure: unknown;

  const ingest = async (events: readonly OrderEvent[]) => {
    const answers = await ingestOrderEvents(database, reporterId, events, new Date());
    for (const [i, { status, problem }] of answers.entries()) {
      const event = events[i];
      if (status === 'REJECTED') throw new Error(`Event ${event?.eventId} was refused: ${problem?.message}`);
      if (status === 'DUPLICATE') continue;
      changes.events += 1;
      if (event?.kind === 'PLACED') changes.lines += 1;
    }
  };
  const dispatch = async () => {
    while (underWay.size >= AT_ONCE) await Promise.race(underWay);
    // Told to whoever sends next; a rejection that nobody waits for at the moment would end the process.
    if (failure !== undefined) throw failure;
    const work = ingest(batch)
      .catch((error) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
    batch = [];
  };
  return {
    async send(events) {
      if (batch.length + events.length > MAX_EVENTS) await dispatch();
      batch.push(...events);
    },
    async end() {
      if (batch.length > 0) await dispatch();
      await Promise.all(underWay);
      if (failure !== undefined) throw failure;
      return changes;
    },
  };
}
