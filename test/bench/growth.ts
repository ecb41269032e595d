import type { Goal } from './goals.ts';
import type { Row } from './rounds.ts';

const MOST_GROWTH = 1.3;

/** How much longer each operation takes on the larger data. */
export function growthGoals(before: readonly Row[], after: readonly Row[]): Goal[] {
  return before.flatMap(({ operation, concurrency, median }) => {
    const other = after.find((row) => row.operation === operation && row.concurrency === concurrency)?.median;
    if (other === undefined) return [];
    return (['p50Ms', 'p99Ms'] as const).map(
      (name): Goal => ({
        what: `${operation} at ${concurrency}: ${name.slice(0, 3)} on the larger data of that on the smaller`,
        measured: other[name] / median[name],
        bound: 'at most',
        wanted: MOST_GROWTH,
      }),
    );
  });
}
