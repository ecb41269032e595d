import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import { planOf } from './compile.ts';
import { JsonText } from './json-text.ts';
import { Loading } from './load.ts';
import { Writer } from './write.ts';

/** What is to be executed: an operation of a document that is valid by the schema. */
export interface Execution<Context> {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly context: Context;
}

/** What came of it. */
export interface Answer {
  readonly data: JsonText;
  readonly errors: readonly GraphQLError[];
}

/**
 * Executes a query level by level and writes its JSON text. Gives undefined for what it does not compile: mutations, what
 * asks for the schema itself, and variables that do not fit; graphql-js does those, and says what is wrong with them.
 */
export async function executeByLevels<Context>(execution: Execution<Context>): Promise<Answer | undefined> {
  const { schema, document, operation, variables, context } = execution;
  if (operation.operation !== 'query') return undefined;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, {
    maxErrors: 1,
  });
  if (coerced === undefined) return undefined;
  const plan = planOf(schema, document, operation, coerced);
  if (plan === undefined) return undefined;
  const root = await new Loading(plan, context, coerced).all();
  const writer = new Writer(context);
  const text = writer.answer(root);
  const { errors, counts } = writer;
  return { data: new JsonText(text, errors.length === 0 ? { root: plan.root, counts } : undefined), errors };
}
