import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { readQuery, UnfitQuery } from './read-query.ts';

/** One connection of an export: its pages are asked for by one document, and what lies below its rows by further ones. */
export interface Level {
  /** Takes `$first` and `$after`, and below the first level the `$ids` of the rows above. */
  readonly document: DocumentNode;
  /** The response keys from the query, or from the row above, to the connection. */
  readonly path: readonly string[];
  readonly below: readonly Level[];
}

const MAX_CONNECTIONS = 5;
const MAX_LEVELS = 3;

/**
 * Plans the export of a query: one connection, with others nested in its rows. What does not fit is refused by an
 * UnfitQuery, as Shopify does (shopify.dev, "Perform bulk operations with the GraphQL Admin API").
 */
export function planExport(schema: GraphQLSchema, text: string): Level {
  const planning = { schema, connections: 0 };
  const { rest, found } = split(planning, schema.getQueryType()!, readQuery(schema, text), false);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new UnfitQuery('It must lead to one connection, such as the orderLines of a brand.');
  // Clients add __typename by themselves.
  const beside = rest.map(nameOf).find((name) => !name.endsWith('__typename'));
  if (beside !== undefined)
    throw new UnfitQuery(`Select nothing beside the connection: "${beside}" would stand in no row.`);
  return levelOf(planning, only, 1, rootDocument);
}

interface Planning {
  readonly schema: GraphQLSchema;
  connections: number;
}

type Step = FieldNode | InlineFragmentNode;

/** A connection below a selection, and the way to it. */
interface Found {
  readonly steps: readonly Step[];
  readonly field: FieldNode;
  readonly connection: GraphQLObjectType;
}

interface Split {
  /** What is left when the connections are taken out. */
  readonly rest: readonly SelectionNode[];
  readonly found: readonly Found[];
}

function split(planning: Planning, parent: unknown, set: SelectionSetNode, inList: boolean): Split {
  const parts = set.selections.map((selection) =>
    splitOne(planning, parent, selection as FieldNode | InlineFragmentNode, inList),
  );
  return { rest: parts.flatMap(({ rest }) => rest), found: parts.flatMap(({ found }) => found) };
}

function splitOne(planning: Planning, parent: unknown, selection: Step, inList: boolean): Split {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const type = selection.typeCondition && planning.schema.getType(selection.typeCondition.name.value);
    return aroundOne(selection, split(planning, type ?? parent, selection.selectionSet, inList));
  }
  const field = fieldOf(parent, selection.name.value);
  if (field === undefined || selection.selectionSet === undefined) return { rest: [selection], found: [] };
  const type = getNamedType(field.type);
  if (isConnection(field)) {
    refusePaging(selection);
    if (inList)
      throw new UnfitQuery(`"${selection.name.value}" stands in a list, where no connection is followed.`);
    return { rest: [], found: [{ steps: [], field: selection, connection: type as GraphQLObjectType }] };
  }
  return aroundOne(selection, split(planning, type, selection.selectionSet, inList || holdsList(field.type)));
}

/** The same selection around what was split below it. */
function aroundOne(step: Step, { rest, found }: Split): Split {
  const selectionSet = { kind: Kind.SELECTION_SET, selections: rest } as const;
  return {
    rest: rest.length === 0 ? [] : [{ ...step, selectionSet }],
    found: found.map((below) => ({ ...below, steps: [step, ...below.steps] })),
  };
}

function refusePaging({ name, arguments: args = [] }: FieldNode): void {
  if (args.some((arg) => ['first', 'after'].includes(arg.name.value)))
    throw new UnfitQuery(`Leave out "first" and "after" of "${name.value}": all of it is exported.`);
}

function levelOf(
  planning: Planning,
  { steps, field, connection }: Found,
  depth: number,
  documentOf: (text: string) => DocumentNode,
): Level {
  planning.connections += 1;
  if (planning.connections > MAX_CONNECTIONS || depth > MAX_LEVELS)
    throw new UnfitQuery(`It has at most ${MAX_CONNECTIONS} connections, nested ${MAX_LEVELS} deep.`);
  const row = getNamedType(fieldOf(connection, 'nodes')!.type) as GraphQLObjectType;
  const { rest, found } = split(planning, row, rowSelection(field), false);
  if (rest.length === 0) throw new UnfitQuery(`Select something of the rows of "${field.name.value}".`);
  if (found.length > 0) refuseWithoutId(row, rest, found[0]!.field);
  return {
    document: documentOf(wrapped(steps, connectionText(field, rest))),
    path: [...steps.flatMap((step) => (step.kind === Kind.FIELD ? [keyOf(step)] : [])), keyOf(field)],
    below: found.map((nested) => levelOf(planning, nested, depth + 1, belowRow(row.name))),
  };
}

