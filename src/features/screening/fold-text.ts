import { CHARACTERS, DASHES, FIGURES, LETTERS, PARTS, SIGNS } from './look-alikes.ts';
import { TRADITIONAL } from './traditional.ts';

/**
 * A text without its disguise: full-width forms, other alphabets, traditional characters and capitals are folded into
 * one form, and whatever is neither letter, figure nor per cent is left out. One UTF-16 unit of it is one character.
 */
export interface FoldedText {
  readonly text: string;
  /** The same, unit for unit, with figures read as the letters that they look like. */
  readonly skeleton: string;
  /** Of each unit: where in the source it begins, and where it ends. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Of each unit: whether a word in Latin letters or figures begins or ends with it. */
  readonly starts: readonly boolean[];
  readonly ends: readonly boolean[];
}

interface Unit {
  readonly char: string;
  readonly from: number;
  readonly to: number;
  /** Whether something that parts words stood before it. */
  readonly apart: boolean;
}

const pairsOf = (pairs: string): [string, string][] =>
  Array.from({ length: pairs.length / 2 }, (_, i) => [pairs.charAt(2 * i), pairs.charAt(2 * i + 1)]);
const FOLDED = new Map(pairsOf(TRADITIONAL + LETTERS + CHARACTERS));
const KEPT = /^[\p{L}\p{N}%]$/u;
const MARK = /^\p{M}$/u;
/** Zero-width characters and apostrophes part no words: effec\u200btive, world's. */
const PARTS_NOTHING = /^[\p{Cf}\p{M}'\u2019\u02bc]$/u;
const WORD = /^[a-z0-9]$/;
const LATIN = /[a-z]/i;
const HAN = /\p{Script=Han}/u;

/** All readings of a text: as it stands, with dashes read as 一, and with characters in parts put together. */
export function readingsOf(source: string): FoldedText[] {
  const plain = unitsOf(source, false);
  const readings = [plain];
  if (DASHES.test(source)) readings.push(unitsOf(source, true));
  const joined = joinParts(plain);
  if (joined.length < plain.length) readings.push(joined);
  return readings.map(toFolded);
}

/** A word of a rule, folded as texts are. */
export const foldWord = (word: string): string => toFolded(unitsOf(word, false)).text;

/** Figures read as letters. */
export const skeletonOf = (folded: string): string =>
  folded.replaceAll(/[0-9l]/g, (char) => FIGURES[char] ?? char);

function unitsOf(source: string, dashIsOne: boolean): Unit[] {
  const units: Unit[] = [];
  let apart = true;
  let from = 0;
  for (const char of source) {
    const to = from + char.length;
    const read = readChar(source, from, char, dashIsOne);
    for (const piece of read) {
      if (KEPT.test(piece)) {
        if (!isStutter(units, piece, apart))
          units.push({ char: FOLDED.get(piece) ?? piece, from, to, apart });
        apart = false;
      } else if (!PARTS_NOTHING.test(piece)) apart = true;
    }
    from = to;
  }
  return units;
}

/** What a character of the source is read as: a sign between Latin letters is one, a dash after 第 may be 一. */
function readChar(source: string, at: number, char: string, dashIsOne: boolean): string {
  const before = source.charAt(at - 1);
  const after = source.charAt(at + char.length);
  const sign = SIGNS[char];
  if (sign !== undefined && LATIN.test(before) && LATIN.test(after)) return sign;
  if (dashIsOne && DASHES.test(char) && HAN.test(before)) return '一';
  const pieces = char.normalize('NFKD').toLowerCase();
  // What needs two units, such as an emoji, parts words as any sign does.
  return [...pieces]
    .map((piece) => (piece.length === 1 ? piece : ' '))
    .filter((piece) => !MARK.test(piece))
    .join('');
}

/** A letter written three times or more is read once; figures are not: 1000 is not 10. */
function isStutter(units: Unit[], piece: string, apart: boolean): boolean {
  const last = units.at(-1)?.char;
  if (apart || /[0-9%]/.test(piece) || last !== piece) return false;
  const third = units.at(-2)?.char === piece;
  if (third) units.pop();
  return third;
}

function joinParts(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    const whole = last && PARTS[last.char + unit.char];
    if (last === undefined || whole === undefined) joined.push(unit);
    else joined[joined.length - 1] = { ...last, char: whole, to: unit.to };
  }
  return joined;
}

function toFolded(units: readonly Unit[]): FoldedText {
  const text = units.map(({ char }) => char).join('');
  const isWord = units.map(({ char }) => WORD.test(char));
  const starts = units.map(({ apart }, i) => apart || !isWord[i - 1] || !isWord[i]);
  return {
    text,
    skeleton: skeletonOf(text),
    from: units.map(({ from }) => from),
    to: units.map(({ to }) => to),
    starts,
    ends: units.map((_, i) => starts[i + 1] ?? true),
  };
}
