import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { RequestContext } from '../../graphql/context.ts';
import type { BoardRow } from './board.types.ts';

/** A board that changes all the time is told of no more often than this. */
const TELL_EVERY_MS = 1000;
/** What nobody announces, such as that the session is over, is looked for so often. */
const LOOK_EVERY_MS = 3000;

export async function hostOf(db: Sql, sessionId: string): Promise<string | undefined> {
  const [session] = await db.rows(sql<{ creatorId: string }>`
    select creator_id as "creatorId" from live_session where id = ${sessionId}`);
  return session?.creatorId;
}

interface Standing {
  readonly isOver: boolean;
  /** One text that is another one whenever the board has changed. */
  readonly mark: string;
  readonly brandIds: readonly string[];
}

/**
 * Tells how a session stands, first at once, then whenever it has changed. What wakes it are the events of its creator and
 * of the brands in its cart; what it tells is read anew from what is committed, so that it cannot tell what never was.
 */
export async function* followBoard(
  context: RequestContext,
  liveSessionId: string,
  creatorId: string,
): AsyncGenerator<BoardRow, void> {
  const { database, live, clock, loaders } = context;
  if (live === undefined) throw new Error('Only a live connection follows a board.');
  const { feed, signal } = live;
  let told: string | undefined;
  let standing = await standingOf(database, liveSessionId);
  while (!signal.aborted) {
    // Joined before it is read anew: whatever comes in between wakes it.
    const waiter = feed.join([creatorId, ...standing.brandIds], signal);
    try {
      standing = await standingOf(database, liveSessionId);
      if (standing.mark !== told) {
        told = standing.mark;
        loaders.renew(clock.now());
        yield { liveSessionId, at: clock.now() };
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

async function standingOf(db: Sql, sessionId: string): Promise<Standing> {
  const [standing] = await db.rows(sql<Standing>`
    select s.ended_at is not null as "isOver",
      array(select distinct i.brand_id from live_item i where i.live_session_id = s.id and i.removed_at is null) as "brandIds",
      concat_ws('/', s.ended_at,
        (select string_agg(concat_ws(',', i.id, i.position, i.pinned), ';' order by i.id) from live_item i
          where i.live_session_id = s.id and i.removed_at is null),
        (select string_agg(concat_ws(',', o.id, o.price_minor, o.stock, o.taken, o.closed_at), ';' order by o.id)
          from live_offer o where o.live_session_id = s.id),
        (select concat_ws(',', count(*), count(l.paid_at), count(l.cancelled_at), sum(l.refunded_minor)) from live_line v
          join order_line l on l.brand_id = v.brand_id and l.id = v.line_id where v.live_session_id = s.id)) as mark
    from live_session s where s.id = ${sessionId}`);
  return standing ?? { isOver: true, mark: '', brandIds: [] };
}
