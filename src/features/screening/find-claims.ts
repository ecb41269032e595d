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
  const left = found.filter(({ start, end }) => !lifted.some((it) => it.start <= start && end <= it.end));
  if (near.length === 0 || left.length === 0) return left;
  const others = near.flatMap((term) => placesOf(term, reading));
  return left.filter((span) => others.some((other) => distance(span, other) <= within));
}

const distance = (one: Span, other: Span): number =>
  Math.max(0, other.start - one.end, one.start - other.end);

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
