import { createServer, type Server, type ServerResponse } from 'node:http';
import type { FastifyServerFactory } from 'fastify';
import { OVERLOADED, RETRY_AFTER_S } from '../graphql/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Admission } from './load-shedding.ts';

/** Refusals are told in the log together, so often. */
const TOLD_EVERY_MS = 1_000;

/** Refuses requests for GraphQL while there is no room, before anything else is done with them. */
export class EarlyRefusals {
  /** How many there were. */
  count = 0;
  #told = 0;
  #isTold = true;

  constructor(
    private readonly admission: Admission,
    private readonly tell: (count: number) => void,
  ) {}

  /**
   * Makes the server of the web framework, with this in front of it. A request that goes through the framework to be refused,
   * with its hooks and a line in the log, costs a good part of one that is answered: under three times the load that a server
   * carries, little would be left for those.
   */
  readonly serverFactory: FastifyServerFactory = (handler, options) => {
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/graphql') && !this.admission.hasRoom()) this.#refuse(response);
      else handler(request, response);
    });
    const { keepAliveTimeout, requestTimeout, connectionTimeout } = options as Record<string, number>;
    return withTimes(server, { keepAliveTimeout, requestTimeout, connectionTimeout });
  };

  #refuse(response: ServerResponse): void {
    this.count += 1;
    if (this.#isTold) {
      this.#isTold = false;
      setTimeout(() => this.#tell(), TOLD_EVERY_MS).unref();
    }
    const errors = [{ message: OVERLOADED, extensions: { code: 'OVERLOADED', retryAfter: RETRY_AFTER_S } }];
    const body = JSON.stringify({ errors, extensions: { requestId: newId() } });
    response.writeHead(503, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'retry-after': String(RETRY_AFTER_S),
    });
    response.end(body);
  }

  #tell(): void {
    this.#isTold = true;
    this.tell(this.count - this.#told);
    this.#told = this.count;
  }
}

/** What the framework sets on a server that it makes by itself. */
function withTimes(server: Server, times: Record<string, number | undefined>): Server {
  const { keepAliveTimeout, requestTimeout, connectionTimeout } = times;
  if (keepAliveTimeout !== undefined) server.keepAliveTimeout = keepAliveTimeout;
  if (requestTimeout !== undefined) server.requestTimeout = requestTimeout;
  if (connectionTimeout !== undefined) server.setTimeout(connectionTimeout);
  return server;
}
