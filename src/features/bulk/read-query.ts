import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql';

/** What a query is at most: as large as one that is asked at once. */
const MAX_TOKENS = 2000;
const MAX_DEPTH = 12;
const MAX_ERRORS = 5;
/** What it is at most when its fragments are written out: they may name each other, which doubles with each. */
const MAX_SELECTIONS = 2000;

/** The query cannot be exported; the message tells the caller why. */
export class UnfitQuery extends Error {}

/** Reads the selection of a query for export: valid, without variables and directives, its fragments written out. */
export function readQuery(schema: GraphQLSchema, text: string): SelectionSetNode {
  const document = parsed(text);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation?.operation !== 'query' || operations.length > 1)
    throw new UnfitQuery('It must be one query operation.');
  if (operation.variableDefinitions?.length)
    throw new UnfitQuery('It takes no variables: write the values into the query.');
  const errors = validate(schema, document, undefined, { maxErrors: MAX_ERRORS });
  if (errors.length > 0) throw new UnfitQuery(errors.map(({ message }) => message).join(' '));
  refuseDirectives(document);
  const fragments = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  return writtenOut(operation.selectionSet, { fragments, left: MAX_SELECTIONS }, 1);
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) throw new UnfitQuery(`It cannot be read: ${error.message}`);
    throw error;
  }
}

function refuseDirectives(document: DocumentNode): void {
  visit(document, {
    Directive: ({ name }) => {
      throw new UnfitQuery(`It takes no directives such as @${name.value}.`);
    },
  });
}

interface WritingOut {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** How many more selections there may be. */
  left: number;
}

function writtenOut(set: SelectionSetNode, out: WritingOut, depth: number): SelectionSetNode {
  if (depth > MAX_DEPTH) throw new UnfitQuery(`It is deeper than ${MAX_DEPTH} fields.`);
  return { ...set, selections: set.selections.map((selection) => oneWrittenOut(selection, out, depth)) };
}

function oneWrittenOut(selection: SelectionNode, out: WritingOut, depth: number): SelectionNode {
  out.left -= 1;
  if (out.left < 0)
    throw new UnfitQuery(`It has more than ${MAX_SELECTIONS} fields when its fragments are written out.`);
  switch (selection.kind) {
    case Kind.FIELD:
      if (selection.alias?.value.startsWith('__'))
        throw new UnfitQuery('An alias does not begin with two underscores.');
      return selection.selectionSet === undefined
        ? selection
        : { ...selection, selectionSet: writtenOut(selection.selectionSet, out, depth + 1) };
    case Kind.INLINE_FRAGMENT:
      return { ...selection, selectionSet: writtenOut(selection.selectionSet, out, depth) };
    case Kind.FRAGMENT_SPREAD: {
      // It is there: the query is valid.
      const { typeCondition, selectionSet } = out.fragments.get(selection.name.value)!;
      return {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition,
        selectionSet: writtenOut(selectionSet, out, depth),
      };
    }
  }
}
