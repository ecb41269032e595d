import { Temporal } from 'temporal-polyfill';

/** A calendar month in the alliance's time zone. */
export interface Month {
  /** Such as `2026-07`. */
  readonly month: string;
  readonly startsAt: Date;
  /** The first moment of the next month. */
  readonly endsAt: Date;
}

const LABEL = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Whether the text names a month, such as `2026-07`. */
export const isMonth = (text: string): boolean => LABEL.test(text);

/** The month that a moment belongs to, in an IANA time zone. */
export function monthAt(at: Date, timeZone: string): Month {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  const month = zoned.toPlainDate().toPlainYearMonth();
  const startOf = (each: Temporal.PlainYearMonth): Date =>
    new Date(each.toPlainDate({ day: 1 }).toZonedDateTime(timeZone).startOfDay().epochMilliseconds);
  return { month: month.toString(), startsAt: startOf(month), endsAt: startOf(month.add({ months: 1 })) };
}
