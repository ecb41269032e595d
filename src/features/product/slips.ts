/** A word of the pool's vocabulary and in how many products it stands. */
export interface KnownWord {
  readonly word: string;
  readonly frequency: number;
}

/** A word that a misspelt one may have meant, and how many slips lie between the two. */
export interface Correction extends KnownWord {
  readonly slips: number;
}

/** Suggestions that one misspelt word gets. */
export const MAX_CORRECTIONS = 3;

const LETTERS = /^\p{L}+$/u;

/**
 * How many slips a query word of this kind may hold: none in short words and in numbers and model names,
 * where a neighbour is another thing; one in words of four or five letters, two in longer ones.
 */
export function slipsAllowed(word: string): 0 | 1 | 2 {
  const letters = [...word].length;
  if (letters < 4 || !LETTERS.test(word)) return 0;
  return letters < 6 ? 1 : 2;
}

/**
 * The known words that the misspelt one may have meant, best first: fewer slips, then the same first letter
 * (which people rarely miss), then the more frequent word, then the alphabet so that the order is stable.
 * Both sides are folded as `vocabularyOf` and `queryWords` fold them. Never throws.
 */
export function rankCorrections(misspelt: string, known: Iterable<KnownWord>): Correction[] {
  const allowed = slipsAllowed(misspelt);
  const corrections: Correction[] = [];
  if (allowed > 0) {
    for (const { word, frequency } of known) {
      const slips = slipsBetween(misspelt, word, allowed);
      if (slips <= allowed) corrections.push({ word, frequency, slips });
    }
  }
  const elsewhere = ({ word }: Correction) => (word[0] === misspelt[0] ? 0 : 1);
  corrections.sort(
    (a, b) =>
      a.slips - b.slips ||
      elsewhere(a) - elsewhere(b) ||
      b.frequency - a.frequency ||
      (a.word < b.word ? -1 : 1),
  );
  return corrections.slice(0, MAX_CORRECTIONS);
}

/**
 * The slips between two words: letters missing, added, mistaken, or two neighbours swapped, each of which
 * counts once (Damerau–Levenshtein in its optimal-string-alignment form). Gives Infinity when the lengths
 * alone differ by more than `atMost`, so that a long vocabulary is passed over quickly.
 */
export function slipsBetween(a: string, b: string, atMost: number): number {
  const from = [...a];
  const to = [...b];
  if (Math.abs(from.length - to.length) > atMost) return Number.POSITIVE_INFINITY;
  let twoBack: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const mistaken = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      let slips = Math.min(mistaken, previous[column]! + 1, current[column - 1]! + 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) slips = Math.min(slips, twoBack[column - 2]! + 1);
      current.push(slips);
    }
    twoBack = previous;
    previous = current;
  }
  return previous[to.length]!;
}
