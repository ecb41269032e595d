import type { FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { sqlState } from '../db/database.ts';
import { STATEMENT_ENDED } from '../db/statement-timeout.ts';
import { ERROR_CODES } from '../graphql/errors.ts';
import { currentRecord } from './request-record.ts';

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
