import { type ExecutionResult, execute } from 'graphql';
import { type Answer, type Execution, executeByLevels } from '../../src/breadth/index.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { LoaderCache } from '../../src/graphql/loaders.ts';

/** What the two executors have answered where they differ. */
export interface Difference {
  readonly document: string;
  readonly variables: unknown;
  readonly byLevels: object;
  readonly byGraphqlJs: object;
}

/** Somebody else may write between the two; what differs for another reason differs each time. */
const ATTEMPTS = 4;

/** An executor that has graphql-js do the same, compares the two, and gives the answer of the one by levels. */
export class Comparing {
  readonly differences: Difference[] = [];
  /** How many queries both have answered. */
  compared = 0;
  /** How many were left to graphql-js alone. */
  left = 0;
  /** Whether graphql-js is at work: its statements are not those of the operation. */
  isRepeating = false;

  readonly execute = async (execution: Execution<RequestContext>): Promise<Answer | undefined> => {
    let first: Answer | undefined;
    for (let attempt = 1; ; attempt++) {
      const answer = await executeByLevels({ ...execution, context: anew(execution.context) });
      first ??= answer;
      if (answer === undefined) {
        this.left += 1;
        return undefined;
      }
      const { byLevels, byGraphqlJs } = await this.#repeat(execution, answer);
      if (JSON.stringify(byLevels) === JSON.stringify(byGraphqlJs)) break;
      if (attempt < ATTEMPTS) continue;
      const document = execution.document.loc?.source.body ?? '';
      this.differences.push({ document, variables: execution.variables, byLevels, byGraphqlJs });
      break;
    }
    this.compared += 1;
    return first;
  };

  async #repeat(execution: Execution<RequestContext>, answer: Answer) {
    this.isRepeating = true;
    try {
      const { schema, document, operation, variables, context } = execution;
      const result = (await execute({
        schema,
        document,
        operationName: operation.name?.value,
        variableValues: variables,
        contextValue: anew(context),
      })) as ExecutionResult;
      return {
        byLevels: shown(answer.data.text, answer.errors),
        byGraphqlJs: shown(JSON.stringify(result.data), result.errors ?? []),
      };
    } finally {
      this.isRepeating = false;
    }
  }
}

/** The same caller at the same moment, who has read nothing yet. */
function anew(context: RequestContext): RequestContext {
  const { scope } = context.loaders;
  return { ...context, clock: { ...context.clock, now: () => scope.now }, loaders: new LoaderCache(scope) };
}

/** The order of errors is that in which they happen, which is no part of an answer. */
function shown(data: string, errors: ExecutionResult['errors'] & object): object {
  const texts = errors.map((error) => JSON.stringify(error.toJSON()));
  return { data, errors: texts.sort() };
}
