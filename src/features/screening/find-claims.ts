import type { ClaimHit, ClaimRule } from './claim-rule.ts';
import { type FoldedText, readingsOf } from './fold-text.ts';
import { compileTerm, type Term } from './term.ts';

interface ReadyRule extends Omit<ClaimRule, 'terms' | 'near' | 'unless'> {
  readonly terms: readonly Term[];
  readonly near: readonly Term[];
  readonly unless: readonly Term[];
}

/** The rules of a version, made ready to be looked for. */
export type ReadyRules = readonly ReadyRule[];

/** A place in a folded text, half open. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Makes rules ready, once for as long as they are in force. */
export const compileRules = (rules: readonly ClaimRule[]): ReadyRules =>
  rules.map((rule) => ({
    ...rule,
    terms: rule.terms.map(compileTerm),
    near: rule.near.map(compileTerm),
    unless: rule.unless.map(compileTerm),
  }));

/**
 * What the rules find in a text of a product with this path of categories, or of something without any. At most one hit
 * per rule and place, in the order of the places. Pure.
 */
export function findClaims(
  rules: ReadyRules,
  source: string,
  categoryPath: readonly string[] = [],
): ClaimHit[] {
  const held = rules.filter((rule) => holdsIn(rule, categoryPath));
  const hits = new Map<string, ClaimHit>();
  for (const reading of readingsOf(source)) {
    for (const rule of held) {
      for (const span of spansOf(rule, reading)) {
        const hit = hitOf(rule, reading, span, source);
        hits.set(`${hit.code} ${hit.from}`, hit);
      }
    }
  }
  return [...hits.values()].sort((a, b) => a.from - b.from || (a.code < b.code ? -1 : 1));
}

function holdsIn({ onlyCategoryIds, exceptCategoryIds }: ReadyRule, path: readonly string[]): boolean {
  const among = (ids: readonly string[]) => ids.some((id) => path.includes(id));
  return (onlyCategoryIds.length === 0 || among(onlyCategoryIds)) && !among(exceptCategoryIds);
}

function spansOf({ terms, near, within, unless }: ReadyRule, reading: FoldedText): Span[] {
  const found = terms.flatMap((term) => placesOf(term, reading));
  if (found.length === 0) return [];
  const lifted = unless.flatMap((term) => placesOf(term, reading));
  const left = lifted.length === 0 ? found : found.filter(outsideOf(lifted, reading.text.length));
  if (near.length === 0 || left.length === 0) return left;
  const others = near.flatMap((term) => placesOf(term, reading));
  return left.filter(closeTo(others, within, reading.text.length));
}

/** Whether a span lies inside of none of these. In time in proportion to the text, however many there are. */
function outsideOf(spans: readonly Span[], length: number): (span: Span) => boolean {
  /** How far those reach that begin there or before. */
  const reach = new Int32Array(length);
  for (const { start, end } of spans) reach[start] = Math.max(reach[start] ?? 0, end);
  for (let i = 1; i < length; i++) reach[i] = Math.max(reach[i] ?? 0, reach[i - 1] ?? 0);
  return ({ start, end }) => (reach[start] ?? 0) < end;
}

/** Whether a span is at most so far from one of these. In time in proportion to the text, too. */
function closeTo(spans: readonly Span[], within: number, length: number): (span: Span) => boolean {
  const opened = new Int32Array(length + 2);
  for (const { start, end } of spans) {
    const [from, after] = [Math.max(0, start - within), Math.min(length, end + within) + 1];
    opened[from] = (opened[from] ?? 0) + 1;
    opened[after] = (opened[after] ?? 0) - 1;
  }
  /** Before each place, how many places are close to one of them. */
  const close = new Int32Array(length + 2);
  for (let i = 0, open = 0; i <= length; i++) {
    open += opened[i] ?? 0;
    close[i + 1] = (close[i] ?? 0) + (open > 0 ? 1 : 0);
  }
  return ({ start, end }) => (close[end + 1] ?? 0) > (close[start] ?? 0);
}

/** Where a term stands as whole words, in the text or in what its figures look like. */
function placesOf({ plain, skeleton }: Term, { text, skeleton: bones, starts, ends }: FoldedText): Span[] {
  const places = [...text.matchAll(plain), ...(skeleton === undefined ? [] : bones.matchAll(skeleton))];
  return places
    .map(({ index, 0: match }) => ({ start: index, end: index + match.length }))
    .filter(({ start, end }) => starts[start] && ends[end - 1]);
}

function hitOf(
  { code, severity }: ReadyRule,
  { from, to }: FoldedText,
  { start, end }: Span,
  source: string,
): ClaimHit {
  const [first = 0, last = 0] = [from[start], to[end - 1]];
  return { code, severity, from: first, to: last, text: source.slice(first, last) };
}
