import { Temporal } from 'temporal-polyfill';

/** Minutes before midnight in which nothing may be scheduled for it: 23:50–24:00 (domain.md, "Plans and terms"). */
const GUARD_MINUTES = 10;

const zoned = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);

const toDate = ({ epochMilliseconds }: Temporal.ZonedDateTime): Date => new Date(epochMilliseconds);

/** The first moment of the next day in a time zone: the day may have 23 or 25 hours where clocks change. */
export const nextMidnight = (at: Date, timeZone: string): Date =>
  toDate(zoned(at, timeZone).add({ days: 1 }).startOfDay());

/** The first moment of the day, so many days after the day of `at`, in a time zone. */
export const startOfDayAfter = (at: Date, days: number, timeZone: string): Date =>
  toDate(zoned(at, timeZone).add({ days }).startOfDay());

/** The first full hour on the clocks of a time zone that is not before the moment. */
export const fullHourFrom = (at: Date, timeZone: string): Date =>
  toDate(zoned(at, timeZone).round({ smallestUnit: 'hour', roundingMode: 'ceil' }));

/**
 * The end of the day, so many months after the day of `at`, in a time zone: the first moment that no longer belongs to
 * it. The 31st of a month that has none is its last day.
 */
export const endOfDayMonthsAfter = (at: Date, months: number, timeZone: string): Date =>
  toDate(zoned(at, timeZone).add({ months }).add({ days: 1 }).startOfDay());

/** Whether the next midnight is so near that nothing may be scheduled for it any more. */
export const isInGuardWindow = (at: Date, timeZone: string): boolean =>
  nextMidnight(at, timeZone).getTime() - at.getTime() <= GUARD_MINUTES * 60_000;
