/** So many ten-thousandths of a whole number, rounded down. For exposures and other counts; money has `share`. */
export const ofTenThousand = (count: number, parts: number): number => Math.floor((count * parts) / 10_000);

/** A part of a count in basis points, rounded down; of nothing it is all. */
export const partBp = (part: number, count: number): number =>
  count === 0 ? 10_000 : Math.floor((part * 10_000) / count);
