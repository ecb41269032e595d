import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

/** What a deprecation says: since when, what to use instead, and until when it stays at least. */
const SAYING = /^Since (\d{4}-\d\d-\d\d); use `([^`]+)`\. It goes on (\d{4}-\d\d-\d\d) at the earliest\.$/;

interface Part {
  readonly deprecationReason?: string | null;
}

/** The fields, arguments and values of a schema by their coordinates, and its types, which cannot be deprecated. */
function partsOf(schema: GraphQLSchema): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    parts.set(type.name, {});
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        parts.set(`${type.name}.${field.name}`, field);
        for (const arg of field.args) parts.set(`${type.name}.${field.name}(${arg.name}:)`, arg);
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) parts.set(`${type.name}.${field.name}`, field);
    } else if (isEnumType(type)) {
      for (const value of type.getValues()) parts.set(`${type.name}.${value.name}`, value);
    }
  }
  return parts;
}

const deprecated = (parts: Map<string, Part>): [string, string][] =>
  [...parts].flatMap(([coordinate, { deprecationReason }]) =>
    deprecationReason == null ? [] : [[coordinate, deprecationReason] as [string, string]],
  );

const dayOf = (text = ''): Date => new Date(`${text}T00:00:00Z`);

function yearAfter(day: Date): Date {
  const later = new Date(day);
  later.setUTCFullYear(later.getUTCFullYear() + 1);
  return later;
}

/** What is wrong with the deprecations of a schema: each names what replaces it, and a day at least a year on. */
export function deprecationProblems(schema: GraphQLSchema): string[] {
  const parts = partsOf(schema);
  return deprecated(parts).flatMap(([coordinate, reason]) => {
    const [, since, replacement = '', until] = SAYING.exec(reason) ?? [];
    if (since === undefined)
      return [`${coordinate}: says neither since when, what to use, nor until when it stays`];
    if (parts.get(replacement) === undefined || parts.get(replacement)?.deprecationReason != null)
      return [`${coordinate}: ${replacement} is nothing that one can use instead`];
    return dayOf(until) >= yearAfter(dayOf(since)) ? [] : [`${coordinate}: goes before a year is over`];
  });
}

/** What a released schema has promised to keep for longer, and a later one has no more, or promises for less long. */
export function brokenPromises(released: GraphQLSchema, schema: GraphQLSchema, today: Date): string[] {
  const parts = partsOf(schema);
  return deprecated(partsOf(released)).flatMap(([coordinate, reason]) => {
    const promised = SAYING.exec(reason)?.[3] ?? '';
    const now = parts.get(coordinate);
    if (now === undefined)
      return dayOf(promised) > today ? [`${coordinate}: was to stay until ${promised}`] : [];
    const until = SAYING.exec(now.deprecationReason ?? '')?.[3];
    return until !== undefined && until < promised ? [`${coordinate}: was to stay until ${promised}`] : [];
  });
}
