import { isInGuardWindow, nextMidnight, startOfDayAfter } from '../../kernel/local-time.ts';

/** From when a block holds for what runs, and until when those who promote may go on under the alliance's lock days. */
export interface BlockDates {
  readonly takesEffectAt: Date;
  readonly runningUntil: Date;
}

/**
 * A block is a cut, and takes effect at the next midnight of the alliance. It is never refused, since nobody has to wait
 * to be rid of somebody; but in the ten minutes before midnight, when a cut would be, it takes effect a day later.
 */
export function blockDates(now: Date, timeZone: string, rateLockDays: number): BlockDates {
  const midnight = nextMidnight(now, timeZone);
  const takesEffectAt = isInGuardWindow(now, timeZone) ? nextMidnight(midnight, timeZone) : midnight;
  return { takesEffectAt, runningUntil: startOfDayAfter(takesEffectAt, rateLockDays, timeZone) };
}
