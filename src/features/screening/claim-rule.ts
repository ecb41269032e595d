/** How a hit is dealt with: BLOCK keeps a product out of the pool until it is decided, REVIEW lets it be listed. */
export type Severity = 'BLOCK' | 'REVIEW';

/**
 * One rule of a version. A term is a text in which `(a|b)` stands for one of several, `#` for a figure and `~` for up to
 * eight characters; spaces, case, width and script do not matter. Terms that begin or end in Latin letters or figures
 * are found as whole words only.
 */
export interface ClaimRule {
  /** Unique in its version, such as SUPERLATIVE. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong with it, for whoever wrote the text. */
  readonly reason: string;
  /** One of these makes a hit, */
  readonly terms: readonly string[];
  /** where there are any, only together with one of these, at most `within` characters from it. */
  readonly near: readonly string[];
  readonly within: number;
  /** A hit that lies inside of one of these is none. */
  readonly unless: readonly string[];
  /** The categories, of any level, that it holds in; all when there are none. */
  readonly onlyCategoryIds: readonly string[];
  /** The categories, of any level, that it does not hold in. */
  readonly exceptCategoryIds: readonly string[];
}

/** What a rule has found: the place in the source, in UTF-16 units, half open. */
export interface ClaimHit {
  readonly code: string;
  readonly severity: Severity;
  readonly from: number;
  readonly to: number;
  /** The text as it was written. */
  readonly text: string;
}
