import type { EventProblem } from './check-event.ts';
import type { StoredEvent } from './event-store.ts';
import { lineKeyOf } from './order-event.ts';

/** What became of one event. */
export interface EventAnswer {
  /** APPLIED: it counts. WAITING: kept until its line is placed. DUPLICATE: was here before. REJECTED: nothing was kept. */
  readonly status: 'APPLIED' | 'WAITING' | 'DUPLICATE' | 'REJECTED';
  readonly problem?: EventProblem;
}

/** What is known of an event's surroundings before the batch. */
export interface BeforeBatch {
  /** The content hashes of events that are kept, by `eventKey`. */
  readonly kept: ReadonlyMap<string, Buffer>;
  /** The lines that are placed, by `placeKey`. */
  readonly lines: { has(key: string): boolean };
  /** The lines that are placed, and whose month is detached. */
  readonly detached: { has(key: string): boolean };
  /** Told of each line that is to be placed, in their order: why it cannot be. */
  readonly refusal: (stored: StoredEvent) => EventProblem | undefined;
}

type Named = Pick<StoredEvent, 'event' | 'sourceId'>;
export const eventKey = ({ sourceId, event }: Named): string => `${sourceId}/${event.eventId}`;
export const placeKey = ({ sourceId, event }: Named): string => lineKeyOf({ ...event, source: sourceId });

/**
 * Tells for each event of a batch whether it is new and its line known or placed by the batch (APPLIED), new but
 * without a line (WAITING), a repetition (DUPLICATE), or in contradiction to another (REJECTED). Pure.
 */
export function classifyEvents(batch: readonly StoredEvent[], before: BeforeBatch): EventAnswer[] {
  const seen = new Map(before.kept);
  const placed = new Set<string>();
  const answers = batch.map((stored): EventAnswer | undefined => {
    const known = seen.get(eventKey(stored));
    if (known !== undefined) return known.equals(stored.contentHash) ? { status: 'DUPLICATE' } : REUSED;
    if (before.detached.has(placeKey(stored))) return DETACHED;
    if (stored.event.kind === 'PLACED') {
      const key = placeKey(stored);
      if (before.lines.has(key) || placed.has(key)) return ALREADY_PLACED;
      const problem = before.refusal(stored);
      if (problem !== undefined) return { status: 'REJECTED', problem };
      placed.add(key);
    }
    seen.set(eventKey(stored), stored.contentHash);
    return undefined;
  });
  const isThere = (stored: StoredEvent) => before.lines.has(placeKey(stored)) || placed.has(placeKey(stored));
  return batch.map((stored, i) => answers[i] ?? { status: isThere(stored) ? 'APPLIED' : 'WAITING' });
}

const REUSED: EventAnswer = {
  status: 'REJECTED',
  problem: {
    code: 'EVENT_ID_REUSED',
    message: 'An event with this id was reported before with another content. Nothing was changed.',
    field: 'eventId',
  },
};

const ALREADY_PLACED: EventAnswer = {
  status: 'REJECTED',
  problem: {
    code: 'LINE_ALREADY_PLACED',
    message: 'The line was placed by another event; what it was placed with does not change.',
    field: 'lineNo',
  },
};

const DETACHED: EventAnswer = {
  status: 'REJECTED',
  problem: {
    code: 'LINE_DETACHED',
    message:
      'The month of the line has been put away. Ask the alliance to bring it back, then report this again.',
    field: 'orderNo',
  },
};
