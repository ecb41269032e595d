import type { ApolloServerPlugin, HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../graphql/actor.ts';
import type { RequestContext } from '../graphql/context.ts';
import type { AskedDocument, TrustedDocuments } from './trusted-documents.ts';

/**
 * Looks at what a request asks to run before anything of it is parsed, and throws a typed error where the caller may not,
 * or no document has the id. A GET of a trusted document is let through Apollo's guard against forged requests, which asks
 * for a header: a link on another site could start nothing but a query that this alliance itself has written, and there
 * are no cookies that would make it somebody's. Gives the text that is to be run, where there is one.
 */
export function admitDocument(
  request: FastifyRequest,
  actor: Actor,
  documents: TrustedDocuments,
): string | undefined {
  const asked = (request.method === 'GET' ? request.query : request.body) as AskedDocument | null | undefined;
  const text = documents.choose(asked ?? {}, actor);
  if (text !== undefined && request.method === 'GET')
    request.raw.headers['apollo-require-preflight'] = 'documentId';
  return text ?? (typeof asked?.query === 'string' ? asked.query : undefined);
}

/** Puts the text of a trusted document in the place of its id. */
export function runDocuments(documents: TrustedDocuments): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart({ request }) {
      const id = request.http && documentIdIn(request.http);
      if (typeof id === 'string' && request.query === undefined) request.query = documents.textOf(id);
    },
  };
}

function documentIdIn({ method, body, search }: HTTPGraphQLRequest): unknown {
  if (method === 'GET') return new URLSearchParams(search).get('documentId');
  return (body as AskedDocument | undefined)?.documentId;
}
