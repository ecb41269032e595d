import { expect, it } from 'vitest';
import { blockDates } from '../../src/features/block/block-dates.ts';

it.each([
  [
    'in the morning',
    '2026-06-16T02:00:00.000Z',
    'Asia/Shanghai',
    0,
    '2026-06-16T16:00:00.000Z',
    '2026-06-16T16:00:00.000Z',
  ],
  [
    'with lock days',
    '2026-06-16T02:00:00.000Z',
    'Asia/Shanghai',
    3,
    '2026-06-16T16:00:00.000Z',
    '2026-06-19T16:00:00.000Z',
  ],
  [
    'a moment before the guard window',
    '2026-06-16T15:49:59.999Z',
    'Asia/Shanghai',
    0,
    '2026-06-16T16:00:00.000Z',
    '2026-06-16T16:00:00.000Z',
  ],
  [
    'in the guard window',
    '2026-06-16T15:50:00.000Z',
    'Asia/Shanghai',
    1,
    '2026-06-17T16:00:00.000Z',
    '2026-06-18T16:00:00.000Z',
  ],
  [
    'at midnight',
    '2026-06-16T16:00:00.000Z',
    'Asia/Shanghai',
    0,
    '2026-06-17T16:00:00.000Z',
    '2026-06-17T16:00:00.000Z',
  ],
  [
    'as clocks go forward',
    '2026-03-28T12:00:00.000Z',
    'Europe/Berlin',
    1,
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ],
  [
    'as clocks go back',
    '2026-10-24T21:55:00.000Z',
    'Europe/Berlin',
    1,
    '2026-10-25T23:00:00.000Z',
    '2026-10-26T23:00:00.000Z',
  ],
])('%s', (_when, now, timeZone, days, takesEffectAt, runningUntil) => {
  const dates = blockDates(new Date(now), timeZone, days);
  expect([dates.takesEffectAt.toISOString(), dates.runningUntil.toISOString()]).toEqual([
    takesEffectAt,
    runningUntil,
  ]);
});
