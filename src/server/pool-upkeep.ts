import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/database.ts';
import { refreshDuePool, refreshSales } from '../features/plan/index.ts';
import type { Clock } from '../kernel/clock.ts';

const DUE_EVERY_MS = 30_000;
const SALES_EVERY_MS = 5 * 60_000;

/** Keeps the pool true while the server runs: plans that open and end by their time, and the sales of the last 30 days. */
export function keepPoolFresh(
  database: Database,
  clock: Clock,
  log: FastifyBaseLogger,
): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const run = (what: string, work: () => Promise<unknown>) => {
    running = running
      .then(work)
      .catch((err: unknown) => log.error({ err }, `${what} failed; it is tried again`));
  };
  const timers = [
    setInterval(() => run('Refreshing the pool', () => refreshDuePool(database, clock.now())), DUE_EVERY_MS),
    setInterval(() => run('Counting sales', () => refreshSales(database, clock.now())), SALES_EVERY_MS),
  ];
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await running;
    },
  };
}
