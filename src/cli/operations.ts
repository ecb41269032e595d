import type { Database } from '../db/database.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { SetUpError } from '../kernel/set-up-error.ts';
import { type Config, readEnvironment } from '../server/config.ts';
import { Health } from '../server/health.ts';
import type { Metrics } from '../server/metrics.ts';
import type { Observers } from '../server/observe-requests.ts';
import type { OperationsPort } from '../server/operations-port.ts';
import { startTracing } from '../server/tracing.ts';
import type { Observe, QueueSize } from '../worker/observe-work.ts';
import { observeWork } from './observe-work.ts';
import { parts } from './parts.ts';

/** What tells whoever runs a process how it is. */
export interface Operations {
  readonly health: Health;
  readonly observers: Observers;
  /** Has the metrics and traces see jobs and chores; nothing where neither is wanted. */
  readonly observe: Observe | undefined;
  /** Has the metrics tell how the queues of a worker stand. */
  showQueues(read: () => Promise<QueueSize[]>): void;
  /** The address of metrics and health, where there is one. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

/** What putting away the database and the embedded PostgreSQL takes at most, beside requests and jobs. */
const REST_MS = 20_000;

/** How long the end of a process may take before it is ended by force. */
export const longestEnd = ({ shutdown: { delayMs, limitMs } }: Config): number => delayMs + limitMs + REST_MS;

/**
 * Opens what the environment asks for: a port for metrics and health, and traces by the variables of OpenTelemetry.
 * The packages for either are loaded only then.
 */
export async function openOperations(
  config: Config,
  database: Database,
  clock: Clock = systemClock,
): Promise<Operations> {
  const health = new Health(database);
  const tracing = await startTracing(readEnvironment());
  const { metrics, port, addQueues } = await openMetrics(config, database, health, clock);
  const observers = { metrics, tracing };
  return {
    health,
    observers,
    observe: metrics || tracing ? observeWork(observers) : undefined,
    showQueues: (read) => addQueues?.(read),
    url: port?.url,
    async close() {
      await port?.close();
      await tracing?.stop();
    },
  };
}

interface OpenMetrics {
  readonly metrics?: Metrics;
  readonly port?: OperationsPort;
  readonly addQueues?: (read: () => Promise<QueueSize[]>) => void;
}

async function openMetrics(
  config: Config,
  database: Database,
  health: Health,
  clock: Clock,
): Promise<OpenMetrics> {
  if (config.metrics === undefined) return {};
  const { Metrics, addBusinessGauges, addQueueGauges, openOperationsPort } = await parts.metrics();
  const metrics = new Metrics(database);
  addBusinessGauges(metrics, database, clock);
  try {
    const port = await openOperationsPort(config.metrics, { health, metrics });
    return { metrics, port, addQueues: (read) => addQueueGauges(metrics, read) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const { host, port } = config.metrics;
    throw new SetUpError(
      `METRICS_PORT: ${host}:${port} cannot be listened on (${code}): set it to a free one.`,
    );
  }
}
