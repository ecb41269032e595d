import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { boundValue } from './array-text.ts';
import { SET_UP } from './rights.ts';
import { wantedTimeout } from './statement-timeout.ts';

/** Statements that only read, over a few connections that many requests share. */
export interface Readers {
  /** Runs one statement and gives its rows. What waits before it on its connection is answered first. */
  rows<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Connections that there are, and statements that have others before them. */
  condition(): { readonly open: number; readonly waiting: number };
  /** Has every connection opened anew, once what was sent is answered. */
  renew(): void;
  close(): Promise<void>;
}

/** SQLSTATEs of a prepared statement that no longer fits its tables, or is not there: after a migration, or behind a pooler. */
const STALE = new Set(['0A000', '26000']);

/** Texts that are prepared under a name of their own. Further ones are prepared each time: PostgreSQL keeps them all. */
const MOST_NAMES = 1_000;

/**
 * Opens connections for reading when they are first needed. Statements are prepared once for each connection, and sent
 * without waiting for the answers of those before: most take less time than the way there and back. PostgreSQL refuses to
 * write here, and each statement stands by itself.
 */
export function openReaders(config: pg.ClientConfig, size: number): Readers {
  const names = new Map<string, string>();
  let readers: Reader[] = [];
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST_NAMES) return known;
    const name = `r${names.size}`;
    names.set(text, name);
    return name;
  };
  const pick = (): Reader => {
    readers = readers.filter(({ isLost }) => !isLost);
    let best: Reader | undefined;
    for (const reader of readers) if (best === undefined || reader.inFlight < best.inFlight) best = reader;
    if (best !== undefined && (best.inFlight === 0 || readers.length >= size)) return best;
    const fresh = new Reader(config);
    readers.push(fresh);
    return fresh;
  };
  const renew = (): void => {
    for (const reader of readers) void reader.end();
    readers = [];
  };
  return {
    async rows<Row>(text: string, given: readonly unknown[]) {
      const reader = pick();
      const values = given.map(boundValue);
      try {
        return await reader.rows<Row>({ text, name: nameOf(text), values });
      } catch (error) {
        if (!STALE.has((error as { code?: string }).code ?? '')) throw error;
        reader.isLost = true;
        void reader.end();
        return pick().rows<Row>({ text, values });
      }
    },
    condition: () => ({
      open: readers.length,
      waiting: readers.reduce((sum, { inFlight }) => sum + Math.max(0, inFlight - 1), 0),
    }),
    renew,
    async close() {
      await Promise.all(readers.map((reader) => reader.end()));
      readers = [];
    },
  };
}

/** One connection. It is opened with its first statement, and when it breaks it is not used again. */
class Reader {
  inFlight = 0;
  isLost = false;
  readonly #client: pg.Client;
  readonly #ready: Promise<unknown>;
  #isCorked = false;
  #timeout = 0;

  constructor(config: pg.ClientConfig) {
    this.#client = new pg.Client({ ...config, pipeline: true });
    this.#client.on('error', () => this.#lose());
    this.#client.on('end', () => this.#lose());
    this.#ready = this.#client.connect().then(() => this.#client.query(SET_UP_TO_READ));
    this.#ready.catch(() => this.#lose());
  }

  async rows<Row>(query: pg.QueryConfig): Promise<Row[]> {
    this.inFlight++;
    // Which limit holds is asked before anything is waited for, in the work that wants the rows.
    const timeout = wantedTimeout();
    try {
      await this.#ready;
      this.#cork();
      this.#tellTimeout(timeout);
      return (await this.#client.query(query)).rows as Row[];
    } finally {
      this.inFlight--;
    }
  }

  async end(): Promise<void> {
    this.isLost = true;
    await this.#ready.catch(() => undefined);
    // What others have just asked for is sent first.
    while (this.inFlight > 0) await sleep(5);
    await this.#client.end().catch(() => undefined);
  }

  #lose(): void {
    this.isLost = true;
  }

  /** Statements are answered in their order, so this holds for all after it. */
  #tellTimeout(ms: number): void {
    if (ms === this.#timeout) return;
    this.#timeout = ms;
    this.#client.query(`set statement_timeout = ${ms}`).catch(() => this.#lose());
  }

  /** Sends in one packet what is asked for in one turn, such as all that one level of a query reads. */
  #cork(): void {
    if (this.#isCorked) return;
    const { stream } = (this.#client as unknown as { connection: { stream: import('node:net').Socket } })
      .connection;
    this.#isCorked = true;
    stream.cork();
    setImmediate(() => {
      this.#isCorked = false;
      stream.uncork();
    });
  }
}

const SET_UP_TO_READ = `${SET_UP.sql}; set default_transaction_read_only = on`;
