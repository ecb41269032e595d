import { type StatementWatch, watchStatements } from '../db/watch.ts';
import type { Observers } from '../server/observe-requests.ts';
import type { Observe } from '../worker/observe-work.ts';

/** Looks on at the work of a worker: the metrics take its time and its statements, the traces each job with them. */
export function observeWork({ metrics, tracing }: Observers): Observe {
  return async ({ kind, name, signal }, run) => {
    // Chores come every half minute and find nothing most of the time.
    const trace = kind === 'job' ? tracing?.work(`job ${name}`) : undefined;
    const watch: StatementWatch = {
      ended(statement) {
        metrics?.statement(statement);
        trace?.statement(statement);
      },
    };
    const startedAt = performance.now();
    const end = (outcome: 'done' | 'failed' | 'stopped', result?: unknown): void => {
      const ms = performance.now() - startedAt;
      metrics?.work({ kind, name, outcome, ms, linesSettled: linesOf(name, result) });
      trace?.end({ failed: outcome === 'failed' });
    };
    try {
      const result = await watchStatements(watch, run);
      end('done', result);
      return result;
    } catch (error) {
      end(signal?.aborted ? 'stopped' : 'failed');
      throw error;
    }
  };
}

/** The lines that a run of settlement has settled. */
function linesOf(name: string, result: unknown): number | undefined {
  const lines = name === 'settle' ? (result as { lines?: unknown } | undefined)?.lines : undefined;
  return typeof lines === 'number' ? lines : undefined;
}
