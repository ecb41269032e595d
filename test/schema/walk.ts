import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

type AnyField = GraphQLField<unknown, unknown>;

interface Described {
  readonly description?: string | null;
}

const isRoot = (schema: GraphQLSchema, type: GraphQLNamedType): boolean =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type as never);

/** The types that the alliance itself declares. */
const ownTypes = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );

const fieldsOf = (type: GraphQLNamedType): AnyField[] =>
  isObjectType(type) || isInterfaceType(type) ? (Object.values(type.getFields()) as AnyField[]) : [];

/** All that a reader may meet in a schema, by its coordinate. */
function describedParts(type: GraphQLNamedType): [string, Described][] {
  const parts: [string, Described][] = [[type.name, type]];
  for (const field of fieldsOf(type)) {
    parts.push([`${type.name}.${field.name}`, field]);
    for (const arg of field.args) parts.push([`${type.name}.${field.name}(${arg.name}:)`, arg]);
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) parts.push([`${type.name}.${field.name}`, field]);
  }
  if (isEnumType(type))
    for (const value of type.getValues()) parts.push([`${type.name}.${value.name}`, value]);
  return parts;
}

/** What of a schema has no description, or one that is no sentence. */
export function undescribed(schema: GraphQLSchema): string[] {
  return ownTypes(schema)
    .filter((type) => !isRoot(schema, type))
    .flatMap(describedParts)
    .concat(rootParts(schema))
    .filter(([, { description }]) => !/^.{3,}[.:]$/s.test(description ?? ''))
    .map(([coordinate]) => `${coordinate} has no description`);
}

/** The root types themselves need no words; their fields do. */
const rootParts = (schema: GraphQLSchema): [string, Described][] =>
  ownTypes(schema)
    .filter((type) => isRoot(schema, type))
    .flatMap((type) => describedParts(type).slice(1));

const hasRule = ({ extensions }: { extensions: Readonly<Record<string, unknown>> }): boolean => {
  const access = extensions.access as { name?: unknown; allows?: unknown } | undefined;
  return typeof access?.name === 'string' && typeof access.allows === 'function';
};

/** The object types and the root fields that name no access rule. */
export function unruled(schema: GraphQLSchema): string[] {
  return ownTypes(schema).flatMap((type) => {
    if (isRoot(schema, type)) {
      const open = fieldsOf(type).filter((field) => !hasRule(field));
      return open.map(({ name }) => `${type.name}.${name} has no access rule`);
    }
    return isObjectType(type) && !hasRule(type) ? [`${type.name} has no access rule`] : [];
  });
}

function holdsList(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return holdsList(type.ofType);
  return isListType(type);
}

/** The list fields of objects that are not a page of a connection: each needs a reason why it stays small. */
export function bareLists(schema: GraphQLSchema): string[] {
  return ownTypes(schema)
    .filter(isObjectType)
    .flatMap((type) =>
      fieldsOf(type)
        .filter((field) => holdsList(field.type))
        .filter(({ name }) => !(type.name.endsWith('Connection') && (name === 'edges' || name === 'nodes')))
        .map(({ name }) => `${type.name}.${name}`),
    )
    .sort();
}

/** Connections whose size the caller cannot bound. */
export function unpaged(schema: GraphQLSchema): string[] {
  return ownTypes(schema).flatMap((type) =>
    fieldsOf(type)
      .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
      .filter(({ args }) => !['first', 'after'].every((name) => args.some((arg) => arg.name === name)))
      .map(({ name }) => `${type.name}.${name} is a connection without first and after`),
  );
}

/** Where the schema speaks of floats. */
export function floats(schema: GraphQLSchema): string[] {
  const named = (type: GraphQLOutputType | Parameters<typeof getNamedType>[0]) => getNamedType(type)?.name;
  return ownTypes(schema).flatMap((type) => {
    const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const all = [...fieldsOf(type), ...fieldsOf(type).flatMap(({ args }) => args), ...inputs];
    return all
      .filter((part) => named(part.type) === 'Float')
      .map(({ name }) => `${type.name}.${name} is a Float`);
  });
}

/** The fields that a caller can get to from a query, a mutation or a subscription, other than by naming an id. */
export function reachableFields(schema: GraphQLSchema): Set<string> {
  const seen = new Set<string>();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const open = roots.filter((type) => type != null);
  const types = new Set<GraphQLNamedType>(open);
  for (const type of types) {
    for (const field of fieldsOf(type)) {
      seen.add(`${type.name}.${field.name}`);
      const next = getNamedType(field.type);
      if (isObjectType(next)) types.add(next);
    }
  }
  return seen;
}
