import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { type Answer, type Execution, executeByLevels } from '../../src/breadth/index.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { LoaderCache } from '../../src/graphql/loaders.ts';
import { actualPrice, valuesOf } from '../../src/server/limits/price.ts';
import { pricePlanOf } from '../../src/server/limits/price-plan.ts';
import { nullableSchema } from './nullable-schema.ts';

/** What the two executors have answered where they differ. */
export interface Difference {
  readonly what: string;
  readonly document: string;
  readonly variables: unknown;
  readonly byLevels: object;
  readonly byGraphqlJs: object;
}

type Errors = readonly { toJSON(): { path?: readonly (string | number)[] } }[];

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
  #nullable: GraphQLSchema | undefined;

  readonly execute = async (execution: Execution<RequestContext>): Promise<Answer | undefined> => {
    const first = await executeByLevels({ ...execution, context: anew(execution.context) });
    if (first === undefined) {
      this.left += 1;
      return undefined;
    }
    this.compared += 1;
    this.isRepeating = true;
    try {
      const difference = await this.#lastingDifference(execution, first);
      if (difference !== undefined) this.differences.push(difference);
    } finally {
      this.isRepeating = false;
    }
    return first;
  };

  async #lastingDifference(execution: Execution<RequestContext>, first: Answer) {
    let difference = await this.#differenceOf(execution, first);
    for (let attempt = 2; difference !== undefined && attempt <= ATTEMPTS; attempt++) {
      const again = await executeByLevels({ ...execution, context: anew(execution.context) });
      difference = await this.#differenceOf(execution, again as Answer);
    }
    return difference;
  }

  /** Throws with the first queries that were answered differently. */
  assertSame(): void {
    const [first] = this.differences;
    if (first === undefined) return;
    const count = `${this.differences.length} of ${this.compared} queries`;
    throw new Error(`${count} have another answer by levels than by graphql-js: ${JSON.stringify(first)}`);
  }

  async #differenceOf(execution: Execution<RequestContext>, answer: Answer): Promise<Difference | undefined> {
    const result = await byGraphqlJs(execution, execution.schema);
    const what = await this.#compare(execution, answer, result);
    if (what === undefined) return undefined;
    return {
      what,
      document: execution.document.loc?.source.body ?? '',
      variables: execution.variables,
      byLevels: { data: answer.data.text, errors: textsOf(answer.errors) },
      byGraphqlJs: { data: JSON.stringify(result.data), errors: textsOf(result.errors ?? []) },
    };
  }

  /**
   * The data is to be the same text. The order of errors is that in which they happen, which is no part of an answer; and
   * where several take the same thing away, the first is told, whichever that is. So what was taken away is to be the same,
   * and what is told of it one of the errors that there are when nothing but its own place is taken away by each.
   */
  async #compare(
    execution: Execution<RequestContext>,
    answer: Answer,
    { data, errors = [] }: ExecutionResult,
  ): Promise<string | undefined> {
    if (withoutHead(answer.data.text) !== withoutHead(JSON.stringify(data))) return 'data';
    if (!isPricedAlike(execution, answer)) return 'price';
    const [ours, theirs] = [textsOf(answer.errors), textsOf(errors)];
    if (JSON.stringify(ours) === JSON.stringify(theirs)) return undefined;
    const [ourPlaces, theirPlaces] = [answer.errors, errors].map((each) => takenAway(each, data));
    if (JSON.stringify(ourPlaces) !== JSON.stringify(theirPlaces)) return 'what errors take away';
    this.#nullable ??= nullableSchema(execution.schema);
    const all = textsOf((await byGraphqlJs(execution, this.#nullable)).errors ?? []);
    const unknown = ours.filter(
      (error) => !theirs.includes(error) && !all.includes(error) && !/Cannot return null/.test(error),
    );
    return unknown.length > 0 ? 'errors that graphql-js does not know' : undefined;
  }
}

/** The same caller at the same moment, who has read nothing yet. */
function anew(context: RequestContext): RequestContext {
  const { scope } = context.loaders;
  return { ...context, clock: { ...context.clock, now: () => scope.now }, loaders: new LoaderCache(scope) };
}

/**
 * The text without the places of the feed that are behind everything by now: they move on with every transaction of anybody,
 * in this database or beside it.
 */
const withoutHead = (text: string): string =>
  text.replace(/"WyJjaGFuZ2Vz[\w-]+"/g, (cursor) => (isHead(cursor) ? '"the head of the feed"' : cursor));

const isHead = (cursor: string): boolean =>
  /"0{8}-0{4}-0{4}-0{4}-0{12}"\]$/.test(Buffer.from(cursor.slice(1, -1), 'base64url').toString());

/** What it costs by what was counted while it was written is what it costs by the answer itself. */
function isPricedAlike({ schema, document, operation, variables }: Execution<unknown>, { data }: Answer) {
  const plan = pricePlanOf(schema, document, operation);
  const values = valuesOf(operation, variables);
  return actualPrice(plan, values, data) === actualPrice(plan, values, data.toJSON());
}

const byGraphqlJs = async (
  { document, operation, variables, context }: Execution<RequestContext>,
  schema: GraphQLSchema,
): Promise<ExecutionResult> =>
  execute({
    schema,
    document,
    operationName: operation.name?.value,
    variableValues: variables,
    contextValue: anew(context),
  });

const textsOf = (errors: Errors): string[] => errors.map((error) => JSON.stringify(error.toJSON())).sort();

/** The places that are null because of an error, each once. */
function takenAway(errors: Errors, data: unknown): string[] {
  const places = errors.map((error) => {
    const { path = [] } = error.toJSON();
    let value = data;
    let depth = 0;
    while (depth < path.length && value !== null && value !== undefined) {
      value = (value as Record<string | number, unknown>)[path[depth] as string];
      depth += 1;
    }
    return JSON.stringify(path.slice(0, depth));
  });
  return [...new Set(places)].sort();
}
