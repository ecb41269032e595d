import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { relations } from '../../src/graphql/relation.ts';
import type { Caller, Json } from '../kit/alliance.ts';

const MAX_DEPTH = 5;
/** Servers take no more aliases in an operation, and no more words and signs in a document. */
const MOST_ALIASES = 30;
const MOST_TOKENS = 1_800;

/** What a caller met on every way through the graph. */
export interface Met {
  /** The global ids of all objects. */
  readonly ids: ReadonlySet<string>;
  /** The codes of all errors. */
  readonly codes: ReadonlySet<string>;
  /** The relations that led somewhere or to an empty page, as `Type.field`. */
  readonly walked: ReadonlySet<string>;
}

/**
 * Follows every relation of the schema from everything that the caller can reach, until nothing new comes up. Each
 * relation of an object is asked for by itself, since a refusal takes the answers beside it along.
 */
export async function wander(schema: GraphQLSchema, caller: Caller, start: Iterable<string>): Promise<Met> {
  const met = { ids: new Set<string>(), codes: new Set<string>(), walked: new Set<string>() };
  const ask = async (fields: string[], expected?: string) => {
    for (const [i, field] of fields.entries()) fields[i] = `a${i}: ${field}`;
    const { data, errors } = await caller.query(`{ ${fields.join('\n')} }`);
    for (const { extensions } of errors ?? [])
      if (extensions.code !== expected) met.codes.add(extensions.code);
    return data as Json;
  };
  // Some ways in are for operators alone, and say so.
  for (const field of entries(schema)) collect(await ask([field], 'FORBIDDEN'), met);
  for (const id of start) collect(await ask([`node(id: ${JSON.stringify(id)}) { __typename id }`]), met);
  for (const id of met.ids) {
    const type = schema.getType(id.slice(0, id.indexOf('_'))) as GraphQLObjectType;
    const fields = Object.values(type.getFields()).filter((field) => !isLeafType(getNamedType(field.type)));
    if (fields.length === 0) continue;
    const ways = fields
      .flatMap(({ name }) => waysOf(type, name))
      .map((way) => `node(id: ${JSON.stringify(id)}) { __typename ... on ${type.name} { ${way} } }`);
    for (const some of operationsOf(ways)) collect(await ask(some), met);
  }
  return met;
}

/** The ways in their order, as many at once as a server takes. */
function operationsOf(ways: readonly string[]): string[][] {
  const operations: string[][] = [];
  let tokens = Number.POSITIVE_INFINITY;
  for (const way of ways) {
    // With its alias and what stands around it.
    const more = (way.match(/\w+|[^\s\w]/g)?.length ?? 0) + 4;
    tokens += more;
    if (tokens > MOST_TOKENS || operations.at(-1)?.length === MOST_ALIASES) {
      operations.push([]);
      tokens = more;
    }
    operations.at(-1)?.push(way);
  }
  return operations;
}

/** The root fields that need no id. */
function entries(schema: GraphQLSchema): string[] {
  const query = schema.getQueryType() as GraphQLObjectType;
  const free = Object.values(query.getFields()).filter(({ args }) =>
    args.every(({ type, defaultValue }) => defaultValue !== undefined || !String(type).endsWith('!')),
  );
  return free.map(({ name }) => selection(query, name));
}

const isNode = (type: GraphQLObjectType): boolean => type.getInterfaces().some(({ name }) => name === 'Node');

/** A field that puts things together by one of several ways is asked for by each of them, over the days of the orders. */
function waysOf(type: GraphQLObjectType, name: string): string[] {
  const by = type.getFields()[name]?.args.find((arg) => arg.name === 'by');
  const ways = by && getNamedType(by.type);
  const plain = selection(type, name);
  if (!isEnumType(ways)) return [plain];
  return ways
    .getValues()
    .map((way) =>
      plain.replace('(first: 100', `(by: ${way.name}, from: "2026-06-10", to: "2026-08-31", first: 100`),
    );
}

/** One field with what is below it: of a node its id, of anything else all that it holds. */
function selection(parent: GraphQLObjectType, name: string, depth = 0): string {
  const field = parent.getFields()[name] as ReturnType<GraphQLObjectType['getFields']>[string];
  const type = getNamedType(field.type);
  const args = field.args.some((arg) => arg.name === 'first') ? '(first: 100)' : '';
  // Whatever it is, it is met by its id, and then asked as what it is.
  if (type.name === 'Node') return `${name} { __typename id }`;
  if (!isObjectType(type)) return name;
  if (depth > MAX_DEPTH) return `${name}${args} { __typename }`;
  const marked = `${name}${args} { __typename`;
  if (isNode(type)) return `${marked} id }`;
  const below = Object.values(type.getFields()).filter(({ type: of }) => {
    const next = getNamedType(of);
    return isObjectType(next) || next.name === 'Node';
  });
  return `${marked} ${below.map((next) => selection(type, next.name, depth + 1)).join(' ')} }`;
}

const RELATED = new Map<string, Set<string>>();

function relatedOf(typeName: string): Set<string> {
  if (RELATED.size === 0) {
    for (const { on, name } of relations()) {
      RELATED.set(on.name, (RELATED.get(on.name) ?? new Set()).add(name));
    }
  }
  return RELATED.get(typeName) ?? new Set();
}

/** Gathers the ids of all nodes in an answer, and the relations that were answered. */
function collect(value: Json, met: { ids: Set<string>; walked: Set<string> }): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, met);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  if (typeof value.id === 'string') met.ids.add(value.id);
  const typeName = value.__typename;
  for (const [name, below] of Object.entries(value)) {
    if (below !== null && relatedOf(typeName).has(name)) met.walked.add(`${typeName}.${name}`);
    collect(below, met);
  }
}
