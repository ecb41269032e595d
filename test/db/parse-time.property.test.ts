import fc from 'fast-check';
import pg from 'pg';
import { expect, it } from 'vitest';
import { parseTime } from '../../src/db/parse-time.ts';

const general = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;
const two = (n: number) => String(n).padStart(2, '0');

it('reads every form of a time as the general reading does', () => {
  const time = fc
    .record({
      year: fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 10_000, max: 200_000 })),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      clock: fc.tuple(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 59 }),
      ),
      fraction: fc.oneof(fc.constant(''), fc.stringMatching(/^\.[0-9]{1,6}$/)),
      zone: fc.constantFrom('+00', '+00', '+00', '+08', '-03:30', '+00 BC'),
    })
    .map(
      ({ year, month, day, clock, fraction, zone }) =>
        `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${clock.map(two).join(':')}${fraction}${zone}`,
    );
  fc.assert(
    fc.property(time, (text) => {
      expect(parseTime(text).getTime()).toBe(general(text).getTime());
    }),
    { numRuns: 5_000 },
  );
});

it.each(['infinity', '-infinity'])('reads %s', (text) => {
  expect(parseTime(text)).toEqual(general(text));
});
