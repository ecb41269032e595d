/**
 * The Gini coefficient of exposures, in basis points rounded up: 0 where all have the same, near 10000 where one has
 * all. Exposures are whole numbers of at least 0; none at all are even.
 */
export function giniBp(exposures: readonly number[]): number {
  const sorted = Float64Array.from(exposures).sort();
  const count = sorted.length;
  let sum = 0;
  let ranked = 0;
  sorted.forEach((exposure, index) => {
    sum += exposure;
    ranked += (2 * (index + 1) - count - 1) * exposure;
  });
  return sum === 0 ? 0 : Math.ceil((ranked * 10_000) / (count * sum));
}
