import type { Command } from 'commander';
import { readConfig } from '../server/config.ts';
import { parts } from './parts.ts';

/** `alliance worker`: does what has its hours, without serving requests. */
export function addWorker(program: Command): void {
  program
    .command('worker')
    .description(
      'Do what has its hours (settlement, reserves, time-outs) until Ctrl-C; any number of workers share it. ' +
        'The server does it too, unless it was started with --no-worker.',
    )
    .action(async () => {
      const { keepOpen } = await import('./keep-open.ts');
      const { longestEnd, openOperations } = await import('./operations.ts');
      const { startWorkerOf } = await import('./start-worker.ts');
      const config = readConfig();
      await keepOpen(config, async ({ alliance, interruption, onClose }) => {
        const { setUpSandbox } = await parts.sandbox();
        // A sandbox has no hours of its own: whoever moves its clock does what is due.
        await setUpSandbox(alliance.database, false, new Date());
        interruption.limitTo(longestEnd(config));
        const operations = await openOperations(config, alliance.database);
        onClose(() => operations.close());
        const worker = await startWorkerOf(config, alliance, operations);
        onClose(() => worker.stop());
        onClose(async () => operations.health.beginEnding());
        const log = config.logFile ?? 'standard error';
        const metrics = operations.url ? `, metrics: ${operations.url}/metrics` : '';
        return `The worker is at work (log: ${log}${metrics}). Ctrl-C stops it.\n`;
      });
      process.exit(0);
    });
}
