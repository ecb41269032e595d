/** Where the application takes the time from. The sandbox and tests put their own in its place. */
export interface Clock {
  now(): Date;
  /** Of a clock that is moved by hand: the one of the machine, which networks and receivers go by. */
  readonly machine?: Clock;
}

export const systemClock: Clock = { now: () => new Date() };

/** How far the clocks of those who report may be ahead of ours. */
const AHEAD_MS = 60_000;

/** Whether one moment is not after another, by clocks that may differ by a minute. */
export const notAfter = (one: Date, other: Date): boolean => one.getTime() <= other.getTime() + AHEAD_MS;

/** The time that the machine and the network go by, also in a sandbox. */
export const machineNow = (clock: Clock): Date => (clock.machine ?? clock).now();
