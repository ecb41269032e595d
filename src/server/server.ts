import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastifyCompress from '@fastify/compress';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { GraphQLError } from 'graphql';
import type { DestinationStream } from 'pino';
import { executeByLevels } from '../breadth/index.ts';
import type { Database } from '../db/database.ts';
import { limitStatements } from '../db/statement-timeout.ts';
import { sandboxOf } from '../features/sandbox/index.ts';
import { type Actor, ANONYMOUS } from '../graphql/actor.ts';
import type { RequestContext } from '../graphql/context.ts';
import { type KeptNames, keepNames } from '../graphql/kept-names.ts';
import { LoaderCache } from '../graphql/loaders.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { GroupCommit } from '../kernel/group-commit.ts';
import { newId } from '../kernel/ids.ts';
import type { WebhookSettings } from '../kernel/webhook-settings.ts';
import { omitHeldBodies } from './answer-caching.ts';
import { newApollo } from './apollo.ts';
import { registerBulk } from './bulk-routes.ts';
import type { Config } from './config.ts';
import { type DemoIdentity, presentIdentities, registerDemo } from './demo-routes.ts';
import { admitDocument } from './document-requests.ts';
import { Drain } from './drain.ts';
import { EarlyRefusals } from './early-refusals.ts';
import { ensureExplorer } from './explorer/build.ts';
import { registerExplorer } from './explorer/explorer.ts';
import { Health, registerHealth } from './health.ts';
import { type IdentifyCaller, newIdentifyCaller } from './identify-caller.ts';
import { inTime } from './limits/answer-in-time.ts';
import { Charges, FINED } from './limits/charge-operations.ts';
import { DocumentGuard } from './limits/document-guard.ts';
import { firstLook } from './limits/first-look.ts';
import type { Limits } from './limits/limit-variables.ts';
import { RateBuckets } from './limits/rate-buckets.ts';
import { addLiveGauge } from './live-sessions.ts';
import { Admission, admitting, shedLoad } from './load-shedding.ts';
import { type LocalIssuer, newLocalIssuer } from './local-issuer.ts';
import { openLog } from './log.ts';
import { noteFault, type Observers, observeRequests, watched } from './observe-requests.ts';
import { registerPayoutCallback } from './payout-routes.ts';
import type { ExecuteQuery } from './run-by-levels.ts';
import { buildAllianceSchema } from './schema.ts';
import { registerStatements } from './statement-routes.ts';
import { registerSubscriptions } from './subscriptions.ts';
import { readTrustedDocuments, type TrustedDocuments } from './trusted-documents.ts';

export interface ServerOptions {
  readonly config: Config;
  readonly database: Database;
  readonly clock?: Clock;
  /** Whom one may be in the demo, as far as they are in the database. */
  readonly demoIdentities?: readonly DemoIdentity[];
  /** Where log lines go instead of where the configuration says. */
  readonly log?: DestinationStream;
  /** Whether this process wants requests; its own when left out. */
  readonly health?: Health;
  /** Where its metrics and traces go, where they are wanted. */
  readonly observers?: Observers;
  /** How queries are executed; level by level when left out. */
  readonly execute?: ExecuteQuery;
}

/** A server that answers requests. */
export interface AllianceServer {
  readonly url: string;
  /** Whom one may be in the demo; empty without a demo. */
  readonly identities: DemoIdentity[];
  /** Gives out tokens for local use; undefined in production. */
  readonly localIssuer?: LocalIssuer;
  /**
   * Ends it: it says that it wants no more requests, takes none after the delay of the configuration, and answers what it
   * has taken. With the signal it is cut short.
   */
  close(hurry?: AbortSignal): Promise<void>;
}

/** Starts the server. It answers /healthz and /readyz with 200 once requests are served. */
export async function startServer(options: ServerOptions): Promise<AllianceServer> {
  const { config, database } = options;
  const clock = options.clock ?? systemClock;
  const { health = new Health(database), observers = {} } = options;
  const admission = new Admission(config.limits.inFlight, database);
  const refusals = new EarlyRefusals(admission, (count) =>
    app.log.warn({ count }, 'Requests were refused: there was more to do than this server can'),
  );
  const app: FastifyInstance = newApp(options, refusals);
  const drain = new Drain(app);
  observeRequests(app, observers);
  observers.metrics?.gauge('requests_shed', 'Requests that were refused for want of room.', [], (gauge) =>
    gauge.set(refusals.count),
  );
  await app.register(fastifyCompress);
  omitHeldBodies(app);
  app.setErrorHandler(answerFault);
  await shedLoad(app);

  const localIssuer = config.builtInIssuer ? await newLocalIssuer() : undefined;
  const identities =
    localIssuer === undefined ? [] : await presentIdentities(database, options.demoIdentities ?? []);
  const { identify, close } = newIdentifyCaller({ database, clock, oidc: config.oidc, localIssuer });
  app.addHook('onClose', close);
  const buckets = new RateBuckets(database);
  app.addHook('onClose', () => buckets.close());
  const charges = new Charges(config.limits, buckets);
  const documents = readTrustedDocuments({ creatorsBound: config.trustedDocumentsOnly });
  const execute = options.execute ?? (config.executor === 'levels' ? executeByLevels : async () => undefined);
  const { names, stop } = keepNames(database);
  app.addHook('onClose', stop);
  const { limits, trustedProxies } = config;
  const served = { database, clock, identify };
  const groupCommit: GroupCommit = {
    waitMs: config.groupCommitMs,
    told: (group) => observers.metrics?.committed(group),
  };
  await registerGraphql(app, {
    ...{ ...served, names, documents, charges, admission, execute, groupCommit },
    ...config,
  });
  const live = registerSubscriptions(app, { ...served, documents, charges, limits, trustedProxies });
  if (observers.metrics !== undefined) addLiveGauge(observers.metrics, live);
  registerStatements(app, served);
  registerBulk(app, served);
  if (config.payoutCallbackSecret !== undefined)
    await registerPayoutCallback(app, { database, clock, secret: config.payoutCallbackSecret });
  if (localIssuer !== undefined) registerDemo(app, identities, localIssuer);
  await ensureExplorer((line) => app.log.info(line));
  await registerExplorer(app, { demo: identities.length > 0, sandbox: sandboxOf(clock) !== undefined });
  app.get('/', (_request, reply) => reply.redirect('/graphiql'));
  registerHealth(app, health);

  await app.listen({ host: config.host, port: config.port });
  return {
    url: urlOf(app, config.host),
    identities,
    localIssuer,
    close: (hurry) => {
      health.beginEnding();
      return drain.end({ ...config.shutdown, hurry });
    },
  };
}

