import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { sqlState } from '../db/database.ts';
import { STATEMENT_ENDED } from '../db/statement-timeout.ts';
import type { RequestContext } from '../graphql/context.ts';
import { ERROR_CODES } from '../graphql/errors.ts';
import { cacheableAnswers } from './answer-caching.ts';
import { runDocuments } from './document-requests.ts';
import { type Charges, chargeOperations } from './limits/charge-operations.ts';
import { observeOperations } from './observe-requests.ts';
import { currentRecord } from './request-record.ts';
import { buildAllianceSchema } from './schema.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export const MAX_VALIDATION_ERRORS = 5;

/** Codes that a caller may meet beside our own: those of Apollo for requests that are none. */
const APOLLO_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** SQLSTATEs of text that PostgreSQL cannot hold: the caller's doing, wherever it was met. */
const UNFIT_TEXT = new Set(['22021', '22P05']);

export function newApollo(
  app: FastifyInstance,
  documents: TrustedDocuments,
  charges: Charges,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema: buildAllianceSchema(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Or Apollo would close the server by itself at once, and cut short what drain.ts waits for.
    stopOnTerminationSignals: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    maxRecursiveSelections: true,
    formatError: (formatted, error) => present(formatted, error, app),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(app),
      runDocuments(documents),
      chargeOperations(charges),
      requestIds,
      cacheableAnswers(),
      observeOperations(),
    ],
  } as ConstructorParameters<typeof ApolloServer<RequestContext>>[0]);
}

/** Shows the caller's own mistakes and masks ours, which are logged whole. */
export function present(
  formatted: GraphQLFormattedError,
  error: unknown,
  app: FastifyInstance,
): GraphQLFormattedError {
  const code = String(formatted.extensions?.code);
  const cause = error instanceof GraphQLError ? error.originalError : error;
  if (UNFIT_TEXT.has(sqlState(cause) ?? '')) {
    const message = 'A text of the request holds characters that cannot be kept, such as a null character.';
    return { message, path: formatted.path, extensions: { code: 'BAD_USER_INPUT' } };
  }
  if (sqlState(cause) === STATEMENT_ENDED) {
    const message = 'The database took too long for this. Ask for less at once, or try again.';
    return { message, path: formatted.path, extensions: { code: 'STATEMENT_TIMEOUT' } };
  }
  if (code !== 'INTERNAL_SERVER_ERROR' && (code in ERROR_CODES || APOLLO_CODES.has(code))) {
    const { http: _http, stacktrace: _stack, ...extensions } = formatted.extensions ?? {};
    return { ...formatted, extensions };
  }
  const record = currentRecord();
  const where = { path: formatted.path, operation: record?.operation?.name };
  (record?.log ?? app.log).error({ err: cause ?? error, ...where }, 'A resolver failed');
  const message = 'Something went wrong on our side. The requestId of this answer finds it in the log.';
  return { message, path: formatted.path, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Puts the request's id on every answer. */
const requestIds: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    async willSendResponse({ response, contextValue }) {
      if (response.body.kind !== 'single') return;
      response.body.singleResult.extensions = {
        ...response.body.singleResult.extensions,
        requestId: contextValue.requestId,
      };
    },
  }),
};
