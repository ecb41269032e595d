import type { Database } from '../../db/database.ts';
import { forgetFullBuckets, putBack, withdraw } from './bucket-rows.ts';
import type { BucketSize } from './limit-variables.ts';

/** Whether points were there, and what is left. */
export interface Taking {
  readonly isTaken: boolean;
  /** Points that the caller may still spend, as far as this server knows. */
  readonly available: number;
  /** After how many seconds there are enough points; 0 when there were. */
  readonly retryAfterS: number;
}

/** What this server knows of one bucket. */
interface Known {
  readonly who: string;
  readonly size: BucketSize;
  /** Taken out of the shared bucket and not spent; below 0 what was spent beyond that. */
  held: number;
  /** What was in the shared bucket when this server last saw it, and when that was. */
  seen: number;
  seenAt: number;
  usedAt: number;
  /** One statement at a time; who comes meanwhile may find enough in what it brings. */
  line: Promise<unknown>;
}

/** So many requests of the usual size are paid by one statement. */
const SLICES = 50;
/** For so long a server trusts that a bucket which it saw empty is so. */
const TRUSTED_MS = 2_000;
const FLUSH_MS = 1_000;
const FORGET_MS = 300_000;

/**
 * Leaky buckets that all servers share. A server takes a slice of the points of a caller out of the shared bucket and spends
 * it by itself, so that not every request writes; what it has not spent after a second goes back. No more is ever spent
 * than the bucket holds, and what a server that is killed had in hand comes back with time.
 */
export class RateBuckets {
  readonly #database: Database;
  readonly #known = new Map<string, Known>();
  readonly #timers: NodeJS.Timeout[];

  constructor(database: Database) {
    this.#database = database;
    // Without a database there is nothing to be limited, and the next round tries again.
    const quietly = (work: () => Promise<unknown>) => () => void work().catch(() => undefined);
    this.#timers = [
      setInterval(
        quietly(() => this.flush()),
        FLUSH_MS,
      ).unref(),
      setInterval(
        quietly(() => forgetFullBuckets(database)),
        FORGET_MS,
      ).unref(),
    ];
  }

  /** Takes points, or none when there are too few. */
  async take(who: string, size: BucketSize, points: number): Promise<Taking> {
    const known = this.#of(who, size);
    if (this.#isDecided(known, points)) return spend(known, points);
    // Spent in its own turn, or the next in the line would count on what this one has fetched.
    const turn = known.line.then(async () => {
      await this.#fetch(known, points);
      return spend(known, points);
    });
    known.line = turn.catch(() => undefined);
    return turn;
  }

  /** Gives back what was not used; a negative number takes what was used beyond. Writes nothing at once. */
  giveBack(who: string, size: BucketSize, points: number): void {
    this.#of(who, size).held += points;
  }

  /** For how many seconds a caller need not ask who would have to pay so much; 0 when nobody has seen just now that it cannot. */
  emptyForS(who: string, points: number): number {
    const known = this.#known.get(who);
    if (known === undefined || !isFresh(known) || expected(known) >= points) return 0;
    return Math.max(1, Math.ceil((points - expected(known)) / known.size.restorePerS));
  }

  /** Gives back to the shared buckets what this server has not needed. */
  async flush(all = false): Promise<void> {
    const amounts: { who: string; points: number; size: BucketSize }[] = [];
    for (const known of this.#known.values()) {
      const { who, size, held, usedAt } = known;
      const isIdle = all || performance.now() - usedAt >= FLUSH_MS;
      const keep = isIdle || held < 0 ? 0 : Math.min(held, sliceOf(size));
      if (held !== keep) amounts.push({ who, points: held - keep, size });
      known.held = keep;
      if (isIdle) this.#known.delete(who);
    }
    if (amounts.length > 0) await putBack(this.#database, amounts);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.flush(true).catch(() => undefined);
  }

  #of(who: string, size: BucketSize): Known {
    let known = this.#known.get(who);
    if (known === undefined) {
      const at = performance.now();
      known = {
        who,
        size,
        held: 0,
        seen: 0,
        seenAt: Number.NEGATIVE_INFINITY,
        usedAt: at,
        line: Promise.resolve(),
      };
      this.#known.set(who, known);
    }
    known.usedAt = performance.now();
    return known;
  }

  /** Whether it is known without a statement that there is enough, or too little. */
  #isDecided(known: Known, points: number): boolean {
    return known.held >= points || (isFresh(known) && expected(known) < points);
  }

  async #fetch(known: Known, points: number): Promise<void> {
    if (this.#isDecided(known, points)) return;
    const { who, size } = known;
    const least = Math.ceil(points - known.held);
    const taken = await withdraw(this.#database, { who, size, least, wanted: least + sliceOf(size) });
    known.held += taken.granted;
    known.seen = taken.available;
    known.seenAt = performance.now();
    // Who has waited long must not be forgotten with what was just taken for them.
    if (this.#known.get(who) !== known) this.#known.set(who, known);
  }
}

function spend(known: Known, points: number): Taking {
  const isTaken = known.held >= points;
  if (isTaken) known.held -= points;
  const left = expected(known);
  const available = Math.max(0, Math.floor(left));
  if (isTaken) return { isTaken, available, retryAfterS: 0 };
  return {
    isTaken,
    available,
    retryAfterS: Math.max(1, Math.ceil((points - left) / known.size.restorePerS)),
  };
}

const sliceOf = ({ points }: BucketSize): number => Math.floor(points / SLICES);

const isFresh = ({ seenAt }: Known): boolean => performance.now() - seenAt < TRUSTED_MS;

/** What the caller can spend now: what is held, and what is in the shared bucket if nobody else has used it. */
function expected({ held, seen, seenAt, size }: Known): number {
  if (seenAt === Number.NEGATIVE_INFINITY) return Math.max(held, 0);
  const restored = ((performance.now() - seenAt) / 1000) * size.restorePerS;
  return held + Math.min(seen + restored, size.points);
}
