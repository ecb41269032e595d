import { randomUUID } from 'node:crypto';
import {
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLUnionType,
  getNamedType,
} from 'graphql';
import { buildAllianceSchema } from '../../src/server/schema.ts';
import type { Caller, Json } from '../kit/alliance.ts';

/** What became of a mutation. */
export interface Outcome {
  readonly status: number;
  readonly result: Json;
  /** The names of the types of the user errors; empty when it was done. */
  readonly refused: readonly string[];
  readonly userErrors: Json[];
  /** The code of the error beside the data, if any. */
  readonly code: string | undefined;
}

/**
 * Calls a mutation by its name, with whatever idempotency key when the input holds none. The document is made from
 * the schema; `fields` are those of the result.
 */
export async function act(
  caller: Caller,
  name: string,
  input: object,
  fields = '__typename',
): Promise<Outcome> {
  const { document, takesKey, resultName } = documentOf(name, fields);
  const keyed = takesKey ? { idempotencyKey: randomUUID(), ...input } : input;
  const { status, data, errors } = await caller.query(document, { input: keyed });
  const payload = data?.[name];
  const userErrors = payload?.userErrors ?? [];
  return {
    status,
    result: payload?.[resultName] ?? null,
    refused: userErrors.map(({ __typename }: Json) => __typename),
    userErrors,
    code: errors?.[0]?.extensions.code,
  };
}

/** What errors tell beside their message, by their type. */
const TOLD: Readonly<Record<string, string>> = {
  PlanConflict: '... on PlanConflict { rule conflicts { rule planId creatorId from until } }',
  RequirementsNotMet: '... on RequirementsNotMet { unmet { requirement asked given } }',
  AgencyNotCertified: '... on AgencyNotCertified { certification service }',
};

function documentOf(name: string, fields: string) {
  const mutations = buildAllianceSchema().getMutationType() as GraphQLObjectType;
  const field = mutations.getFields()[name];
  if (field === undefined) throw new Error(`No mutation ${name}.`);
  const input = getNamedType(field.args[0]?.type as never) as unknown as GraphQLInputObjectType;
  const { userErrors, ...results } = (getNamedType(field.type) as GraphQLObjectType).getFields();
  const union = getNamedType(userErrors?.type as never) as unknown as GraphQLUnionType;
  const resultName = Object.keys(results)[0] ?? '';
  const told = union
    .getTypes()
    .map(({ name: type }) => TOLD[type] ?? '')
    .join(' ');
  const document = `mutation ($input: ${input.name}!) { ${name}(input: $input) { ${resultName} { ${fields} }
    userErrors { __typename ... on UserError { message path } ... on StateConflict { state } ${told} } } }`;
  return { document, resultName, takesKey: input.getFields().idempotencyKey !== undefined };
}

/** Done, refused with these errors, or failed with this code: in one text, for tables. */
export const said = ({ refused, code, result }: Outcome): string =>
  code ?? (refused.length > 0 ? refused.join(' ') : result === null ? 'NOTHING' : 'DONE');
