import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestContext } from './context.ts';

/** A board that changes all the time is told of no more often than this. */
const TELL_EVERY_MS = 1000;
/** What nobody announces, such as that time is over, is looked for so often. */
const LOOK_EVERY_MS = 3000;

/** How what is followed stands. */
export interface BoardStanding {
  readonly isOver: boolean;
  /** One text that is another one whenever something to be told has changed. */
  readonly mark: string;
  /** The parties whose events may change it. */
  readonly partyIds: readonly string[];
}

/**
 * Tells when something stands otherwise, first at once. What wakes it are the events of some parties; what it tells is read
 * anew from what is committed, so that it cannot tell what never was. It ends when that is over.
 */
export async function* followBoard(
  context: RequestContext,
  standingOf: () => Promise<BoardStanding>,
): AsyncGenerator<{ readonly at: Date }, void> {
  const { live, clock, loaders } = context;
  if (live === undefined) throw new Error('Only a live connection follows a board.');
  const { feed, signal } = live;
  let told: string | undefined;
  let standing = await standingOf();
  while (!signal.aborted) {
    // Joined before it is read anew: whatever comes in between wakes it.
    const waiter = feed.join([...standing.partyIds], signal);
    try {
      standing = await standingOf();
      if (standing.mark !== told) {
        told = standing.mark;
        loaders.renew(clock.now());
        yield { at: clock.now() };
        await sleep(TELL_EVERY_MS, undefined, { signal }).catch(() => undefined);
      }
      if (standing.isOver) return;
      if (!signal.aborted) await orAfter(LOOK_EVERY_MS, waiter.news());
    } finally {
      waiter.leave();
    }
  }
}

/** Waits for the news, and no longer than so many milliseconds. */
async function orAfter(ms: number, news: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const { signal } = timer;
  await Promise.race([news, sleep(ms, undefined, { signal }).catch(() => undefined)]);
  timer.abort();
}
