import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../src/kernel/ids.ts';

const msecsOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-08-01T00:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a new id', () => {
  it('sorts after all before it, also within a millisecond and while the clock is put back a little', () => {
    const ids: string[] = [];
    for (const backBy of [0, 0, 1, 9_999]) {
      vi.setSystemTime(new Date('2026-08-01T00:00:00Z').getTime() - backBy);
      for (let i = 0; i < 10_000; i++) ids.push(newId());
    }
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(40_000);
  });

  it('is of the present time, also when the clock was far ahead before', () => {
    for (const time of ['2026-12-01T00:00:00Z', '2026-07-10T00:00:00Z', '2026-07-10T00:00:01Z']) {
      vi.setSystemTime(time);
      expect(msecsOf(newId())).toBe(Date.parse(time));
    }
  });
});
