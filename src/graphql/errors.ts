import { GraphQLError } from 'graphql';

/**
 * The codes that `extensions.code` may hold, each with the HTTP status of the whole answer: the caller can branch on
 * them. What concerns one field only leaves the status at 200, because the other fields were answered.
 */
export const ERROR_CODES = {
  BAD_USER_INPUT: 400,
  NOT_FOUND: 200,
  UNAUTHENTICATED: 200,
  FORBIDDEN: 200,
  CURSOR_EXPIRED: 200,
  CONNECTION_ENDED: 200,
  DOCUMENT_NOT_FOUND: 400,
  DOCUMENT_NOT_TRUSTED: 403,
  TOO_DEEP: 400,
  TOO_MANY_ALIASES: 400,
  TOO_MANY_DIRECTIVES: 400,
  TOO_MANY_FRAGMENTS: 400,
  TOO_MANY_REPEATS: 400,
  TOO_MANY_ROOT_FIELDS: 400,
  TOO_MANY_TOKENS: 400,
  COST_EXCEEDED: 400,
  STATEMENT_TIMEOUT: 200,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  TOO_MANY_FAILED_LOGINS: 429,
  TOO_MANY_CONNECTIONS: 429,
  INTERNAL_SERVER_ERROR: 500,
  IDENTITY_UNAVAILABLE: 503,
  OVERLOADED: 503,
  REQUEST_TIMEOUT: 504,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export function failure(
  code: ErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  const status = ERROR_CODES[code];
  const http = status === 200 ? {} : { http: { status } };
  return new GraphQLError(message, { extensions: { code, ...http, ...extensions } });
}

/** After how many seconds whom there was no room for may come again. */
export const RETRY_AFTER_S = 1;
/** What a caller is told who comes when there is no room. */
export const OVERLOADED = 'The server has more to do than it can. Try again in a moment.';

export const overloaded = (): GraphQLError =>
  failure('OVERLOADED', OVERLOADED, { retryAfter: RETRY_AFTER_S });

/** What the caller may not see does not exist for them: one answer for both, on purpose. */
export const notFound = (what?: string): GraphQLError =>
  failure('NOT_FOUND', `${what ? `No ${what}` : 'Nothing'} was found under this name that is open to you.`);
