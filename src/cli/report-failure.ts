import { CommanderError } from 'commander';
import { SetUpError } from '../kernel/set-up-error.ts';
import { Interrupted } from './interrupt.ts';
import { toJson } from './terminal.ts';

const USAGE = 2;

/**
 * Tells a failure in one line on standard error (with `--json` also as the one document on standard output) and gives
 * the exit code: 2 for a wrong command line, 128 and the number of the signal for an interruption, else 1.
 */
export async function reportFailure(error: unknown, json: boolean): Promise<number> {
  if (error instanceof CommanderError) {
    // Commander has written its own line; asking for help is no failure.
    if (error.exitCode === 0) return 0;
    if (json) writeDocument(error.message.replace(/^error: /, ''));
    return USAGE;
  }
  const message = await explain(error);
  process.stderr.write(`${message}\n`);
  if (
    !(error instanceof SetUpError) &&
    !(error instanceof Interrupted) &&
    process.env.LOG_LEVEL === 'debug'
  ) {
    process.stderr.write(`${(error as Error).stack}\n`);
  }
  if (json) writeDocument(message);
  return error instanceof Interrupted ? error.exitCode : 1;
}

function writeDocument(message: string): void {
  process.stdout.write(`${toJson({ error: message })}\n`);
}

async function explain(error: unknown): Promise<string> {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SetUpError || error instanceof Interrupted) return message;
  const { code, path } = error as NodeJS.ErrnoException;
  const { sqlState } = await import('../db/database.ts');
  if (sqlState(error) === '53100' || code === 'ENOSPC') {
    return 'The disk of the database is full: free some space and run this again; nothing half-done was kept.';
  }
  if (code === 'ENOENT' && path) return `There is no file ${path}.`;
  const line = message.split('\n').find((part) => part.trim() !== '');
  return `${line ?? 'It failed and gave no reason'} (LOG_LEVEL=debug shows where).`;
}
