import { setTimeout as sleep } from 'node:timers/promises';

// biome-ignore lint/suspicious/noExplicitAny: the callers know the shape of what they ask for
export type Json = any;

/** A call that was answered at last. */
export interface Answered {
  readonly data: Json;
  /** How many attempts had no answer: each may have done its work, or not. */
  readonly unanswered: number;
}

const ATTEMPT_MS = 15_000;
const PATIENCE_MS = 90_000;
const PAUSE_MS = 150;

/** Somebody who calls the alliance over HTTP and tries again, with the same content, until there is an answer. */
export class Api {
  /** Calls under way, by what they do, each with the time that it began. */
  readonly underWay = new Map<object, { readonly what: string; readonly since: number }>();
  answered = 0;
  unanswered = 0;
  /** Attempts that the server let wait until the caller gave up. */
  timeOuts = 0;

  constructor(
    private readonly url: string,
    /** Aborted when the run is over and nobody waits for answers any more. */
    private readonly over: AbortSignal,
  ) {}

  async call(what: string, key: string, query: string, variables: object): Promise<Answered> {
    const token = {};
    this.underWay.set(token, { what, since: Date.now() });
    try {
      for (let unanswered = 0, since = Date.now(); ; unanswered++) {
        const data = await this.#attempt(key, query, variables);
        if (data !== undefined) {
          this.answered += 1;
          return { data, unanswered };
        }
        this.over.throwIfAborted();
        this.unanswered += 1;
        if (Date.now() - since > PATIENCE_MS)
          throw new Error(`${what} is not answered for ${PATIENCE_MS / 1000} s.`);
        await sleep(PAUSE_MS);
      }
    } finally {
      this.underWay.delete(token);
    }
  }

  /** The data of an answer; undefined for none, and for the answer that something has gone wrong over there. */
  async #attempt(key: string, query: string, variables: object): Promise<Json | undefined> {
    let body: { data?: Json; errors?: { message: string; extensions?: { code?: string } }[] };
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(ATTEMPT_MS),
      });
      body = (await response.json()) as typeof body;
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') this.timeOuts += 1;
      return undefined;
    }
    if (body.errors === undefined) return body.data;
    if (body.errors.every(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR')) return undefined;
    throw new Error(`The alliance refuses: ${JSON.stringify(body.errors)}`);
  }
}
