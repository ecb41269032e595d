import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
} from 'graphql';
import { type AuditedCall, type AuditOutcome, auditUndone } from './audit.ts';
import type { RequestContext } from './context.ts';
import { globalIdOf, nodeTypeOf } from './node.ts';
import type { Payload } from './user-errors.ts';

// biome-ignore lint/suspicious/noExplicitAny: mutations of all kinds
type AnyField = GraphQLField<any, RequestContext>;
// biome-ignore lint/suspicious/noExplicitAny: rows of all kinds
type AnyRow = any;

/**
 * Has every call of a mutation stand in the audit log, whatever its resolver does: what was done is written in its own
 * transaction (see mutate.ts), and here all the rest, which has changed nothing and so has no transaction left.
 */
export function auditMutation(field: AnyField): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const objectOf = objectFinder(field);
  field.resolve = async (parent, args, context, info) => {
    const call: AuditedCall = { operation: field.name, input: args.input ?? {}, objectOf };
    let payload: Payload<unknown>;
    try {
      payload = (await resolve(parent, args, { ...context, audit: call }, info)) as Payload<unknown>;
    } catch (error) {
      // The call has failed already: that the log cannot be written either must not hide why.
      await auditUndone(context, call, ...failureOf(error)).catch(() => undefined);
      throw error;
    }
    if (call.entered !== true) await auditUndone(context, call, ...outcomeOf(payload, call));
    return payload;
  };
}

function failureOf(error: unknown): [AuditOutcome, string[]] {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR')
    return ['FAILED', ['INTERNAL_SERVER_ERROR']];
  return ['REFUSED', [code]];
}

function outcomeOf({ userErrors }: Payload<unknown>, { repeated }: AuditedCall): [AuditOutcome, string[]] {
  if (userErrors.length > 0) return ['REFUSED', [...new Set(userErrors.map(({ __typename }) => __typename))]];
  return [repeated ? 'REPEATED' : 'DONE', []];
}

/** Finds the global id of a mutation's result by the type that the schema says it is of, or has inside of it. */
function objectFinder(field: AnyField): (result: AnyRow) => string | undefined {
  const payload = getNamedType(field.type) as GraphQLObjectType;
  const type = Object.values(payload.getFields()).find(({ name }) => name !== 'userErrors');
  const result = type && getNamedType(type.type);
  if (!isObjectType(result)) return () => undefined;
  if (nodeTypeOf(result.name)) return (row) => idOf(result.name, row);
  const inner = Object.values(result.getFields()).find((part) => nodeTypeOf(getNamedType(part.type).name));
  if (inner === undefined) return () => undefined;
  const name = getNamedType(inner.type).name;
  return (row) => idOf(name, row?.[inner.name]);
}

const idOf = (type: string, row: AnyRow): string | undefined =>
  typeof row?.id === 'string' ? globalIdOf(type, row) : undefined;
