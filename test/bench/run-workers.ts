import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a worker process has done and needed. */
export interface WorkerReport {
  readonly lines: number;
  readonly batches: number;
  readonly seconds: number;
  /** The most resident memory, in KiB, with Node itself and all code. */
  readonly peakKib: number;
  /** The resident memory over time, in KiB, four times a second. */
  readonly samplesKib: readonly number[];
}

const WORKER = join(import.meta.dirname, 'settle-worker.ts');

/**
 * Runs so many worker processes on the database at once, all from the same moment on. With a heap of so many MiB, one
 * whose memory grows with the number of lines is ended by Node.
 */
export async function runWorkers(
  url: string,
  count: number,
  asOf: Date,
  heapMib?: number,
): Promise<WorkerReport[]> {
  const heap = heapMib === undefined ? [] : [`--max-old-space-size=${heapMib}`];
  const children = Array.from({ length: count }, () =>
    fork(WORKER, [url, asOf.toISOString()], { execArgv: ['--import', 'tsx', ...heap] }),
  );
  try {
    await Promise.all(children.map(next));
    return await Promise.all(
      children.map(async (child) => {
        child.send('go');
        return (await next(child)) as WorkerReport;
      }),
    );
  } finally {
    for (const child of children) if (child.exitCode === null && child.connected) child.kill();
  }
}

/** The next message of a child; rejects when it ends without one. */
async function next(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A worker ended with ${code} before it had reported.`);
  });
  const said = once(child, 'message').then(([message]) => message as unknown);
  ended.catch(() => undefined);
  return Promise.race([said, ended]);
}
