import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { AccessRule } from './access.ts';
import { mayRead } from './actor.ts';
import { auditMutation } from './audit-mutation.ts';
import type { PageArgs } from './connection.ts';
import type { RequestContext } from './context.ts';
import { failure, notFound } from './errors.ts';
import { globalIdOf } from './node.ts';
import { relations, resolverOf } from './relation.ts';

// biome-ignore lint/suspicious/noExplicitAny: fields of all kinds
type AnyField = GraphQLField<any, RequestContext>;

/**
 * Puts the plain resolvers of the declarations in place of TypeGraphQL's wrapped ones, and the access rules in
 * front of the fields that have one of their own. Synchronous type resolution, since a promise would cost each row.
 */
export function finishSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const { on, name, relation } of relations()) {
    const field = (schema.getType(on.name) as GraphQLObjectType).getFields()[name] as AnyField;
    const resolve = resolverOf(relation);
    field.resolve = (parent, args, context) => {
      if (!mayRead(context.actor)) throw unreadable(name);
      return resolve(parent, args as PageArgs, context);
    };
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) finishType(schema, type);
    if (isUnionType(type) || isInterfaceType(type)) type.resolveType = (value) => value.__typename;
  }
  return schema;
}

function finishType(schema: GraphQLSchema, type: GraphQLObjectType): void {
  const isLive = type === schema.getSubscriptionType();
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType() || isLive;
  for (const field of Object.values(type.getFields()) as AnyField[]) {
    const { resolve, globalId, access } = field.extensions as {
      resolve?: (row: unknown) => unknown;
      globalId?: boolean;
      access?: AccessRule;
    };
    if (resolve !== undefined) field.resolve = resolve;
    if (globalId || (field.name === 'id' && type.getInterfaces().some(({ name }) => name === 'Node'))) {
      field.resolve = (row) => globalIdOf(type.name, row);
    }
    if (access !== undefined) guard(field, access, isRoot);
    if (isLive && access !== undefined) guardStream(field, access);
    if (type === schema.getQueryType()) guardReading(field);
    if (type === schema.getMutationType()) auditMutation(field);
    // The one input of a mutation is what its type says it is.
    for (const arg of isRoot ? field.args : [])
      (arg as GraphQLArgument).description ??= getNamedType(arg.type).description;
  }
}

function guard(field: AnyField, access: AccessRule, isRoot: boolean): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (parent, args, context, info) => {
    if (access.allows(context.actor, parent as never)) return resolve(parent, args, context, info);
    throw isRoot ? refusal(context, field.name) : notFound(`"${field.name}" of this object`);
  };
}

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