function newApp({ config, log }: ServerOptions, { serverFactory }: EarlyRefusals): FastifyInstance {
  return fastify({
    loggerInstance: openLog(config, log),
    serverFactory,
    bodyLimit: config.limits.bodyBytes,
    requestTimeout: config.limits.requestMs,
    genReqId: () => newId(),
    requestIdHeader: false,
    trustProxy: config.trustedProxies ?? false,
    // One line a request, which tells more and leaves out addresses: see observe-requests.ts.
    logController: new LogController({ disableRequestLogging: true }),
    // Whoever has opened a connection before the end is answered on it; the drain closes what asks nothing.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  }) as unknown as FastifyInstance;
}

interface GraphqlOptions {
  readonly database: Database;
  readonly names: KeptNames;
  readonly clock: Clock;
  readonly identify: IdentifyCaller;
  readonly documents: TrustedDocuments;
  readonly webhooks: WebhookSettings;
  readonly charges: Charges;
  readonly limits: Limits;
  readonly admission: Admission;
  readonly execute: ExecuteQuery;
  readonly groupCommit: GroupCommit;
}

async function registerGraphql(
  app: FastifyInstance,
  {
    database,
    names,
    clock,
    identify,
    documents,
    webhooks,
    charges,
    limits,
    admission,
    execute,
    groupCommit,
  }: GraphqlOptions,
): Promise<void> {
  const apollo = newApollo(app, documents, charges, execute);
  const guard = new DocumentGuard(buildAllianceSchema(), limits.document);
  await apollo.start();
  // Before GraphQL, so that a header that proves nobody is answered like all else that fails there, under its id.
  const actors = new WeakMap<FastifyRequest, Actor>();
  // Before the body is read, which costs by its size whoever it is from.
  const preParsing = async (request: FastifyRequest): Promise<void> => {
    const actor = await watched(request, () => identify(request.headers.authorization, request.ip));
    actors.set(request, actor);
    charges.refuseEmpty(actor, request.ip);
  };
  const preHandler = async (request: FastifyRequest): Promise<void> => {
    const text = admitDocument(request, actors.get(request) ?? ANONYMOUS, documents);
    if (text !== undefined) guard.admit(text);
  };
  const context = async (request: FastifyRequest): Promise<RequestContext> => {
    const actor = actors.get(request) ?? ANONYMOUS;
    const loaders = new LoaderCache({ sql: database.reads, names, actor, now: clock.now() });
    const { id: requestId, ip: address } = request;
    return { actor, database, clock, requestId, address, loaders, webhooks, groupCommit };
  };
  const answer = fastifyApolloHandler(apollo, { context });
  const handler: typeof answer = function (this: FastifyInstance, request, reply) {
    const run = () => Promise.resolve(answer.call(this as never, request as never, reply as never));
    return limitStatements(limits.statementMs, () => inTime(limits.requestMs, run));
  };
  const onRequest = firstLook(limits, charges);
  const onResponse = async (request: FastifyRequest, { statusCode }: FastifyReply): Promise<void> => {
    if (FINED.has(statusCode))
      await charges.fine(charges.purseOf(actors.get(request) ?? ANONYMOUS, request.ip));
  };
  const preValidation = admitting(admission);
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    onRequest,
    preParsing,
    preValidation,
    preHandler,
    handler,
    onResponse,
  });
}

/** Answers what fails before GraphQL in the shape of GraphQL: no caller, a body too large, or one that is no JSON. */
function answerFault(error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply) {
  const { status, code, message, retryAfter, more } = faultOf(error);
  noteFault(request, code);
  if (status === 500) request.log.error({ err: error }, 'A request failed');
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  const extensions = { requestId: request.id };
  return reply
    .status(status)
    .send({ errors: [{ message, extensions: { code, retryAfter, ...more } }], extensions });
}

interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** In seconds. */
  readonly retryAfter?: number;
  /** What else the error says of itself. */
  readonly more?: Record<string, unknown>;
}

function faultOf(error: FastifyError | GraphQLError): Fault {
  if (error instanceof GraphQLError) {
    const { code, http, retryAfter, ...more } = error.extensions as Omit<Fault, 'status'> & {
      http?: { status: number };
    };
    if (http !== undefined) return { status: http.status, code, message: error.message, retryAfter, more };
  }
  const status = ('statusCode' in error ? error.statusCode : undefined) ?? 500;
  if (status === 413) {
    const message = 'The body of the request is larger than this server takes.';
    return { status, code: 'PAYLOAD_TOO_LARGE', message };
  }
  if (status < 500) return { status, code: 'BAD_REQUEST', message: error.message };
  return { status, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side.' };
}

function urlOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name}:${port}`;
}
