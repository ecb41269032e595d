import pg from 'pg';
import { UUID } from '../kernel/ids.ts';

const TEXT_ARRAY = 1009 as number;
const parseAny = pg.types.getTypeParser(TEXT_ARRAY) as (text: string) => (string | null)[];

/** Ids, codes and whole numbers: what stands in an array without quotes. */
const PLAIN = /^\{[\w:.-]+(,[\w:.-]+)*\}$/;
const HAS_NULL = /[{,]NULL[,}]/;

/**
 * Makes the reader of an array of one dimension whose items are read by `read`. Items that need no quotes are taken apart at
 * their commas: pg's general reading looks at each character, and for a page of rows it took as much memory as the rows.
 */
export const arrayOf =
  <Item>(read: (text: string) => Item) =>
  (text: string): (Item | null)[] => {
    if (text === '{}') return [];
    if (PLAIN.test(text) && !HAS_NULL.test(text)) return text.slice(1, -1).split(',').map(read);
    return parseAny(text).map((item) => (item === null ? null : read(item)));
  };

/** Arrays of ids, as which keys are bound, as PostgreSQL reads them; any other value is left to pg. */
export function boundValue(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isIdOrNull)) return value;
  return `{${value.map((item) => item ?? 'NULL').join(',')}}`;
}

const isIdOrNull = (item: unknown): boolean => item === null || (typeof item === 'string' && UUID.test(item));
