import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import type { FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { type Answer, type Execution, JsonText } from '../breadth/index.ts';
import type { RequestContext } from '../graphql/context.ts';
import { present } from './present-error.ts';

/** Executes a query, or gives undefined for what graphql-js is to do. */
export type ExecuteQuery = (execution: Execution<RequestContext>) => Promise<Answer | undefined>;

/**
 * Has queries executed level by level; graphql-js does the rest. Their errors are shown as Apollo shows those of graphql-js:
 * what an error says of HTTP goes there, and everything has a code.
 */
export function runByLevels(app: FastifyInstance, execute: ExecuteQuery): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({ schema, document, operation, request, contextValue }) {
        // Which of several operations is meant was not said, or it is not there: graphql-js says so.
        if (operation === undefined) return null;
        const { variables } = request;
        const answer = await execute({ schema, document, operation, variables, context: contextValue });
        return answer === undefined ? null : responseOf(answer, app);
      },
    }),
  };
}

function responseOf({ data, errors }: Answer, app: FastifyInstance): GraphQLResponse {
  const http: GraphQLResponse['http'] = { headers: new HeaderMap() };
  const singleResult: FormattedExecutionResult = { data: data as never };
  if (errors.length > 0) singleResult.errors = errors.map((error) => shown(error, http, app));
  return { http, body: { kind: 'single', singleResult } };
}

function shown(
  error: GraphQLError,
  http: GraphQLResponse['http'],
  app: FastifyInstance,
): GraphQLFormattedError {
  const {
    http: head,
    code = 'INTERNAL_SERVER_ERROR',
    ...extensions
  } = error.extensions as {
    http?: { status?: number; headers?: ReadonlyMap<string, string> };
    code?: string;
  };
  if (head?.status !== undefined) http.status = head.status;
  for (const [name, value] of head?.headers ?? []) http.headers.set(name, value);
  return present({ ...error.toJSON(), extensions: { ...extensions, code } }, error, app);
}

/** The text of an answer, whose data may be text already. */
export function textOf(answer: FormattedExecutionResult): string {
  const { data, errors, extensions, ...rest } = answer as FormattedExecutionResult & { data: unknown };
  if (!(data instanceof JsonText) || Object.keys(rest).length > 0) return `${JSON.stringify(answer)}\n`;
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
  const behind = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  return `{${before}"data":${data.text}${behind}}\n`;
}
