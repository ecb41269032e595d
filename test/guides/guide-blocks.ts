/** A fenced block of a guide. */
export interface GuideBlock {
  readonly language: string;
  /** What stands behind the language in the first line. */
  readonly words: readonly string[];
  readonly text: string;
  /** The line that it begins on, for whoever mends the guide. */
  readonly line: number;
}

const FENCE = /^```(\S*)[ \t]*(.*)\n([\s\S]*?)^```[ \t]*$/gm;

/** The fenced blocks of a text in Markdown, in their order. */
export function blocksOf(markdown: string): GuideBlock[] {
  return [...markdown.matchAll(FENCE)].map(({ index, 1: language = '', 2: words = '', 3: text = '' }) => ({
    language,
    words: words.split(/\s+/).filter(Boolean),
    text,
    line: markdown.slice(0, index).split('\n').length,
  }));
}

/** What was found where a guide has `<name>`; the same name stands for the same text from then on. */
export type Found = Map<string, string>;

/** Puts what was found in its places. */
export const filled = (text: string, found: Found): string =>
  text.replace(/<([a-zA-Z]\w*)>/g, (whole, name: string) => found.get(name) ?? whole);

/**
 * Whether a text is the expected one, in which `…` is any text and `<name>` one that is kept under this name. Gives what
 * was found, or undefined.
 */
export function matchText(expected: string, actual: string, found: Found): Found | undefined {
  const names: string[] = [];
  const pattern = filled(expected, found)
    .split(/(…|<[a-zA-Z]\w*>)/)
    .map((part) => {
      if (part === '…') return '[\\s\\S]*?';
      const name = /^<(\w+)>$/.exec(part)?.[1];
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(name);
      return '(\\S+?)';
    })
    .join('');
  const match = new RegExp(`^${pattern}$`).exec(actual);
  return match === null ? undefined : new Map(names.map((name, index) => [name, match[index + 1] ?? '']));
}

/**
 * Compares JSON with the expected one, and keeps what is found. A text may hold `…` and `<name>`; a value of `"…"` is any
 * value; an object with a key `"…"` may have further keys, a list that ends in `"…"` further entries. Gives the places
 * that differ.
 */
export function differences(expected: unknown, actual: unknown, found: Found, path = 'answer'): string[] {
  if (expected === '…') return actual === undefined ? [`${path}: is missing`] : [];
  if (typeof expected === 'string' && typeof actual === 'string') {
    const more = matchText(expected, actual, found);
    for (const [name, text] of more ?? []) found.set(name, text);
    return more === undefined
      ? [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`]
      : [];
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const isOpen = expected.at(-1) === '…';
    const wanted = isOpen ? expected.slice(0, -1) : expected;
    const isFit = isOpen ? actual.length >= wanted.length : actual.length === wanted.length;
    if (!isFit)
      return [`${path}: ${actual.length} entries instead of ${wanted.length}${isOpen ? ' or more' : ''}`];
    return wanted.flatMap((each, index) => differences(each, actual[index], found, `${path}[${index}]`));
  }
  if (isObject(expected) && isObject(actual)) {
    const { '…': open, ...wanted } = expected;
    const surplus = Object.keys(actual).filter((key) => open === undefined && !(key in wanted));
    return [
      ...surplus.map((key) => `${path}.${key}: is not expected`),
      ...Object.entries(wanted).flatMap(([key, each]) =>
        differences(each, actual[key], found, `${path}.${key}`),
      ),
    ];
  }
  const isSame = expected === actual;
  return isSame ? [] : [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
