import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import type { Json } from '../kit/alliance.ts';

const mutations = buildAllianceSchema().getMutationType() as GraphQLObjectType;

/** The names of all mutations. */
export const MUTATIONS = Object.keys(mutations.getFields());

const VALUES: Readonly<Record<string, Json>> = {
  Boolean: true,
  Int: 1,
  BigInt: '1',
  BasisPoints: 1,
  CurrencyCode: 'CNY',
  ReportedInteger: '1',
  Date: '2015-05-01',
  DateTimeISO: '2100-01-01T00:00:00Z',
  ReportedTime: '2026-06-16T12:00:00Z',
};

/** An input of a mutation that is right in its types, made from the schema; each id is this one, each text the word. */
export function anyInput(mutation: string, id: string, word: string): Record<string, Json> {
  const arg = mutations.getFields()[mutation]?.args[0];
  if (arg === undefined) throw new Error(`No mutation ${mutation} with an input.`);
  return typedValue(arg.type, { id, word });
}

/** A value of a type of inputs, from the same. */
export function typedValue(type: GraphQLInputType, given: { id: string; word: string }): Json {
  if (isNonNullType(type)) return typedValue(type.ofType, given);
  if (isListType(type)) return [typedValue(type.ofType, given)];
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (!isInputObjectType(named)) return { ID: given.id, String: given.word, ...VALUES }[named.name];
  return objectOf(named, given);
}

function objectOf(type: GraphQLInputObjectType, given: { id: string; word: string }): Json {
  const fields = Object.values(type.getFields()).filter(({ name }) => name !== 'idempotencyKey');
  const isNeeded = ({ type: of }: { type: GraphQLInputType }) => isNonNullType(of);
  const needed = fields.filter((field) => isNeeded(field) || field.type === fields[0]?.type);
  return Object.fromEntries(needed.map(({ name, type: of }) => [name, typedValue(of, given)]));
}
