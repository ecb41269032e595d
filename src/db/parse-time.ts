import pg from 'pg';

const { TIMESTAMPTZ } = pg.types.builtins;
const parseAny = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;

/** The plain form, as PostgreSQL writes times in UTC: 2026-11-26 07:20:39.123456+00. */
const PLAIN_LENGTH = '2026-11-26 07:20:39+00'.length;

/**
 * Reads a timestamptz. Connections work in UTC, so that all but the times of odd years have one form, which is read by its
 * places: the general reading is what a page of rows would spend most of its time on.
 */
export function parseTime(text: string): Date {
  const fraction = text.length - PLAIN_LENGTH;
  // Date.UTC takes the first hundred years for those after 1900.
  const isPlain = fraction >= 0 && text.charCodeAt(4) === DASH && text.endsWith('+00') && text > '0100';
  if (!isPlain) return parseAny(text);
  const ms = fraction === 0 ? 0 : Number(text.slice(20, Math.min(23, text.length - 3)).padEnd(3, '0'));
  const day = Date.UTC(digits(text, 0, 4), digits(text, 5, 2) - 1, digits(text, 8, 2));
  const seconds = digits(text, 11, 2) * 3600 + digits(text, 14, 2) * 60 + digits(text, 17, 2);
  return new Date(day + seconds * 1000 + ms);
}

const DASH = 45;
const ZERO = 48;

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) value = value * 10 + text.charCodeAt(i) - ZERO;
  return value;
}
