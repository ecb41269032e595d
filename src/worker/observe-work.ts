/** A piece of work of a worker. */
export interface Work {
  readonly kind: 'job' | 'chore';
  readonly name: string;
  /** Says that the work was asked to stop: then its failure is none. */
  readonly signal?: AbortSignal;
}

/** Does the work and looks on: for metrics and traces, which a worker knows nothing of. */
export type Observe = <Result>(work: Work, run: () => Promise<Result>) => Promise<Result>;

/** Does the work, and nothing else. */
export const unobserved: Observe = (_work, run) => run();

/** How many jobs of a kind there are. */
export interface QueueSize {
  readonly name: string;
  /** Waiting for their time or for a worker. */
  readonly queued: number;
  readonly active: number;
  /** Failed for good, and not yet swept away. */
  readonly failed: number;
}
