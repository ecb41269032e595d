import { findAlliance } from '../features/account/index.ts';
import { newHttpProvider } from '../features/payout/index.ts';
import type { Config } from '../server/config.ts';
import { openLog } from '../server/log.ts';
import type { Worker } from '../worker/start-worker.ts';
import type { OpenAlliance } from './open-alliance.ts';
import type { Operations } from './operations.ts';
import { parts } from './parts.ts';
import { startLoopsOf } from './start-loops.ts';

/** Starts the worker of a process. Before the alliance is founded, its midnights are those of the configuration. */
export async function startWorkerOf(
  config: Config,
  opened: OpenAlliance,
  { observe, showQueues }: Operations,
): Promise<Worker> {
  const { database, url } = opened;
  const { startWorker } = await parts.worker();
  const alliance = await findAlliance(database);
  const worker = await startWorker({
    database,
    url,
    timeZone: alliance?.timeZone ?? config.timeZone,
    log: openLog(config),
    payoutProvider: config.payoutProvider && newHttpProvider(config.payoutProvider),
    observe,
    stopWithinMs: config.shutdown.limitMs,
  });
  showQueues(() => worker.queues());
  const loops = await startLoopsOf(config, opened);
  return {
    ...worker,
    async stop() {
      await Promise.all([worker.stop(), loops.stop()]);
    },
  };
}
