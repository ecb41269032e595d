import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import type { Listening } from '../../db/listen.ts';
import { type Clock, systemClock } from '../../kernel/clock.ts';
import type { SandboxJob } from './sandbox-job.ts';

/** The time of a sandbox as its database keeps it. */
export interface ClockRow {
  readonly startedAt: Date;
  readonly now: Date;
}

const CHANNEL = 'sandbox_clock';
const LOOK_EVERY_MS = 500;

/** The time that a sandbox goes by; undefined in an alliance that is none. */
export async function readClock(db: Sql): Promise<ClockRow | undefined> {
  const [row] = await db.rows(sql<ClockRow>`select started_at as "startedAt", now from sandbox_clock`);
  return row;
}

/**
 * The clock of a sandbox in one process. It stands still until somebody moves it through the API, as Stripe's test clocks
 * do (docs.stripe.com/billing/testing/test-clocks), and never goes back. What another process moves is here within a second.
 */
export class SandboxClock implements Clock {
  readonly machine = systemClock;
  #now: Date;
  #looking: Promise<unknown> = Promise.resolve();
  #queue: Promise<unknown> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;
  readonly #listening: Listening;

  private constructor(
    readonly database: Database,
    /** What the alliance does by itself when time passes, in its order. */
    readonly jobs: readonly SandboxJob[],
    { now, startedAt }: ClockRow,
  ) {
    this.#now = now;
    this.startedAt = startedAt;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
    this.#listening = database.listen(CHANNEL, () => this.#look());
  }

  /** When the sandbox began. */
  readonly startedAt: Date;

  /** Opens the clock of a database; undefined where it is no sandbox. */
  static async open(database: Database, jobs: readonly SandboxJob[]): Promise<SandboxClock | undefined> {
    const row = await readClock(database);
    return row && new SandboxClock(database, jobs, row);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** What the database says, taken over by this process. */
  async readAgain(): Promise<Date> {
    const row = await readClock(this.database);
    if (row !== undefined) this.#take(row.now);
    return this.now();
  }

  /** Puts the clock forward for everybody. This process has the time when it returns. */
  async put(at: Date): Promise<void> {
    await this.database.rows(sql`update sandbox_clock set now = ${at} where now < ${at}`);
    this.#take(at);
  }

  /**
   * Runs what moves the clock, one after the other in this process. Those that wait here hold no connection, which those
   * who run may need.
   */
  oneByOne<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#listening.stop();
    await this.#looking;
  }

  #take(at: Date): void {
    if (at > this.#now) this.#now = new Date(at);
  }

  #look(): void {
    // A database that is away now is asked again by the timer.
    this.#looking = this.#looking.then(() => this.readAgain()).catch(() => undefined);
  }
}

/** The clock of the sandbox that a request is in, where it is one. */
export const sandboxOf = (clock: Clock): SandboxClock | undefined =>
  clock instanceof SandboxClock ? clock : undefined;
