import type { FastifyInstance } from 'fastify';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Database } from '../db/database.ts';
import type { FeedWatch } from '../db/feed-watch.ts';
import type { RequestContext } from '../graphql/context.ts';
import { failure } from '../graphql/errors.ts';
import { LoaderCache } from '../graphql/loaders.ts';
import type { Clock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { MAX_VALIDATION_ERRORS } from './apollo.ts';
import type { Charges } from './limits/charge-operations.ts';
import type { DocumentGuard } from './limits/document-guard.ts';
import type { LiveSession } from './live-sessions.ts';
import { priceOf } from './pay-events.ts';
import { present } from './present-error.ts';
import { buildAllianceSchema } from './schema.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** What subscriptions work with. */
export interface LiveOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly feed: FeedWatch;
  readonly documents: TrustedDocuments;
  readonly charges: Charges;
  readonly guard: DocumentGuard;
}

/** What somebody asks to subscribe to, as it came over the wire. */
export interface AskedSubscription {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  /** Over a WebSocket a documentId stands in here, beside an empty query. */
  readonly extensions?: unknown;
  readonly documentId?: unknown;
}

/** A subscription that may be started; its context holds the signal that ends it. */
export interface PreparedSubscription extends ExecutionArgs {
  readonly contextValue: RequestContext;
  /** What each event costs, in points. */
  readonly points: number;
}

/** Makes ready what is asked for, under the limits of every request, or gives the errors. Only subscriptions are taken. */
export function prepareSubscription(
  { database, clock, feed, documents, guard, charges }: LiveOptions,
  session: LiveSession,
  asked: AskedSubscription,
  signal: AbortSignal,
): PreparedSubscription | readonly GraphQLError[] {
  try {
    const { actor } = session;
    const text = textOf(asked, documents.choose(toDocument(asked), actor));
    guard.admit(text);
    const document = checkedDocument(text);
    const operationName = typeof asked.operationName === 'string' ? asked.operationName : undefined;
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== 'subscription')
      throw failure('BAD_USER_INPUT', 'Only a subscription is sent here; POST all else to /graphql.');
    const schema = buildAllianceSchema();
    const faults = validate(schema, document, specifiedRules, { maxErrors: MAX_VALIDATION_ERRORS });
    if (faults.length > 0) return faults.map(asInvalid);
    const loaders = new LoaderCache({ sql: database.reads, actor, now: clock.now() });
    const contextValue = { actor, database, clock, requestId: newId(), loaders, live: { feed, signal } };
    const prepared = {
      schema,
      document,
      operationName,
      variableValues: variablesOf(asked),
      contextValue,
      points: 0,
    };
    const points = priceOf(prepared, operation);
    if (points > charges.maximum) throw tooDear(points, charges.maximum);
    return { ...prepared, points };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function tooDear(requested: number, maximum: number) {
  const message = `An event costs at most ${maximum} points; these may cost ${requested} each. Ask for less.`;
  return failure('COST_EXCEEDED', message, { requested, maximum });
}

function toDocument({ query, documentId, extensions }: AskedSubscription) {
  const inExtensions = (extensions as { documentId?: unknown } | null | undefined)?.documentId;
  return { documentId: documentId ?? inExtensions, query: query === '' ? undefined : query };
}

function textOf({ query }: AskedSubscription, trusted: string | undefined): string {
  const text = trusted ?? query;
  if (typeof text === 'string') return text;
  throw failure('BAD_USER_INPUT', 'A subscription has a query or a documentId.');
}

function checkedDocument(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED');
  }
}

function variablesOf({ variables }: AskedSubscription): ExecutionArgs['variableValues'] {
  if (variables == null) return undefined;
  if (typeof variables === 'object' && !Array.isArray(variables)) return variables as Record<string, unknown>;
  throw failure('BAD_USER_INPUT', '"variables" is an object.');
}

const asInvalid = (error: GraphQLError) => coded(error, 'GRAPHQL_VALIDATION_FAILED');
const coded = ({ message, nodes, source, positions, path }: GraphQLError, code: string) =>
  new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });

/**
 * The results of a subscription, as the connection takes them: it notes what is on its way, and ends with the connection
 * also while it waits, which the generator behind it could not.
 */
export function watched(
  results: AsyncIterable<ExecutionResult>,
  session: LiveSession,
  ending: AbortController,
): AsyncGenerator<ExecutionResult, void> {
  const inner = results[Symbol.asyncIterator]() as AsyncGenerator<ExecutionResult, void>;
  const key = {};
  const finish = (): void => {
    ending.abort();
    session.onTheWay.delete(key);
  };
  return {
    async next() {
      session.onTheWay.delete(key);
      try {
        const step = await inner.next();
        if (step.done || ending.signal.aborted) finish();
        else session.onTheWay.set(key, performance.now());
        return ending.signal.aborted ? { done: true, value: undefined } : step;
      } catch (error) {
        finish();
        throw error;
      }
    },
    async return() {
      finish();
      return inner.return();
    },
    async throw(error) {
      finish();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      finish();
    },
  };
}

/** A result as callers see it: our own faults are masked and logged. */
export function presented(result: ExecutionResult, app: FastifyInstance): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return errors === undefined ? rest : { ...rest, errors: errors.map((error) => presentedError(error, app)) };
}

export const presentedError = (error: GraphQLError, app: FastifyInstance): GraphQLFormattedError => {
  // Apollo gives what has no code this one before it formats.
  const code = error.extensions.code ?? 'INTERNAL_SERVER_ERROR';
  const formatted = error.toJSON();
  return present({ ...formatted, extensions: { ...formatted.extensions, code } }, error, app);
};

/** What a caller is told who connects without saying who they are. */
export const WHO_ARE_YOU = 'Subscriptions need an access token or an API key, as "authorization".';
