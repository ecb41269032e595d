import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How long the end of a server may take. */
export interface DrainTimes {
  /** For so long it goes on as before, but says that it wants no more: a load balancer needs that to notice. */
  readonly delayMs: number;
  /** For so long it waits for requests that have been taken. */
  readonly limitMs: number;
  /** Aborted when somebody will wait no longer. */
  readonly hurry?: AbortSignal;
}

const LOOK_EVERY_MS = 10;
/** For connections over which something may be on its way. */
const LINGER_MS = 200;

/** The end of a server that answers every request that it has taken. */
export class Drain {
  readonly #app: FastifyInstance;
  readonly #upgraded = new Set<Duplex>();
  #inFlight = 0;
  #begun = false;

  /** Before the server listens, so that no request is missed. */
  constructor(app: FastifyInstance) {
    this.#app = app;
    app.server.on('request', (_request, response) => {
      this.#inFlight += 1;
      response.once('close', () => {
        this.#inFlight -= 1;
      });
    });
    app.server.on('upgrade', (_request, socket: Duplex) => {
      this.#upgraded.add(socket);
      socket.once('close', () => this.#upgraded.delete(socket));
    });
    // Whoever keeps a connection is told to open the next one elsewhere, before this one is closed under its feet.
    app.addHook('onSend', async (_request, reply) => {
      if (this.#begun) reply.header('connection', 'close');
    });
  }

  /** Ends the server: after the delay no connection is taken, and what was asked is answered, within the limit. */
  async end({ delayMs, limitMs, hurry }: DrainTimes): Promise<void> {
    this.#begun = true;
    const { server } = this.#app;
    await sleep(delayMs, undefined, { signal: hurry }).catch(() => undefined);
    const closed = this.#app.close();
    await this.#until(() => !server.listening && this.#inFlight === 0, limitMs, hurry);
    // What is left are connections that never asked, and at most one that has begun to.
    const isLast = Promise.race([closed, sleep(LINGER_MS, undefined, { ref: false })]);
    if (!hurry?.aborted) await isLast;
    server.closeAllConnections();
    // Node does not count these as its own; whoever opened them had time to end them.
    for (const socket of this.#upgraded) socket.destroy();
    await closed;
  }

  async #until(isSo: () => boolean, limitMs: number, hurry: AbortSignal | undefined): Promise<void> {
    const last = performance.now() + limitMs;
    while (!isSo() && performance.now() < last && !hurry?.aborted) await sleep(LOOK_EVERY_MS);
  }
}
