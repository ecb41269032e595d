/** A small seeded source of chance, so that a demo looks the same on every machine. Not for secrets. */
export interface Random {
  /** A whole number of 32 bits, 0 or more. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** True in `perMille` of a thousand cases. */
  chance(perMille: number): boolean;
  /** One of the items, each as likely as any other. Throws when there are none. */
  pick<T>(items: readonly T[]): T;
  /** One of the items by its whole, non-negative weight. Throws when the weights sum to nothing. */
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T;
  /** The items in another order; the given list stays as it is. */
  shuffle<T>(items: readonly T[]): T[];
  /** `count` different items, fewer when there are not that many. */
  sample<T>(items: readonly T[], count: number): T[];
}

/** Turns a name into a seed (FNV-1a), so that each part of the demo can draw from a stream of its own. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 0;
}

/** A stream of the mulberry32 generator: one word of state, good enough for content. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  // The remainder favours small numbers by less than one in a million for the ranges used here.
  const int = (from: number, to: number): number => from + (next() % (to - from + 1));
  const shuffle = <T>(items: readonly T[]): T[] => {
    const result = [...items];
    for (let last = result.length - 1; last > 0; last -= 1) {
      const other = int(0, last);
      [result[last], result[other]] = [result[other]!, result[last]!];
    }
    return result;
  };
  return {
    next,
    int,
    shuffle,
    chance: (perMille) => int(0, 999) < perMille,
    pick: (items) => at(items, int(0, Math.max(0, items.length - 1))),
    weighted: (items, weightOf) => weighted(int, items, weightOf),
    sample: (items, count) => shuffle(items).slice(0, count),
  };
}

function at<T>(items: readonly T[], index: number): T {
  if (index >= items.length) throw new Error('nothing to pick from');
  return items[index]!;
}

function weighted<T>(
  int: (from: number, to: number) => number,
  items: readonly T[],
  weightOf: (item: T) => number,
): T {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  if (total <= 0) throw new Error('nothing to pick from');
  let left = int(1, total);
  for (const item of items) {
    left -= weightOf(item);
    if (left <= 0) return item;
  }
  throw new Error('weights are not whole numbers');
}
