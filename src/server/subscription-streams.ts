import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { createHandler, type Request } from 'graphql-sse';
import { failure } from '../graphql/errors.ts';
import {
  type AskedSubscription,
  prepareSubscription,
  presented,
  WHO_ARE_YOU,
  watched,
} from './live-operations.ts';
import { LIVE_ENDS, type LiveEnd, LiveSession } from './live-sessions.ts';
import { paidBy } from './pay-events.ts';
import type { Live } from './subscriptions.ts';

/** One stream: its session, what ends it, and why the server has ended it. */
interface Stream {
  readonly session: LiveSession;
  readonly ending: AbortController;
  readonly reply: FastifyReply;
  end?: LiveEnd;
  /** Resolves when what was sent last has left; the next event is not asked for before. */
  left: Promise<void>;
}

const streams = new WeakMap<FastifyRequest, Stream>();

/** Streams of events at /graphql/stream, each of one subscription ("distinct connections mode"). */
export function registerStreams(live: Live): void {
  const handle = createHandler<FastifyRequest>({
    authenticate: () => null,
    // What is asked for was validated; graphql-sse would do it once more.
    validate: () => [],
    onSubscribe: ({ raw }, asked) => subscribe(live, streamOf(raw), asked),
    onOperation: (_context, { raw }, args, result) => {
      const { session, ending } = streamOf(raw);
      return Symbol.asyncIterator in result
        ? toldOfEnd(watched(paidBy(live, session, args, result as never), session, ending), streamOf(raw))
        : result;
    },
    onNext: async (_context, { raw }, result) => {
      await streamOf(raw).left;
      return presented(result as ExecutionResult, live.app) as ExecutionResult;
    },
  });
  live.app.route({
    url: '/graphql/stream',
    method: ['GET', 'POST'],
    handler: async (request, reply) => {
      const stream = await open(live, request, reply);
      const [body, { status, headers }] = await handle(toRequest(request));
      if (body === null || typeof body === 'string')
        return reply
          .status(status)
          .headers(headers ?? {})
          .send(body);
      reply.hijack();
      reply.raw.writeHead(status, headers);
      await send(body, stream);
    },
  });
}

const streamOf = (request: FastifyRequest): Stream => {
  const stream = streams.get(request);
  if (stream === undefined) throw new Error('The stream was not opened.');
  return stream;
};

async function open(
  { identify, sessions }: Live,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Stream> {
  const authorization = request.headers.authorization ?? '';
  const actor = await identify(authorization, request.ip);
  if (actor.kind === 'ANONYMOUS') throw failure('UNAUTHENTICATED', WHO_ARE_YOU, { http: { status: 401 } });
  if (!sessions.hasRoomFor(actor))
    throw failure('TOO_MANY_CONNECTIONS', LIVE_ENDS.TOO_MANY.message, { retryAfter: 1 });
  const ending = new AbortController();
  const session = new LiveSession({ actor, authorization, transport: 'sse' }, (end) => {
    stream.end = end;
    ending.abort();
  });
  const stream: Stream = { session, ending, reply, left: Promise.resolve() };
  streams.set(request, stream);
  sessions.add(session);
  reply.raw.once('close', () => session.ended());
  return stream;
}

const toRequest = (request: FastifyRequest): Request<FastifyRequest, undefined> => ({
  method: request.method,
  url: request.url,
  headers: {
    // A stream is what this address gives, whatever the caller says it takes.
    get: (name) => (name === 'accept' ? 'text/event-stream' : String(request.headers[name] ?? '')),
  },
  body: () => withQuery(request.body),
  raw: request,
  context: undefined,
});

/** graphql-sse wants a query; a trusted document comes without one. */
const withQuery = (body: unknown): Record<string, unknown> => {
  const { query = '', documentId, extensions, ...rest } = (body ?? {}) as Record<string, unknown>;
  const asked = documentId === undefined ? extensions : { ...(extensions as object), documentId };
  return { ...rest, query, extensions: asked };
};

function subscribe(live: Live, { session, ending }: Stream, asked: AskedSubscription) {
  const prepared = prepareSubscription(
    live,
    session,
    asked,
    AbortSignal.any([session.signal, ending.signal]),
  );
  if ('document' in prepared) return prepared as never;
  // Without data graphql-sse does not know it for a result.
  return { data: null, errors: prepared };
}

/** The results, and as the last one why the server ends them before their time. */
async function* toldOfEnd(results: AsyncGenerator<ExecutionResult, void>, stream: Stream) {
  yield* results;
  if (stream.end === undefined) return;
  const code = stream.end === 'UNAUTHENTICATED' ? stream.end : 'CONNECTION_ENDED';
  yield { errors: [failure(code, LIVE_ENDS[stream.end].message, { reason: stream.end })] };
}

/** Sends what comes, one after the other, and asks for no more than the connection takes. */
async function send(body: AsyncGenerator<string>, stream: Stream): Promise<void> {
  const { raw } = stream.reply;
  raw.once('close', () => void body.return(undefined));
  for await (const text of body) {
    if (!raw.writable) break;
    stream.left = new Promise((resolve) => raw.write(text, () => resolve()));
    await stream.left;
  }
  raw.end();
}
