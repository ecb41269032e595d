import { describe, expect, it } from 'vitest';
import {
  endOfDayMonthsAfter,
  isInGuardWindow,
  nextMidnight,
  startOfDayAfter,
} from '../../src/kernel/local-time.ts';

const at = (text: string) => new Date(text);

describe('local time', () => {
  it.each([
    ['Asia/Shanghai', '2026-06-16T15:59:59.999Z', '2026-06-16T16:00:00.000Z'],
    ['Asia/Shanghai', '2026-06-16T16:00:00.000Z', '2026-06-17T16:00:00.000Z'],
    ['Europe/Berlin', '2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    // Clocks went from midnight to one o'clock: the day began at one.
    ['America/Sao_Paulo', '2018-11-03T12:00:00.000Z', '2018-11-04T03:00:00.000Z'],
  ])('in %s the midnight after %s is %s', (zone, now, midnight) => {
    expect(nextMidnight(at(now), zone).toISOString()).toBe(midnight);
  });

  it.each([
    ['2026-06-16T15:49:59.999Z', false],
    ['2026-06-16T15:50:00.000Z', true],
    ['2026-06-16T15:59:59.999Z', true],
    ['2026-06-16T16:00:00.000Z', false],
  ])('in Shanghai %s is in the guard window: %s', (now, guarded) => {
    expect(isInGuardWindow(at(now), 'Asia/Shanghai')).toBe(guarded);
  });

  it.each([
    ['Asia/Shanghai', '2026-06-16T15:59:59.999Z', 12, '2027-06-16T16:00:00.000Z'],
    ['Asia/Shanghai', '2026-06-16T16:00:00.000Z', 12, '2027-06-17T16:00:00.000Z'],
    ['Asia/Shanghai', '2027-12-30T16:00:00.000Z', 2, '2028-02-29T16:00:00.000Z'],
    ['Europe/Berlin', '2026-01-31T10:00:00.000Z', 1, '2026-02-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-02-28T23:00:00.000Z', 1, '2026-04-01T22:00:00.000Z'],
    ['Europe/Berlin', '2026-09-24T22:00:00.000Z', 1, '2026-10-25T23:00:00.000Z'],
  ])('in %s the day %s, %i months on, ends at %s', (zone, now, months, end) => {
    expect(endOfDayMonthsAfter(at(now), months, zone).toISOString()).toBe(end);
  });

  it('counts days by the calendar, also over a change of clocks', () => {
    const start = nextMidnight(at('2026-03-27T12:00:00Z'), 'Europe/Berlin');
    expect(startOfDayAfter(start, 30, 'Europe/Berlin').toISOString()).toBe('2026-04-26T22:00:00.000Z');
    expect(startOfDayAfter(start, 0, 'Europe/Berlin')).toEqual(start);
  });
});