const rootDocument = (text: string) => parse(`query ($first: Int, $after: String) { ${text} }`);
const belowRow = (type: string) => (text: string) =>
  parse(
    `query ($ids: [ID!]!, $first: Int, $after: String) { nodes(ids: $ids) { ... on ${type} { ${text} } } }`,
  );

function connectionText(field: FieldNode, rest: readonly SelectionNode[]): string {
  const args = [...(field.arguments ?? []).map(print), 'first: $first', 'after: $after'].join(', ');
  const rows = rest.map(print).join(' ');
  return `${calledAs(field)}(${args}) { nodes { ${rows} } pageInfo { hasNextPage endCursor } }`;
}

const wrapped = (steps: readonly Step[], text: string): string =>
  steps.reduceRight((inner, step) => {
    if (step.kind === Kind.INLINE_FRAGMENT)
      return `... ${step.typeCondition ? `on ${step.typeCondition.name.value}` : ''} { ${inner} }`;
    const args = step.arguments?.length ? `(${step.arguments.map(print).join(', ')})` : '';
    return `${calledAs(step)}${args} { ${inner} }`;
  }, text);

const calledAs = ({ alias, name }: FieldNode): string => `${alias ? `${alias.value}: ` : ''}${name.value}`;
const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** What is selected of a row, as `nodes` or below `edges`. Where the page lies is no business of an export. */
function rowSelection(connection: FieldNode): SelectionSetNode {
  const selections: SelectionNode[] = [];
  for (const field of plainFields(connection.selectionSet)) {
    if (field.name.value === 'nodes') selections.push(...(field.selectionSet?.selections ?? []));
    else if (field.name.value === 'edges') {
      for (const part of plainFields(field.selectionSet))
        if (part.name.value === 'node') selections.push(...(part.selectionSet?.selections ?? []));
    } else if (!['pageInfo', '__typename'].includes(field.name.value))
      throw new UnfitQuery(`"${field.name.value}" of "${connection.name.value}" would stand in no row.`);
  }
  return { kind: Kind.SELECTION_SET, selections };
}

/** The fields of a selection on one type, those in fragments too. */
const plainFields = (set: SelectionSetNode | undefined): FieldNode[] =>
  (set?.selections ?? []).flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection] : plainFields((selection as InlineFragmentNode).selectionSet),
  );

/** Rows below name the row above by its id, and are asked for by it. */
function refuseWithoutId(row: GraphQLObjectType, rest: readonly SelectionNode[], nested: FieldNode): void {
  const name = nested.name.value;
  if (!row.getInterfaces().some((type) => type.name === 'Node'))
    throw new UnfitQuery(`"${name}" lies below ${row.name}, which has no id that its rows could name.`);
  const hasId = rest.some(
    (node) => node.kind === Kind.FIELD && node.name.value === 'id' && keyOf(node) === 'id',
  );
  if (!hasId) throw new UnfitQuery(`Select the id of ${row.name}: the rows of "${name}" name it.`);
}

const fieldOf = (parent: unknown, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;

function isConnection({ type, args }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  const isPaged = ['first', 'after'].every((name) => args.some((arg) => arg.name === name));
  return isPaged && isObjectType(named) && ['nodes', 'pageInfo'].every((name) => name in named.getFields());
}

function holdsList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** What a selection is called, with the first that it holds: `brand.name`. */
function nameOf(selection: SelectionNode): string {
  if (selection.kind !== Kind.FIELD) {
    const [first] = (selection as InlineFragmentNode).selectionSet.selections;
    return first === undefined ? '' : nameOf(first);
  }
  const [first] = selection.selectionSet?.selections ?? [];
  return first === undefined ? selection.name.value : `${selection.name.value}.${nameOf(first)}`;
}
