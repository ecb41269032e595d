import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { watchStatements } from '../db/watch.ts';
import type { RequestContext } from '../graphql/context.ts';
import { countedName, knownOperations } from './known-operations.ts';
import type { Metrics } from './metrics.ts';
import { currentRecord, RequestRecord } from './request-record.ts';
import type { Tracing } from './tracing.ts';

/** Where what is noted of requests goes beside the log. */
export interface Observers {
  readonly metrics?: Metrics;
  readonly tracing?: Tracing;
}

/** What a request is counted under that no route answers. */
const NO_ROUTE = 'none';
/** Asked every few seconds by machines; not worth a line. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);
const MAX_NAME_CHARS = 100;

const records = new WeakMap<FastifyRequest, RequestRecord>();

/** Notes of each request what it took, and writes one line, the metrics and the trace when it is over. */
export function observeRequests(app: FastifyInstance, { metrics, tracing }: Observers): void {
  app.addHook('onRequest', async (request, reply) => {
    const { method, headers } = request;
    const trace = tracing?.request({ method, route: routeOf(request), headers });
    const record = new RequestRecord(request.log, metrics, trace);
    records.set(request, record);
    // Not when the answer is handed on but when the connection is done with it, or is gone.
    reply.raw.once('close', () => finish(record, request, reply, metrics));
  });
  // After the body was read: what reads it runs in the connection's own context.
  app.addHook('preValidation', (request, _reply, done) => {
    const record = records.get(request);
    if (record === undefined) done();
    else watchStatements(record, done);
  });
}

/** Does work for a request before its body is read, and has its record told of the statements. */
export function watched<Result>(request: FastifyRequest, work: () => Result): Result {
  const record = records.get(request);
  return record === undefined ? work() : watchStatements(record, work);
}

/** Notes why a request failed before it reached GraphQL. */
export function noteFault(request: FastifyRequest, code: string): void {
  const record = records.get(request);
  if (record !== undefined) record.faultCode = code;
}

/** Has the records know which operation was asked for, by whom, and what was answered. */
export function observeOperations(): ApolloServerPlugin<RequestContext> {
  const known = knownOperations();
  return {
    async requestDidStart({ contextValue }) {
      const record = currentRecord();
      if (record === undefined) return;
      record.actor = contextValue.actor;
      return {
        async didResolveOperation({ operationName, operation }) {
          record.begin({
            counted: countedName(operationName, known),
            name: operationName?.slice(0, MAX_NAME_CHARS),
            type: operation?.operation ?? 'query',
          });
        },
        async willSendResponse({ response }) {
          // What other plugins add to it is there when the answer was sent.
          if (response.body.kind === 'single') record.answer = response.body.singleResult;
        },
      };
    },
  };
}

function finish(
  record: RequestRecord,
  request: FastifyRequest,
  reply: FastifyReply,
  metrics: Metrics | undefined,
): void {
  const route = routeOf(request);
  const { method } = request;
  const { statusCode: status, writableFinished } = reply.raw;
  const ms = performance.now() - record.startedAt;
  metrics?.request({ record, route, method, status, ms });
  record.trace?.end({ status, codes: record.codes });
  const line = { method, route, status, ms: Math.round(ms * 10) / 10, ...describe(record) };
  const level = PROBES.has(route) ? 'debug' : 'info';
  request.log[level](
    line,
    writableFinished ? 'A request was answered' : 'A caller has gone before the answer',
  );
}

/** What the log tells of a request: who asked for what, never what was given with it. */
function describe({ actor, operation, statements, statementMs, codes, cost, trace }: RequestRecord) {
  return {
    ...(operation && { operation: operation.name ?? operation.counted, type: operation.type }),
    ...(actor && { caller: actor.kind, userId: actor.userId, apiKeyId: actor.apiKeyId }),
    ...(statements > 0 && { statements, statementMs: Math.round(statementMs * 10) / 10 }),
    ...(codes.length > 0 && { codes }),
    ...(cost !== undefined && { cost }),
    ...(trace && { traceId: trace.traceId }),
  };
}

/** The pattern of the route, not the address: that may hold ids, variables and signatures. */
const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? NO_ROUTE;
