import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { SetUpError } from '../../kernel/set-up-error.ts';

/** The file that PostgreSQL writes its log into. */
export interface LogFile {
  path: string;
  descriptor: number;
  /** In bytes; a later `explain` looks at what was written from here on. */
  size(): number;
  /** An error for the terminal: what happened, and the reason that PostgreSQL gave since `from`. */
  explain(from: number, what: string): SetUpError;
  /** Whether PostgreSQL has said this since `from`. */
  says(from: number, words: RegExp): boolean;
  close(): void;
}

const TURN_OVER_BYTES = 16 * 1024 * 1024;

/** Opens the log for appending; one that has grown long is turned over first, keeping one older. */
export function openLogFile(path: string): LogFile {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > TURN_OVER_BYTES)
    renameSync(path, `${path}.old`);
  const descriptor = openSync(path, 'a', 0o600);
  const since = (from: number) => readFileSync(path).subarray(from).toString('utf8');
  return {
    path,
    descriptor,
    size: () => fstatSync(descriptor).size,
    says: (from, words) => words.test(since(from)),
    explain: (from, what) => explain(since(from), what, path),
    close: () => closeSync(descriptor),
  };
}

function explain(text: string, what: string, path: string): SetUpError {
  if (/No space left on device|Disk quota exceeded/.test(text)) {
    return new SetUpError(
      `${what}: the disk is full. Free some space (about 200 MB at first), or set ALLIANCE_DATA_DIR to another disk.`,
    );
  }
  const reasons = text.split('\n').filter((line) => /FATAL|PANIC|error:|could not|cannot/i.test(line));
  const reason = reasons
    .at(-1)
    ?.replace(/^.*?(FATAL|PANIC|error): */i, '')
    .trim();
  return new SetUpError(`${what}: ${reason || 'it gave no reason'} (its log is ${path}).`);
}
