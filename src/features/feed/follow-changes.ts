import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Audience,
  type Changes,
  type ChangesQuery,
  type FeedPlace,
  headPlace,
  readChanges,
} from '../../db/read-changes.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { refuseUnfit } from './read-feed.ts';

/** What to follow. */
export interface Following {
  readonly audience: Audience;
  /** From now on when left out. */
  readonly after?: FeedPlace;
  readonly kinds?: ChangesQuery['kinds'];
}

/** So many events are in memory for somebody who follows, however slowly they take them. */
const AT_ONCE = 100;
/** Sums that change all the time are told of no more often than this. */
const SUMS_EVERY_MS = 1000;

/**
 * Follows the feed from a place on, part by part, until the connection ends. The next part is read when this one was taken.
 */
export async function* followChanges(
  context: RequestContext,
  { audience, after, kinds }: Following,
): AsyncGenerator<Changes, void> {
  const { database, live } = context;
  if (live === undefined) throw new Error('Only a live connection follows the feed.');
  const waiter = live.feed.join(audience, live.signal);
  try {
    let place = after ?? (await headPlace(database));
    while (!live.signal.aborted) {
      const part = await readChanges(database, { audience, after: place, kinds, limit: AT_ONCE });
      refuseUnfit(part.standing);
      yield part;
      place = part.place;
      if (!part.hasMore) await waiter.news();
    }
  } finally {
    waiter.leave();
  }
}

/** Follows the feed and tells of all that came at once by its last place, at most once a second. */
export async function* followSums(
  context: RequestContext,
  following: Following,
): AsyncGenerator<FeedPlace, void> {
  const signal = context.live?.signal;
  let hasNews = false;
  for await (const { events, place, hasMore } of followChanges(context, following)) {
    hasNews ||= events.length > 0;
    if (hasMore || !hasNews) continue;
    hasNews = false;
    yield place;
    await sleep(SUMS_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
