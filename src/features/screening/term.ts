import { foldWord, skeletonOf } from './fold-text.ts';

/** A term as it is looked for: in the folded text, and in its skeleton where it would look for something else there. */
export interface Term {
  readonly plain: RegExp;
  readonly skeleton?: RegExp;
}

const GAP = '.{0,8}';
const NUMBER = { plain: '[0-9]+', skeleton: '[oieastbg26]+' } as const;
/** Groups stand side by side and not one in another; each bar parts two texts, one of which may be empty. */
const SHAPE = /^(?:[^()|]|\([^()|]*(?:\|[^()|]*)+\))+$/u;
const PIECES = /[()|#~]|[^()|#~]+/gu;
const MOST_GAPS = 3;

/**
 * What is wrong with a term, or undefined. What is allowed is bounded so that looking for it takes time in proportion
 * to the text: no repetition but a figure's, and three gaps of eight characters.
 */
export function termProblem(term: string): string | undefined {
  if (!SHAPE.test(term)) return 'A group is (one|another), without a group in it.';
  const literals = term.replaceAll(/[()|#~]/gu, '');
  if (foldWord(literals).length < 1) return 'A term has a letter or a figure.';
  if (new RegExp(`^(?:${sourcesOf(term).plain})$`, 'u').test(''))
    return 'A term cannot be empty in each of its groups.';
  if ([...term].filter((char) => char === '~').length > MOST_GAPS)
    return `A term has at most ${MOST_GAPS} gaps ~.`;
  return /^~|~$|#{2}|~{2}/u.test(term) ? 'Gaps stand between characters, and figures apart.' : undefined;
}

/** Makes a term ready. Throws for one that termProblem does not pass. */
export function compileTerm(term: string): Term {
  const problem = termProblem(term);
  if (problem !== undefined) throw new Error(`${term}: ${problem}`);
  const { plain, skeleton } = sourcesOf(term);
  const isOther = /[a-z0-9]/.test(plain.replaceAll(GAP, ''));
  return { plain: new RegExp(plain, 'gu'), skeleton: isOther ? new RegExp(skeleton, 'gu') : undefined };
}

/** The two regular expressions of a term; nothing of it stays that means something in one but what is meant here. */
function sourcesOf(term: string): { readonly plain: string; readonly skeleton: string } {
  const pieces = term.match(PIECES) ?? [];
  const build = (fold: (literal: string) => string, number: string) =>
    pieces.map((piece) => sourceOf(piece, fold, number)).join('');
  return {
    plain: build(foldWord, NUMBER.plain),
    skeleton: build((literal) => skeletonOf(foldWord(literal)), NUMBER.skeleton),
  };
}

function sourceOf(piece: string, fold: (literal: string) => string, number: string): string {
  if (piece === '(') return '(?:';
  if (piece === ')' || piece === '|') return piece;
  if (piece === '#') return number;
  return piece === '~' ? GAP : fold(piece);
}
