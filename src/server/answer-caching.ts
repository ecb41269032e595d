import { createHash } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import { JsonText } from '../breadth/index.ts';
import type { RequestContext } from '../graphql/context.ts';

/** How long anybody may keep what is open to everybody. */
const OPEN_MAX_AGE_SECONDS = 60;

/**
 * Gives answers to GET the headers of HTTP caches. The tag is made of the data alone, since each answer has a requestId of
 * its own, which is why it is a weak one. What a token or key has asked for stays with the caller and is asked for anew
 * each time; the answer then costs a few bytes where nothing has changed.
 */
export function cacheableAnswers(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      async willSendResponse({ request: { http }, response, contextValue }) {
        if (http?.method !== 'GET') return;
        const { headers } = response.http;
        headers.set('vary', 'Authorization');
        if (response.body.kind !== 'single' || response.body.singleResult.errors !== undefined) {
          headers.set('cache-control', 'no-store');
          return;
        }
        const tag = tagOf(response.body.singleResult.data);
        headers.set('etag', tag);
        headers.set('cache-control', cacheControlFor(contextValue));
        if (isHeld(http.headers.get('if-none-match'), tag)) response.http.status = 304;
      },
    }),
  };
}

/** An answer that says "not modified" has no body. */
export function omitHeldBodies(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode !== 304) return payload;
    reply.removeHeader('content-type');
    return null;
  });
}

/** Nothing that nobody in particular has asked for depends on who that is. */
const cacheControlFor = ({ actor }: RequestContext): string =>
  actor.kind === 'ANONYMOUS' ? `public, max-age=${OPEN_MAX_AGE_SECONDS}` : 'private, no-cache';

const tagOf = (data: unknown): string =>
  `W/"${createHash('sha256')
    .update(data instanceof JsonText ? data.text : JSON.stringify(data))
    .digest('base64url')}"`;

/** Whether the header If-None-Match names the tag; as HTTP has it, strong and weak ones are the same there. */
function isHeld(header: string | undefined, tag: string): boolean {
  const bare = (each: string): string => each.trim().replace(/^W\//, '');
  return header?.split(',').some((each) => each.trim() === '*' || bare(each) === bare(tag)) ?? false;
}
