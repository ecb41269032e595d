import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { declareWork, type FieldWork, workOf } from '../breadth/index.ts';
import type { AccessRule } from './access.ts';
import { mayRead } from './actor.ts';
import { auditMutation } from './audit-mutation.ts';
import { all, columnsReadBy, columnsReadByRule } from './columns-read.ts';
import type { PageArgs } from './connection.ts';
import type { RequestContext } from './context.ts';
import { failure } from './errors.ts';
import { globalIdOf } from './node.ts';
import { relations, resolverOf } from './relation.ts';
import { batchOf } from './relation-batch.ts';

// biome-ignore lint/suspicious/noExplicitAny: fields of all kinds
type AnyField = GraphQLField<any, RequestContext>;

type AnyWork = FieldWork<RequestContext>;

/**
 * Puts the plain resolvers of the declarations in place of TypeGraphQL's wrapped ones, and the access rules in
 * front of the fields that have one of their own. Synchronous type resolution, since a promise would cost each row.
 * What it makes of a field it makes for both executors: a resolver for graphql-js, and its work for the one by levels.
 */
export function finishSchema(schema: GraphQLSchema): GraphQLSchema {
  const columns = columnsOfFields();
  for (const { on, name, relation } of relations()) {
    const field = (schema.getType(on.name) as GraphQLObjectType).getFields()[name] as AnyField;
    const resolve = resolverOf(relation);
    field.resolve = (parent, args, context) => {
      if (!mayRead(context.actor)) throw unreadable(name);
      return resolve(parent, args as PageArgs, context);
    };
    declareWork(field, {
      kind: 'batch',
      reads: columnsReadBy(relation.key),
      batch: (args, context: RequestContext, columnsOf) => {
        if (!mayRead(context.actor)) throw unreadable(name);
        return batchOf(relation, args as PageArgs, context, columnsOf);
      },
    });
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) finishType(schema, type, columns);
    if (isUnionType(type) || isInterfaceType(type)) type.resolveType = (value) => value.__typename;
  }
  return schema;
}

/** The columns that fields are read from, by "Type.field"; without those that a method works out. */
function columnsOfFields(): Map<string, string> {
  const { objectTypes, interfaceTypes, fieldResolvers } = getMetadataStorage();
  const columns = new Map<string, string>();
  const nameOf = new Map(objectTypes.map(({ target, name }) => [target, name]));
  for (const type of objectTypes) {
    const inherited = interfaceTypes.filter(({ target }) => type.interfaceClasses?.includes(target));
    for (const { name, schemaName } of [...inherited, type].flatMap(({ fields = [] }) => fields))
      columns.set(`${type.name}.${schemaName}`, name);
  }
  for (const { kind, getObjectType, schemaName } of fieldResolvers)
    if (kind === 'external') columns.delete(`${nameOf.get(getObjectType?.() as never)}.${schemaName}`);
  return columns;
}

function finishType(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  columns: ReadonlyMap<string, string>,
): void {
  const isLive = type === schema.getSubscriptionType();
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType() || isLive;
  for (const field of Object.values(type.getFields()) as AnyField[]) {
    const { resolve, globalId, access } = field.extensions as {
      resolve?: (row: unknown) => unknown;
      globalId?: boolean;
      access?: AccessRule;
    };
    const isId =
      globalId || (field.name === 'id' && type.getInterfaces().some(({ name }) => name === 'Node'));
    if (isId) readRow(field, (row) => globalIdOf(type.name, row as { id: string }));
    else if (resolve !== undefined) readRow(field, resolve);
    else if (!isRoot) readColumn(field, columns.get(`${type.name}.${field.name}`));
    if (access !== undefined) guard(field, access, isRoot);
    // One object of a list that keeps something to itself does not take the list along.
    if (access !== undefined && !isRoot) field.type = getNullableType(field.type);
    if (isLive && access !== undefined) guardStream(field, access);
    if (type === schema.getQueryType()) guardReading(field);
    if (type === schema.getMutationType()) auditMutation(field);
    // The one input of a mutation is what its type says it is.
    for (const arg of isRoot ? field.args : [])
      (arg as GraphQLArgument).description ??= getNamedType(arg.type).description;
  }
}

/** The field is made of its row by a pure function. */
function readRow(field: AnyField, work: (row: unknown) => unknown): void {
  field.resolve = work;
  declareWork(field, { kind: 'row', valueOf: work, reads: columnsReadBy(work) });
}

/** The field is a column of its row. */
function readColumn(field: AnyField, column: string | undefined): void {
  if (column === undefined) return;
  readRow(field, (row) => (row as Record<string, unknown>)[column]);
}

function guard(field: AnyField, access: AccessRule, isRoot: boolean): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    if (access.allows(context.actor, parent as never)) return resolve(parent, args, context, info);
    throw isRoot ? refusal(context, field.name) : closed(field);
  };
  declareWork(field, guardedWork(workOf(field), field, access));
}

function guardedWork(work: AnyWork | undefined, field: AnyField, access: AccessRule): AnyWork | undefined {
  if (work === undefined) return undefined;
  const check = (row: unknown, { actor }: RequestContext) => {
    if (!access.allows(actor, row as never)) throw closed(field);
  };
  const reads = all([work.reads, columnsReadByRule(access)]);
  if (work.kind === 'row') {
    const checked = (row: unknown, context: RequestContext) => {
      check(row, context);
      return work.valueOf(row, context);
    };
    return { kind: 'row', valueOf: checked, reads };
  }
  return { ...work, check, reads };
}

const closed = ({ name }: AnyField) =>
  failure('NOT_FOUND', `This object has no "${name}" that is open to you.`);

/** A subscription is refused before its stream is opened; guard() stands before each of its events. */
function guardStream(field: AnyField, access: AccessRule): void {
  const { subscribe } = field;
  if (subscribe === undefined) throw new Error(`The subscription ${field.name} has no stream.`);
  field.subscribe = (source, args, context, info) => {
    if (!access.allows(context.actor, undefined as never)) throw refusal(context, field.name);
    if (!mayRead(context.actor)) throw unreadable(field.name);
    return subscribe(source, args, context, info);
  };
}

/** A key without the scope `read` learns what became of its own writes, and follows no relation from there. */
function guardReading(field: AnyField): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    if (!mayRead(context.actor)) throw unreadable(field.name);
    return resolve(parent, args, context, info);
  };
}

const unreadable = (name: string) =>
  failure('FORBIDDEN', `"${name}" needs an API key with the scope "read".`);

/** Who has not said who they are is asked to; who has is told that this is not theirs to do. */
function refusal(context: RequestContext, name: string) {
  if (context.actor.kind !== 'ANONYMOUS') return failure('FORBIDDEN', `"${name}" is not open to you.`);
  return failure(
    'UNAUTHENTICATED',
    `"${name}" needs an access token or an API key in the Authorization header.`,
  );
}
