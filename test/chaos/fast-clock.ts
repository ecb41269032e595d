import type { Clock } from '../../src/kernel/clock.ts';

/** A time that begins in the past and runs fast; told to other processes as text. */
export class FastClock implements Clock {
  constructor(
    /** The machine's time when it began, in milliseconds. */
    readonly beganMs: number,
    /** The time that it began at, in milliseconds. */
    readonly fromMs: number,
    /** How many times faster it runs than the machine's. */
    readonly factor: number,
  ) {}

  static parse(text: string): FastClock {
    const [beganMs = 0, fromMs = 0, factor = 1] = text.split(',').map(Number);
    return new FastClock(beganMs, fromMs, factor);
  }

  toString(): string {
    return [this.beganMs, this.fromMs, this.factor].join();
  }

  now(): Date {
    return new Date(this.fromMs + (Date.now() - this.beganMs) * this.factor);
  }
}
