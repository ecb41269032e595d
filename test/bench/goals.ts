import type { ContenderName } from './contenders.ts';
import type { OperationName } from './operations.ts';
import type { Row } from './rounds.ts';

/** One goal of the project beside what was measured. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  /** The least, or the most, that it may be. */
  readonly bound: 'at least' | 'at most';
  readonly wanted: number;
}

/** Whether it is met, and else by how much it is missed, as a share of what is wanted. */
export function standingOf({ measured, bound, wanted }: Goal): { met: boolean; missedBy: number } {
  const missing = bound === 'at least' ? 1 - measured / wanted : measured / wanted - 1;
  return { met: missing <= 0, missedBy: Math.max(0, missing) };
}

const LOADED = [16, 64];
const OF_RAW = 0.9;
const OF_PLAIN = 8;
const OF_POSTGRAPHILE: Readonly<Record<OperationName, number>> = {
  poolPage: 1.8,
  creatorEarnings: 1.2,
  agencyView: 1.5,
};
const MOST_OF_RAW_P50 = 2;

/** The goals of reading, as far as the contenders that they speak of were there. */
export function readingGoals(rows: readonly Row[]): Goal[] {
  const ours = rows.filter(({ contender }) => contender === 'alliance');
  return ours.flatMap(({ operation, concurrency, median }): Goal[] => {
    const other = (name: ContenderName) =>
      rows.find(
        (row) => row.contender === name && row.operation === operation && row.concurrency === concurrency,
      )?.median;
    const goal = (name: ContenderName, wanted: number): Goal[] => {
      const theirs = other(name);
      if (theirs === undefined || !LOADED.includes(concurrency)) return [];
      const what = `${operation} at ${concurrency}: throughput of ${name}'s`;
      return [{ what, measured: median.perSecond / theirs.perSecond, bound: 'at least', wanted }];
    };
    const raw = other('raw');
    const alone: Goal[] =
      raw === undefined || concurrency !== 1
        ? []
        : [
            {
              what: `${operation} at 1: p50 of raw's`,
              measured: median.p50Ms / raw.p50Ms,
              bound: 'at most',
              wanted: MOST_OF_RAW_P50,
            },
          ];
    return [
      ...goal('raw', OF_RAW),
      ...goal('postgraphile', OF_POSTGRAPHILE[operation]),
      ...goal('plain', OF_PLAIN),
      ...alone,
    ];
  });
}
