import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { type Passing, passTime } from './pass-time.ts';
import type { SandboxClock } from './sandbox-clock.ts';

const DAY_MS = 86_400_000;
/** The most days that one move goes forward. */
export const MOST_DAYS = 400;

/** Where to: a moment, or so much later than it is. Lengths are of 24 hours a day, whatever the clocks do. */
export interface WishedMove {
  readonly to?: Date | null;
  readonly by?: {
    readonly days?: number | null;
    readonly hours?: number | null;
    readonly minutes?: number | null;
  } | null;
}

/** A move of the clock, as far as it has come. */
export interface ClockMove {
  readonly id: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  /** Null while it is under way. */
  readonly reachedAt: Date | null;
}

/**
 * Moves the clock of a sandbox forward, and does on the way all that time makes necessary. The wish is kept under its id
 * before anything moves, so that a repetition after a crash goes on to the same moment. Whoever moves the clock in
 * another process is waited for. Refused when it leads back, nowhere, or too far.
 */
export async function moveClock(
  tx: Sql,
  clock: SandboxClock,
  id: string,
  wish: WishedMove,
  passing: Passing,
): Promise<ClockMove> {
  await lockClock(tx);
  const move = (await findMove(clock.database, id)) ?? (await keepWish(clock, id, wish));
  const at = await passTime(clock, move.toAt, passing);
  // Of a move that a crash has cut short, somebody else may have gone on further.
  const reachedAt = new Date(Math.min(at.getTime(), move.toAt.getTime()));
  await tx.rows(sql`update sandbox_move set reached_at = ${reachedAt} where id = ${id}`);
  return { ...move, reachedAt };
}

const CLOCK_LOCK = 7_246_015;

/** Holds the clock for the transaction: of all processes one moves it at a time. */
export const lockClock = (tx: Sql): Promise<unknown> =>
  tx.rows(sql`select pg_advisory_xact_lock(${CLOCK_LOCK})`);

export async function findMove(db: Sql, id: string): Promise<ClockMove | undefined> {
  const [row] = await db.rows(sql<ClockMove>`
    select id, from_at as "fromAt", to_at as "toAt", reached_at as "reachedAt" from sandbox_move where id = ${id}`);
  return row;
}

async function keepWish(clock: SandboxClock, id: string, wish: WishedMove): Promise<ClockMove> {
  const fromAt = await clock.readAgain();
  const toAt = targetOf(wish, fromAt);
  await clock.database.rows(
    sql`insert into sandbox_move (id, from_at, to_at) values (${id}, ${fromAt}, ${toAt})`,
  );
  return { id, fromAt, toAt, reachedAt: null };
}

function targetOf({ to, by }: WishedMove, now: Date): Date {
  const field = to == null ? 'by' : 'to';
  const { days, hours, minutes } = by ?? {};
  const parts = [days ?? 0, hours ?? 0, minutes ?? 0];
  new Checks()
    .that((to == null) !== (by == null), 'to', 'Name a moment or a length: "to" or "by", not both.')
    .that(
      parts.every((part) => part >= 0),
      'by',
      'A length goes forward: no part of it is below 0.',
    )
    .done();
  const [d = 0, h = 0, m = 0] = parts;
  const target = to ?? new Date(now.getTime() + d * DAY_MS + h * 3_600_000 + m * 60_000);
  const ahead = target.getTime() - now.getTime();
  if (ahead <= 0) {
    const message = `The clock of a sandbox only goes forward, and it is ${now.toISOString()}.`;
    throw wrongState(['input', field], 'LATER_ALREADY', message);
  }
  new Checks()
    .that(ahead <= MOST_DAYS * DAY_MS, field, `A move goes at most ${MOST_DAYS} days forward.`)
    .done();
  return target;
}
