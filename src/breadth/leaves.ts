import { type GraphQLLeafType, isEnumType } from 'graphql';

/** Gives the writer of the values of a type of scalars or an enum: the JSON text of what the type makes of them. */
export function leafWriter(type: GraphQLLeafType): (value: unknown) => string {
  const serialized = (value: unknown): string => {
    const result = type.serialize(value);
    if (result == null) throw new Error(`${type.name} made ${String(result)} of a value.`);
    return JSON.stringify(result);
  };
  if (isEnumType(type)) return enumWriter(type.getValues(), serialized);
  switch (type.name) {
    case 'String':
    case 'ID':
      return (value) => (typeof value === 'string' ? JSON.stringify(value) : serialized(value));
    case 'Boolean':
      return (value) => (value === true ? 'true' : value === false ? 'false' : serialized(value));
    default:
      return serialized;
  }
}

function enumWriter(
  values: readonly { readonly name: string; readonly value: unknown }[],
  otherwise: (value: unknown) => string,
): (value: unknown) => string {
  const texts = new Map(values.map(({ name, value }) => [value, JSON.stringify(name)]));
  return (value) => texts.get(value) ?? otherwise(value);
}
