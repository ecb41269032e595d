/** Where the application takes the time from. The sandbox and tests put their own in its place. */
export interface Clock {
  now(): Date;
  /** Of a clock that is moved by hand: the one of the machine, which networks and receivers go by. */
  readonly machine?: Clock;
}

export const systemClock: Clock = { now: () => new Date() };

/** The time that the machine and the network go by, also in a sandbox. */
export const machineNow = (clock: Clock): Date => (clock.machine ?? clock).now();
