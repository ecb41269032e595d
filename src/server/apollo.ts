import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { RequestContext } from '../graphql/context.ts';
import { cacheableAnswers } from './answer-caching.ts';
import { runDocuments } from './document-requests.ts';
import { type Charges, chargeOperations } from './limits/charge-operations.ts';
import { observeOperations } from './observe-requests.ts';
import { present } from './present-error.ts';
import { type ExecuteQuery, runByLevels, textOf } from './run-by-levels.ts';
import { buildAllianceSchema } from './schema.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export const MAX_VALIDATION_ERRORS = 5;

export function newApollo(
  app: FastifyInstance,
  documents: TrustedDocuments,
  charges: Charges,
  execute: ExecuteQuery,
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
    stringifyResult: textOf,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(app),
      runDocuments(documents),
      chargeOperations(charges),
      runByLevels(app, execute),
      requestIds,
      cacheableAnswers(),
      observeOperations(),
    ],
  } as ConstructorParameters<typeof ApolloServer<RequestContext>>[0]);
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
