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
}

export const eventKey = ({ sourceId, event }: StoredEvent): string => `${sourceId}/${event.eventId}`;
export const placeKey = ({ sourceId, event }: StoredEvent): string =>
  lineKeyOf({ ...event, source: sourceId });

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
    if (stored.event.kind === 'PLACED') {
      const key = placeKey(stored);
      if (before.lines.has(key) || placed.has(key)) return ALREADY_PLACED;
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
