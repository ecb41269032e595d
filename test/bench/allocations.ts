import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Needs } from './allocations-process.ts';
import type { OperationName } from './operations.ts';

const FILE = join(import.meta.dirname, 'allocations-process.ts');
/**
 * Room for all that a batch allocates, and one thread: what helpers of V8 do at their own times would be counted too. Only the
 * interpreter runs the code, so that it allocates what the code says, whatever a compiler would have left out by then.
 */
const FLAGS = [
  '--expose-gc',
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
  '--single-threaded',
  '--no-opt',
  '--no-maglev',
  '--no-sparkplug',
];

/** What each operation needs on the database, as a process of its own has counted it. */
export async function countAllocations(url: string): Promise<Record<OperationName, Needs>> {
  const child = fork(FILE, [url], { execArgv: [...FLAGS, '--import', 'tsx'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that counts ended with ${code} before it had told.`);
  });
  ended.catch(() => undefined);
  const said = once(child, 'message').then(([needs]) => needs as Record<OperationName, Needs>);
  return Promise.race([said, ended]);
}
