import { getHeapStatistics } from 'node:v8';
import fastifyUnderPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import { overloaded } from '../graphql/errors.ts';

/** Machines that ask how it is are answered whatever happens. */
const EXEMPT = new Set(['/healthz', '/readyz']);
/** Far from the heap's end, where collecting takes more time than working. */
const MAX_HEAP_SHARE = 0.85;

/** The limit is looked at so often. */
const WINDOW_MS = 500;
/** When answers take longer than this on average, too many are worked on at once. */
const TARGET_MS = 1_000;
const LEAST_IN_FLIGHT = 8;

/** Decides how many requests are worked on at once: fewer while they take long, more again when they do not. */
export class Admission {
  readonly #most: number;
  readonly #database: Pick<Database, 'condition'>;
  #limit: number;
  #inFlight = 0;
  #windowEnds = 0;
  #answered = 0;
  #tookMs = 0;
  #wasFull = false;
  /** Most at once in this window. */
  #peak = 0;

  constructor(most: number, database: Pick<Database, 'condition'>) {
    this.#most = most;
    this.#limit = most;
    this.#database = database;
  }

  /** Requests that are worked on, and how many there may be now. */
  get state(): { readonly inFlight: number; readonly limit: number } {
    return { inFlight: this.#inFlight, limit: this.#limit };
  }

  /** Whether there is room for one more. */
  hasRoom(): boolean {
    const { waiting, most } = this.#database.condition();
    const hasRoom = this.#inFlight < this.#limit && waiting < Math.max(this.#limit, most);
    if (!hasRoom) this.#wasFull = true;
    return hasRoom;
  }

  /** Takes a place; what it returns gives the place up. */
  enter(now: () => number = () => performance.now()): () => void {
    const began = now();
    this.#inFlight += 1;
    this.#peak = Math.max(this.#peak, this.#inFlight);
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      this.#inFlight -= 1;
      this.#answered += 1;
      this.#tookMs += now() - began;
      this.#adapt(now());
    };
  }

  #adapt(at: number): void {
    if (at < this.#windowEnds) return;
    const meanMs = this.#tookMs / this.#answered;
    // Where few are worked on, each of them takes long by itself, and taking fewer would help nobody.
    if (meanMs > TARGET_MS && this.#peak * 2 > this.#limit)
      this.#limit = Math.max(Math.min(LEAST_IN_FLIGHT, this.#most), Math.floor(this.#limit * 0.8));
    else if (this.#wasFull) this.#limit = Math.min(this.#most, this.#limit + 4);
    this.#windowEnds = at + WINDOW_MS;
    this.#answered = 0;
    this.#tookMs = 0;
    this.#wasFull = false;
    this.#peak = this.#inFlight;
  }
}

/**
 * Refuses requests before anything of them is read, while memory is at its end. Not by the delay of the event loop: one
 * long collection or the first request after a start makes that large while nobody waits; see Admission for what does.
 */
export async function shedLoad(app: FastifyInstance): Promise<void> {
  await app.register(fastifyUnderPressure, {
    maxHeapUsedBytes: getHeapStatistics().heap_size_limit * MAX_HEAP_SHARE,
    sampleInterval: 500,
    pressureHandler: async ({ routeOptions }: FastifyRequest) => {
      if (!EXEMPT.has(routeOptions.url ?? '')) throw overloaded();
    },
  });
}

/** A hook of a route that takes a place for each request. After the body was read: one that arrives slowly takes nobody's place. */
export const admitting =
  (admission: Admission) =>
  async (_request: FastifyRequest, { raw }: FastifyReply): Promise<void> => {
    if (!admission.hasRoom()) throw overloaded();
    raw.once('close', admission.enter());
  };
