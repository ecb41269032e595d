import { formsOf } from './word-forms.ts';

/** Characters of a text that are read: far above any title with its brand and category. */
export const MAX_INDEXED_CHARS = 1000;
/** Tokens of one text: about what the longest text in either language makes. */
export const MAX_TOKENS = 2500;
/** Characters of a query that are read, and terms that it may have. */
export const MAX_QUERY_CHARS = 200;
export const MAX_QUERY_TERMS = 16;
/** A longer word is cut, in texts and queries alike, so that it still finds itself. */
export const MAX_WORD_CHARS = 40;

/** One thing a query asks for. A text matches it when it has all of the tokens. */
export interface QueryTerm {
  /** Han: Chinese characters. Latin: words and numbers of every other script; only these can hold slips. */
  readonly kind: 'han' | 'latin';
  /** Each of these must be among `wordsOf` of the text. Never empty. */
  readonly tokens: readonly string[];
  /** What the searcher wrote, folded. */
  readonly word: string;
}

const RUN = /(?<han>\p{Script=Han}+)|[[\p{L}\p{N}]--\p{Script=Han}][[\p{L}\p{N}\p{M}]--\p{Script=Han}]*/gv;
/** Accents, and the marks that make emoji of digits. */
const MARKS = /[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]/gu;
const APOSTROPHE = /(?<=\p{L})['\u2019\u02bc](?=\p{L})/gu;
const PARTS = /\p{N}+|[^\p{N}]+/gu;
const LETTERS = /^\p{L}+$/u;

/** Words that titles leave out and put in at will; a query that has others does without them. */
const FILLERS = new Set([...'的了和与及或在是之', ...'a an and for in of on or the to with'.split(' ')]);

// Where it cuts depends on the ICU of the Node version; nothing below loses a match when that changes.
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * The tokens under which a text is found (a title, a brand, a category; Chinese and English mixed), without
 * repetition. Chinese gives every character, every two neighbours and the longer words of the dictionary, so
 * that any two-character word is found wherever the dictionary would have cut. Other words come with their
 * singulars and plurals; words that mix letters and digits (500ml) also with their parts.
 * Never throws; reads `MAX_INDEXED_CHARS` and gives `MAX_TOKENS` at most.
 */
export function wordsOf(text: string): string[] {
  const tokens = new Set<string>();
  for (const { kind, run } of runsOf(text, MAX_INDEXED_CHARS)) {
    for (const token of kind === 'han' ? hanTokens(run) : latinTokens(run)) tokens.add(token);
  }
  return [...tokens].slice(0, MAX_TOKENS);
}

/**
 * The terms of a search query; a text should match all of them. Two Chinese characters are one term and must
 * stand together; a longer run is cut into words. Nothing to look for (punctuation, emoji) gives an empty
 * list. Never throws; reads `MAX_QUERY_CHARS` and gives `MAX_QUERY_TERMS` at most.
 */
export function queryWords(text: string): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  for (const { kind, run } of runsOf(text, MAX_QUERY_CHARS)) {
    for (const word of kind === 'han' ? hanWords(run) : [run]) {
      const tokens = kind === 'han' ? pairsOf(word) : askedParts(word);
      terms.set(word, { kind, tokens, word });
    }
  }
  const all = [...terms.values()];
  const telling = all.filter((term) => !FILLERS.has(term.word));
  return (telling.length > 0 ? telling : all).slice(0, MAX_QUERY_TERMS);
}

/** The words of a text that a misspelt query word may have meant: letters only, as written, not Chinese. */
export function vocabularyOf(text: string): string[] {
  const words = new Set<string>();
  for (const { kind, run } of runsOf(text, MAX_INDEXED_CHARS)) {
    if (kind === 'han') continue;
    for (const part of partsOf(run)) if (LETTERS.test(part)) words.add(part);
  }
  return [...words];
}

/** Folds width, case, compatibility forms and accents, then cuts the text into runs of Han and of other letters. */
function* runsOf(text: string, maxChars: number): Generator<{ kind: QueryTerm['kind']; run: string }> {
  const folded = text
    .slice(0, maxChars)
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC')
    .replace(APOSTROPHE, '');
  for (const match of folded.matchAll(RUN)) {
    if (match.groups?.han !== undefined) yield { kind: 'han', run: match.groups.han };
    else yield { kind: 'latin', run: [...match[0]].slice(0, MAX_WORD_CHARS).join('') };
  }
}

function hanTokens(run: string): readonly string[] {
  const longWords = segmentsOf(run).filter((word) => [...word].length > 2);
  return [...run, ...pairsOf(run), ...longWords];
}

function latinTokens(run: string): readonly string[] {
  return [run, ...partsOf(run)].flatMap(formsOf);
}

/** Every two neighbouring characters of a Han run; the character itself where it stands alone. */
function pairsOf(run: string): readonly string[] {
  const chars = [...run];
  if (chars.length < 2) return chars;
  return chars.slice(1).map((char, before) => `${chars[before]}${char}`);
}

/** A searcher's two characters mean one word, whatever the dictionary thinks of them. */
const hanWords = (run: string): readonly string[] => ([...run].length <= 2 ? [run] : segmentsOf(run));

const segmentsOf = (run: string): readonly string[] =>
  [...segmenter.segment(run)].map(({ segment }) => [...segment].slice(0, MAX_WORD_CHARS).join(''));

const partsOf = (word: string): readonly string[] => word.match(PARTS) ?? [word];

/** `500ml` also asks for `500 ml`; but `a4` is not any text with an `a` and a `4` in it. */
function askedParts(word: string): readonly string[] {
  const parts = partsOf(word);
  return parts.some((part) => part.length === 1 && LETTERS.test(part)) ? [word] : parts;
}
