import {
  type GraphQLFieldConfig,
  GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLUnionType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** The schema with every field allowed to be null, so that an error takes nothing away but its own place. */
export function nullableSchema(schema: GraphQLSchema): GraphQLSchema {
  const made = new Map<string, GraphQLNamedType>();
  const again = <Type extends GraphQLNamedType>(type: Type): Type =>
    (made.get(type.name) as Type | undefined) ?? type;
  const bare = (type: GraphQLOutputType): GraphQLOutputType => {
    if (isNonNullType(type)) return bare(type.ofType);
    return isListType(type) ? new GraphQLList(bare(type.ofType)) : again(type);
  };
  const fieldsOf = (fields: Record<string, GraphQLFieldConfig<unknown, unknown>>) => () =>
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, { ...field, type: bare(field.type) }]),
    );
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    const copy = copyOf(type, again, fieldsOf);
    if (copy !== undefined) made.set(type.name, copy);
  }
  const query = schema.getQueryType();
  return new GraphQLSchema({
    ...schema.toConfig(),
    query: query && again(query),
    mutation: undefined,
    subscription: undefined,
    types: [...made.values()],
    assumeValid: true,
  });
}

type Again = <Type extends GraphQLNamedType>(type: Type) => Type;
type Fields = Record<string, GraphQLFieldConfig<unknown, unknown>>;

function copyOf(
  type: GraphQLNamedType,
  again: Again,
  fieldsOf: (fields: Fields) => () => Fields,
): GraphQLNamedType | undefined {
  if (isObjectType(type)) {
    const config = type.toConfig();
    const interfaces = () => config.interfaces.map(again);
    return new GraphQLObjectType({ ...config, interfaces, fields: fieldsOf(config.fields) });
  }
  if (isInterfaceType(type)) {
    const config = type.toConfig();
    const interfaces = () => config.interfaces.map(again);
    return new GraphQLInterfaceType({ ...config, interfaces, fields: fieldsOf(config.fields) });
  }
  if (!isUnionType(type)) return undefined;
  const config = type.toConfig();
  return new GraphQLUnionType({ ...config, types: () => config.types.map(again) });
}
