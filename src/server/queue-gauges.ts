import { KeptFigures } from './kept-figures.ts';
import type { Metrics } from './metrics.ts';

/** How many jobs of a kind there are. */
interface QueueSize {
  readonly name: string;
  readonly queued: number;
  readonly active: number;
  readonly failed: number;
}

const KEPT_MS = 15_000;

/** Adds to the metrics of a worker how the queues of jobs stand; they are shared, so that each worker tells the same. */
export function addQueueGauges(metrics: Metrics, read: () => Promise<QueueSize[]>): void {
  const kept = new KeptFigures(read, KEPT_MS);
  metrics.gauge('jobs', 'Jobs of the queue, by their state.', ['queue', 'state'], async (gauge) => {
    for (const { name: queue, queued, active, failed } of (await kept.get()) ?? []) {
      gauge.set({ queue, state: 'queued' }, queued);
      gauge.set({ queue, state: 'active' }, active);
      gauge.set({ queue, state: 'failed' }, failed);
    }
  });
}
