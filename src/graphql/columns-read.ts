import type { AccessRule } from './access.ts';
import { type Actor, ANONYMOUS } from './actor.ts';

const SOMEBODY: Actor = {
  kind: 'USER',
  issuer: '',
  subject: '',
  name: '',
  seats: [],
  scopes: new Set(),
};

/**
 * The columns that a pure function of a row reads, seen by calling it with a row that remembers what was asked of it. Our
 * functions take a row apart in their parameter, so that one call asks for everything; one that does not is found by the
 * rows of the tests, which tell when a column is missed (see missed-columns.ts). Undefined where it takes the row as a whole.
 */
export function columnsReadBy(work: (row: never) => unknown): readonly string[] | undefined {
  const columns = new Set<string>();
  let isWhole = false;
  for (const value of [undefined, 'x']) {
    const row = new Proxy(
      {},
      {
        get(_, name) {
          if (typeof name === 'string') columns.add(name);
          return value;
        },
        ownKeys() {
          isWhole = true;
          return [];
        },
      },
    );
    try {
      work(row as never);
    } catch {
      // What it makes of such values does not matter.
    }
  }
  return isWhole ? undefined : [...columns];
}

const ofRules = new WeakMap<AccessRule, { readonly columns: readonly string[] | undefined }>();

/** The columns that an access rule reads of a row. */
export function columnsReadByRule(rule: AccessRule): readonly string[] | undefined {
  let known = ofRules.get(rule);
  if (known === undefined) {
    known = {
      columns: all([ANONYMOUS, SOMEBODY].map((actor) => columnsReadBy((row) => rule.allows(actor, row)))),
    };
    ofRules.set(rule, known);
  }
  return known.columns;
}

/** The columns of several parts; undefined where those of one are not known. */
export function all(parts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return parts.includes(undefined) ? undefined : [...new Set(parts.flatMap((part) => part ?? []))];
}
