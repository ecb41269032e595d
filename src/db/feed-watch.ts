import { sql } from 'kysely';
import type { Sql } from './database.ts';
import { type Audience, HEAD_XID } from './read-changes.ts';

/** How often a process looks for news while anybody waits for them: half of it is the usual delay of an event. */
const LOOK_EVERY_MS = 200;

/** Somebody who waits for events of an audience. */
export interface FeedWaiter {
  /** Waits until there is something new since the last call, or the signal is aborted. Whatever came meanwhile counts. */
  news(): Promise<void>;
  /** Waits for nothing any more. */
  leave(): void;
}

interface Waiting {
  readonly audience: Audience;
  hasNews: boolean;
  wake: () => void;
}

/**
 * Wakes those who follow the feed in this process. It only says that there is something: each reads on from a place of
 * its own, so that nothing is lost when a process or a connection is. One small statement at a time for all of them, and
 * none when nobody waits. Why nothing is notified by PostgreSQL stands in docs/decisions/feed.md.
 */
export class FeedWatch {
  readonly #db: Sql;
  readonly #onFault: (error: unknown) => void;
  readonly #waiting = new Set<Waiting>();
  #seenXid: bigint | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Sql, onFault: (error: unknown) => void) {
    this.#db = db;
    this.#onFault = onFault;
  }

  /** How many follow the feed in this process. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Waits for events of the audience from now on; whoever reads first and then waits misses none. */
  join(audience: Audience, signal: AbortSignal): FeedWaiter {
    const waiting: Waiting = { audience, hasNews: false, wake: () => undefined };
    const onAbort = (): void => waiting.wake();
    signal.addEventListener('abort', onAbort);
    this.#waiting.add(waiting);
    this.#lookLater();
    return {
      news: async () => {
        if (!waiting.hasNews && !signal.aborted)
          await new Promise<void>((resolve) => {
            waiting.wake = resolve;
          });
        waiting.hasNews = false;
      },
      leave: () => {
        signal.removeEventListener('abort', onAbort);
        this.#waiting.delete(waiting);
        if (this.#waiting.size > 0) return;
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#seenXid = undefined;
      },
    };
  }

  #lookLater(): void {
    this.#timer ??= setTimeout(() => void this.#look(), LOOK_EVERY_MS).unref();
  }

  async #look(): Promise<void> {
    try {
      await this.#wakeAll();
    } catch (error) {
      // Whoever waits goes on waiting; the next look begins where the last good one has ended.
      this.#onFault(error);
    }
    this.#timer = undefined;
    if (this.#waiting.size > 0) this.#lookLater();
  }

  async #wakeAll(): Promise<void> {
    const waiting = [...this.#waiting];
    const parties = [
      ...new Set(waiting.flatMap(({ audience }) => (audience === 'EVERYBODY' ? [] : audience))),
    ];
    const { headXid, hasAny, concerned } = await this.#newsSince(this.#seenXid, parties);
    // At the first look nobody knows what has been read before it: each looks for itself.
    const isFirst = this.#seenXid === undefined;
    this.#seenXid = headXid;
    if (!hasAny && !isFirst) return;
    const news = new Set(concerned);
    for (const each of waiting) {
      const isTheirs = each.audience === 'EVERYBODY' ? hasAny : each.audience.some((id) => news.has(id));
      if (!isTheirs && !isFirst) continue;
      each.hasNews = true;
      each.wake();
    }
  }

  async #newsSince(seen: bigint | undefined, parties: readonly string[]): Promise<News> {
    const [row] = await this.#db.rows(sql<News>`
      with head as materialized (select ${HEAD_XID} as xid)
      select h.xid as "headXid",
        exists (select from outbox_event e where e.xid >= ${seen ?? null}::bigint and e.xid < h.xid) as "hasAny",
        array(select p.id from unnest(${parties}::uuid[]) p (id) where exists (select from outbox_audience a
          where a.party_id = p.id and a.xid >= ${seen ?? null}::bigint and a.xid < h.xid))::text[] as concerned
      from head h`);
    return row as News;
  }
}

interface News {
  readonly headXid: bigint;
  readonly hasAny: boolean;
  readonly concerned: readonly string[];
}
