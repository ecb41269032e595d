import { Temporal } from 'temporal-polyfill';
import type { PolicyRow } from '../account/index.ts';

/**
 * The period of a schedule that a moment lies in, by the days of a time zone: its kind and first day, such as
 * `WEEKLY 2026-06-15`. Weeks begin on Monday (ISO 8601). Undefined where nothing is paid by itself.
 */
export function periodOf(
  schedule: PolicyRow['payoutSchedule'],
  at: Date,
  timeZone: string,
): string | undefined {
  const day = dayOf(at, timeZone);
  switch (schedule) {
    case 'NONE':
      return undefined;
    case 'DAILY':
      return `DAILY ${day}`;
    case 'WEEKLY':
      return `WEEKLY ${day.subtract({ days: day.dayOfWeek - 1 })}`;
    case 'MONTHLY':
      return `MONTHLY ${day.with({ day: 1 })}`;
  }
}

/** The day of a moment in a time zone, such as 2026-06-16. */
export const localDay = (at: Date, timeZone: string): string => dayOf(at, timeZone).toString();

const dayOf = (at: Date, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
