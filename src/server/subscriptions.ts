import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import proxyAddr from '@fastify/proxy-addr';
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { type Context, handleProtocols } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { FeedWatch } from '../db/feed-watch.ts';
import type { IdentifyCaller } from './identify-caller.ts';
import { DocumentGuard } from './limits/document-guard.ts';
import type { Limits } from './limits/limit-variables.ts';
import {
  type LiveOptions,
  prepareSubscription,
  presented,
  presentedError,
  WHO_ARE_YOU,
  watched,
} from './live-operations.ts';
import {
  LIVE_ENDS,
  type LiveEnd,
  LiveSession,
  LiveSessions,
  MOST_SESSIONS,
  MOST_SUBSCRIPTIONS,
} from './live-sessions.ts';
import { paidBy } from './pay-events.ts';
import { buildAllianceSchema } from './schema.ts';
import { registerStreams } from './subscription-streams.ts';

export interface SubscriptionOptions extends Omit<LiveOptions, 'feed' | 'guard'> {
  readonly identify: IdentifyCaller;
  readonly limits: Limits;
  readonly trustedProxies: readonly string[] | undefined;
}

/** What subscriptions over both protocols share. */
export interface Live extends LiveOptions {
  readonly app: FastifyInstance;
  readonly identify: IdentifyCaller;
  readonly sessions: LiveSessions;
}

/** Subscriptions are queries: those of trusted documents, too, are far smaller. */
const MAX_MESSAGE_BYTES = 65_536;

/**
 * Serves subscriptions over WebSockets at /graphql (graphql-transport-ws) and as streams of events at /graphql/stream
 * (GraphQL over SSE). When the server ends, their callers are told to connect anew.
 */
export function registerSubscriptions(app: FastifyInstance, options: SubscriptionOptions): LiveSessions {
  const feed = new FeedWatch(options.database, (err) =>
    app.log.error({ err }, 'The feed could not be watched'),
  );
  const sessions = new LiveSessions({ ...options, log: app.log });
  const guard = new DocumentGuard(buildAllianceSchema(), options.limits.document);
  const live: Live = { ...options, app, feed, guard, sessions };
  const sockets = openSockets(live);
  const isTrusted = proxyAddr.compile([...(options.trustedProxies ?? [])]);
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path] = (request.url ?? '').split('?');
    if (path !== '/graphql') return refuse(socket, '404 Not Found');
    if (sockets.clients.size >= MOST_SESSIONS) return refuse(socket, '503 Service Unavailable');
    addresses.set(request, proxyAddr(request, isTrusted));
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
  registerStreams(live);
  // Before Fastify waits for what is open.
  app.addHook('preClose', async () => {
    sessions.endAll();
    for (const client of sockets.clients) client.close(LIVE_ENDS.GOING_AWAY.code);
    sockets.close();
  });
  return sessions;
}

/** From where a connection came, past the proxies that are trusted. */
const addresses = new WeakMap<IncomingMessage, string>();

function refuse(socket: Duplex, status: string): void {
  socket.once('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

interface Extra extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  session?: LiveSession;
  /** What ends each subscription that runs, by its id. */
  endings?: Map<string, AbortController>;
}
type Socket = Context<Record<string, unknown> | undefined, Extra>;

function openSockets(live: Live): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, handleProtocols });
  useServer<Record<string, unknown> | undefined, Extra>(
    {
      isProd: true,
      onConnect: (socket) => connect(live, socket),
      onSubscribe: (socket, id, asked) => {
        const { session, endings } = connected(socket);
        if (endings.size >= MOST_SUBSCRIPTIONS) return [tooManySubscriptions()];
        const ending = new AbortController();
        const signal = AbortSignal.any([session.signal, ending.signal]);
        const prepared = prepareSubscription(live, session, asked, signal);
        if ('document' in prepared) endings.set(id, ending);
        return prepared;
      },
      onOperation: (socket, id, _asked, args, result) => {
        const { session, endings } = connected(socket);
        const ending = endings.get(id);
        if (ending === undefined || !(Symbol.asyncIterator in result)) return result;
        return watched(paidBy(live, session, args, result), session, ending);
      },
      onNext: (_socket, _id, _asked, _args, result) => presented(result, live.app),
      onError: (_socket, _id, _asked, errors) => errors.map((error) => presentedError(error, live.app)),
      onComplete: ({ extra }, id) => void extra.endings?.delete(id),
      onClose: ({ extra }) => extra.session?.ended(),
    },
    sockets,
  );
  return sockets;
}

/** Lets somebody connect who proves who they are, in the parameters of the connection or in the header. */
async function connect({ identify, sessions }: Live, { connectionParams, extra }: Socket): Promise<boolean> {
  const { socket, request } = extra;
  const close = (end: LiveEnd, message: string = LIVE_ENDS[end].message): boolean => {
    socket.close(LIVE_ENDS[end].code, message);
    return true;
  };
  const given = connectionParams?.authorization ?? connectionParams?.Authorization;
  const authorization = typeof given === 'string' ? given : (request.headers.authorization ?? '');
  try {
    const actor = await identify(authorization, addresses.get(request));
    if (actor.kind === 'ANONYMOUS') return close('UNAUTHENTICATED', WHO_ARE_YOU);
    if (!sessions.hasRoomFor(actor)) return close('TOO_MANY');
    extra.session = new LiveSession(
      { actor, authorization, transport: 'websocket' },
      (end) => void close(end),
    );
    extra.endings = new Map();
    sessions.add(extra.session);
    return true;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const isTooMany = error.extensions.code === 'TOO_MANY_FAILED_LOGINS';
    return close(isTooMany ? 'TOO_MANY' : 'UNAUTHENTICATED', error.message);
  }
}

function connected({ extra: { session, endings } }: Socket) {
  if (session === undefined || endings === undefined) throw new Error('Nobody has connected.');
  return { session, endings };
}

const tooManySubscriptions = () =>
  new GraphQLError(`A connection has at most ${MOST_SUBSCRIPTIONS} subscriptions at a time.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
