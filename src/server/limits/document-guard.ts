import { createHash } from 'node:crypto';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  type ASTVisitor,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  validate,
} from 'graphql';
import { type ErrorCode, failure } from '../../graphql/errors.ts';
import type { DocumentLimits } from './limit-variables.ts';

/** graphql-js compares fields of one name pair by pair, which takes the square of their number. */
const MAX_REPEATS = 20;
/** Documents that are known to be within the limits; of each only its hash is kept. */
const MOST_KNOWN = 5_000;

/** Looks at GraphQL documents before anything costly is done with them: before they are validated or run. */
export class DocumentGuard {
  readonly #schema: GraphQLSchema;
  readonly #limits: DocumentLimits;
  readonly #rules: ValidationRule[];
  readonly #known = new Set<string>();

  constructor(schema: GraphQLSchema, limits: DocumentLimits) {
    this.#schema = schema;
    this.#limits = limits;
    this.#rules = rulesOf(limits);
  }

  /** Throws a typed error for a text that is over a limit. What is no GraphQL at all is left to the parser to tell. */
  admit(text: string): void {
    const hash = createHash('sha256').update(text).digest('base64');
    if (this.#known.has(hash)) return;
    const document = this.#parse(text);
    if (document === undefined) return;
    this.admitDocument(document);
    const [oldest] = this.#known;
    if (this.#known.size >= MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    this.#known.add(hash);
  }

  /** The same for a document that is parsed already. */
  admitDocument(document: DocumentNode): void {
    // The validation compares fragments pair by pair, too.
    const { fragments } = this.#limits;
    const named = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    if (named.length > fragments) throw over('TOO_MANY_FRAGMENTS', 'fragments', fragments);
    // Each rule throws at the first limit that is passed, so that a flood costs one walk at most.
    validate(this.#schema, document, this.#rules);
  }

  #parse(text: string): DocumentNode | undefined {
    try {
      return parse(text, { noLocation: true, maxTokens: this.#limits.tokens });
    } catch (error) {
      if (/tokens/.test((error as Error).message))
        throw over('TOO_MANY_TOKENS', 'tokens', this.#limits.tokens);
      return undefined;
    }
  }
}

function over(code: ErrorCode, what: string, maximum: number) {
  const message = `A document has at most ${maximum} ${what}.`;
  return failure(code, message, { maximum });
}

function rulesOf({ aliases, depth, directives, rootFields }: DocumentLimits): ValidationRule[] {
  const refuse = (code: ErrorCode, what: string, maximum: number) => ({
    n: maximum,
    onReject: [
      () => {
        throw over(code, what, maximum);
      },
    ],
  });
  return [
    selectionsRule(rootFields),
    maxAliasesRule({ ...refuse('TOO_MANY_ALIASES', 'aliases', aliases), allowList: [] }),
    maxDirectivesRule(refuse('TOO_MANY_DIRECTIVES', 'directives', directives)),
    maxDepthRule({ ...refuse('TOO_DEEP', 'levels of fields', depth), flattenFragments: true }),
  ] as ValidationRule[];
}

/** Bounds what is asked for at the root, and how often one field is asked for at one place. */
const selectionsRule =
  (maximum: number) =>
  (context: ValidationContext): ASTVisitor => ({
    OperationDefinition({ selectionSet }) {
      if (countFields(context, selectionSet) > maximum)
        throw over('TOO_MANY_ROOT_FIELDS', 'root fields', maximum);
    },
    SelectionSet({ selections }) {
      const seen = new Map<string, number>();
      for (const selection of selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) continue;
        const key =
          selection.kind === Kind.FIELD
            ? (selection.alias ?? selection.name).value
            : `...${selection.name.value}`;
        const times = (seen.get(key) ?? 0) + 1;
        if (times > MAX_REPEATS)
          throw over('TOO_MANY_REPEATS', 'repetitions of a field at one place', MAX_REPEATS);
        seen.set(key, times);
      }
    },
  });

/** The fields of a selection, with those of its fragments as often as they are used. Each fragment is walked once. */
function countFields(
  context: ValidationContext,
  { selections }: SelectionSetNode,
  known = new Map<string, number>(),
): number {
  let count = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) count += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      count += countFields(context, selection.selectionSet, known);
    else {
      const name = selection.name.value;
      const fragment = known.has(name) ? undefined : context.getFragment(name);
      if (fragment) {
        // Of a circle nothing is counted; the validation refuses it.
        known.set(name, 0);
        known.set(name, countFields(context, fragment.selectionSet, known));
      }
      count += known.get(name) ?? 0;
    }
  }
  return count;
}
