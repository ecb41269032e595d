import type { Checks } from '../../graphql/checks.ts';
import type { ClaimRule } from './claim-rule.ts';
import { termProblem } from './term.ts';

/** All rules are looked for in each text that is saved, so that there are only so many, and each is short. */
export const MOST_RULES = 100;
const MOST_TERMS = 50;
const MOST_TERMS_IN_ALL = 1000;
const MOST_TERM_LENGTH = 200;
const MOST_CATEGORIES = 50;
const MOST_WITHIN = 100;
/**
 * What looking for all terms may cost, in steps for each character of a text: a gap of up to eight characters multiplies
 * them by nine. The first rules take 2,400; 50,000 take some tenths of a second on the longest description.
 */
const MOST_STEPS = 50_000;
const LISTS = ['terms', 'near', 'unless'] as const;

/** Notes what is wrong with rules, each fault by the place of the rule and of the term. */
export function checkRules(checks: Checks, rules: readonly ClaimRule[], field = 'rules'): Checks {
  const terms = rules.flatMap((rule) => LISTS.flatMap((list) => rule[list]));
  const steps = terms.reduce((sum, term) => sum + stepsOf(term), 0);
  checks
    .that(rules.length <= MOST_RULES, field, `At most ${MOST_RULES} rules.`)
    .that(
      terms.length <= MOST_TERMS_IN_ALL,
      field,
      `All rules together have at most ${MOST_TERMS_IN_ALL} terms.`,
    )
    .that(
      steps <= MOST_STEPS,
      field,
      'Looking for all rules takes too long: take fewer gaps ~ and groups (a|b).',
    );
  const codes = new Set<string>();
  for (const [i, rule] of rules.slice(0, MOST_RULES).entries()) {
    const isNew = !codes.has(rule.code);
    codes.add(rule.code);
    checks.that(isNew, `${field}.${i}.code`, 'Each rule has a code of its own.');
    checkRule(checks, rule, `${field}.${i}`);
  }
  return checks;
}

const stepsOf = (term: string): number => 9 ** (term.split('~').length - 1) * term.split('|').length;

function checkRule(checks: Checks, rule: ClaimRule, field: string): void {
  const { code, reason, near, within, onlyCategoryIds, exceptCategoryIds } = rule;
  const lies = near.length === 0 ? within === 0 : within >= 1 && within <= MOST_WITHIN;
  const named = [...onlyCategoryIds, ...exceptCategoryIds];
  checks
    .that(
      /^[A-Z][A-Z0-9_]{0,49}$/.test(code),
      `${field}.code`,
      'A code is like FIRST_RANK, of at most 50 characters.',
    )
    .text(reason, `${field}.reason`, 1, 300)
    .that(rule.terms.length >= 1, `${field}.terms`, 'A rule has a term.')
    .that(lies, `${field}.within`, `From 1 to ${MOST_WITHIN} where there is something near, else 0.`)
    .that(
      named.length <= MOST_CATEGORIES && new Set(named).size === named.length,
      `${field}.onlyCategoryIds`,
      `At most ${MOST_CATEGORIES} categories, each once, in which it holds or does not.`,
    );
  for (const list of LISTS) checkTerms(checks, rule[list], `${field}.${list}`);
}

function checkTerms(checks: Checks, terms: readonly string[], field: string): void {
  checks.that(terms.length <= MOST_TERMS, field, `At most ${MOST_TERMS} terms.`);
  for (const [i, term] of terms.slice(0, MOST_TERMS).entries()) {
    checks.text(term, `${field}.${i}`, 1, MOST_TERM_LENGTH);
    if (term.length > MOST_TERM_LENGTH || !term.isWellFormed()) continue;
    const problem = termProblem(term);
    checks.that(problem === undefined, `${field}.${i}`, problem ?? '');
  }
}
