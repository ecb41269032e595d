import { fullHourFrom, nextMidnight } from '../../kernel/local-time.ts';
import { SetUpError } from '../../kernel/set-up-error.ts';
import { findAlliance } from '../account/index.ts';
import { earliestWaiting, nextDue } from './next-due.ts';
import type { SandboxClock } from './sandbox-clock.ts';
import type { Pace } from './sandbox-job.ts';

/** How long, of real time, and where to tell how far it has come. */
export interface Passing {
  /** Ends at the first stop after this many real milliseconds, never before one; without end when left out. */
  readonly patienceMs?: number;
  readonly onStop?: (at: Date) => void;
}

/**
 * Lets time pass until a moment, and gives the moment that was reached: the target, or the last stop that there was
 * patience for. The clock goes from stop to stop: the alliance's midnights, every moment at which a timer is due, the full
 * hours at which there is something to settle, and the target. At each it is put forward first, and then what is due is
 * done. What the stop before has left undone, because a process was cut short there, is done before all else: the jobs
 * find by themselves what is due.
 */
export async function passTime(clock: SandboxClock, target: Date, passing: Passing = {}): Promise<Date> {
  const until = performance.now() + (passing.patienceMs ?? Number.POSITIVE_INFINITY);
  const timeZone = await timeZoneOf(clock);
  let at = await clock.readAgain();
  await runJobs(clock, at, pacesAt(at, timeZone));
  while (at < target) {
    at = await nextStop(clock, at, target, timeZone);
    await clock.put(at);
    await runJobs(clock, at, pacesAt(at, timeZone, target));
    passing.onStop?.(at);
    if (performance.now() >= until) break;
  }
  return at;
}

async function timeZoneOf({ database }: SandboxClock): Promise<string> {
  const alliance = await findAlliance(database);
  if (alliance === undefined) throw new SetUpError('The alliance of the sandbox has not been founded.');
  return alliance.timeZone;
}

async function nextStop(clock: SandboxClock, at: Date, target: Date, timeZone: string): Promise<Date> {
  const due = await nextDue(clock.database, at);
  const waiting = await earliestWaiting(clock.database);
  const stops = [
    target,
    nextMidnight(at, timeZone),
    // Columns hold microseconds, of which a Date knows nothing: never the same moment twice.
    ...(due ? [later(due, at)] : []),
    ...(waiting ? [fullHourFrom(later(waiting, at), timeZone)] : []),
  ];
  return new Date(Math.min(...stops.map((stop) => stop.getTime())));
}

/** The moment, or just after the other one if that is later. */
const later = (moment: Date, than: Date): Date => new Date(Math.max(moment.getTime(), than.getTime() + 1));

function pacesAt(at: Date, timeZone: string, target?: Date): Pace[] {
  const isMidnight = nextMidnight(new Date(at.getTime() - 1), timeZone).getTime() === at.getTime();
  const isFullHour = fullHourFrom(at, timeZone).getTime() === at.getTime();
  const isTarget = at.getTime() === target?.getTime();
  const paces: Record<Pace, boolean> = {
    EVERY_STOP: true,
    FULL_HOURS: isFullHour,
    MIDNIGHTS: isMidnight,
    MIDNIGHTS_AND_TARGET: isMidnight || isTarget,
  };
  return (Object.keys(paces) as Pace[]).filter((pace) => paces[pace]);
}

async function runJobs({ jobs, database }: SandboxClock, at: Date, paces: readonly Pace[]): Promise<void> {
  for (const { pace, run } of jobs) if (paces.includes(pace)) await run(database, at);
}
