import { type RawBuilder, sql } from 'kysely';
import { failure } from './errors.ts';

/** Days of the alliance's time zone by their dates, both included; what is left out follows from the other or today. */
export interface Days {
  readonly from?: Date | null;
  readonly to?: Date | null;
}

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Throws BAD_USER_INPUT for days that lie the wrong way round, for too many of them, and for years that are none. */
export function checkDays({ from, to }: Days, most: number): void {
  const years = [from, to].flatMap((day) => (day == null ? [] : [day.getUTCFullYear()]));
  const days = from == null || to == null ? 1 : (to.getTime() - from.getTime()) / DAY_MS + 1;
  if (days >= 1 && days <= most && years.every((year) => year >= 1970 && year < 9999)) return;
  throw failure('BAD_USER_INPUT', `"from" and "to" are days, the first and the last of at most ${most}.`);
}

/** SQL: the days as the table `z` of one row, with the time zone: `first` and `last`, both included. */
export const daysAsked = ({ from, to }: Days, now: Date): RawBuilder<unknown> => {
  const [first, last] = [from, to].map((day) => sql`${day?.toISOString().slice(0, 10) ?? null}::date`);
  const today = sql`(${now}::timestamptz at time zone time_zone)::date`;
  const days = sql.lit(DEFAULT_DAYS - 1);
  return sql`(select time_zone, coalesce(${first}, ${last} - ${days}, ${today} - ${days}) as first,
    coalesce(${last}, ${first} + ${days}, ${today}) as last from alliance) z`;
};
