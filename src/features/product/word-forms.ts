/**
 * Endings of English singulars and their plurals. A pair that does not fit a word makes a form that nobody
 * writes, which costs one token and finds nothing wrong; so the list may be generous, and needs no dictionary.
 */
const ENDINGS: readonly (readonly [singular: string, plural: string])[] = [
  ['y', 'ies'],
  ['f', 'ves'],
  ['fe', 'ves'],
  ['o', 'oes'],
  ['x', 'xes'],
  ['z', 'zes'],
  ['ch', 'ches'],
  ['sh', 'shes'],
  ['ss', 'sses'],
  ['us', 'uses'],
  ['as', 'ases'],
  ['ns', 'nses'],
  ['man', 'men'],
];

const ENGLISH = /^[a-z]{2,}$/;

/**
 * A lower-case word with the singulars and plurals that it may have. The relation is symmetric: where one word
 * is among the forms of another, that one is among its own. So a document that holds the forms of its words
 * is found by a singular and by a plural alike, without folding (which would confuse tap with tape).
 */
export function formsOf(word: string): readonly string[] {
  if (!ENGLISH.test(word)) return [word];
  const forms = new Set([word]);
  if (!word.endsWith('s')) forms.add(`${word}s`);
  else if (!word.endsWith('ss') && word.length > 2) forms.add(word.slice(0, -1));
  for (const [singular, plural] of ENDINGS) {
    if (word.endsWith(singular)) forms.add(word.slice(0, -singular.length) + plural);
    if (word.endsWith(plural)) forms.add(word.slice(0, -plural.length) + singular);
  }
  // A pair of endings is not a word: `ies` alone has no singular.
  return [...forms].filter((form) => form.length >= 2);
}
