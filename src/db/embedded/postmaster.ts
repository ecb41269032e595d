import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What PostgreSQL says of itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  status: 'starting' | 'ready' | 'stopping' | 'standby';
}

const POLL_MS = 25;

/**
 * The PostgreSQL that runs on the cluster now, or undefined. A file left behind by a killed one, whose number now
 * belongs to another program or to nobody, is removed, because PostgreSQL would wait for that program's end.
 */
export function runningPostmaster(clusterFolder: string): Postmaster | undefined {
  const file = join(clusterFolder, 'postmaster.pid');
  const lines = readIfThere(file)?.split('\n');
  if (!lines) return undefined;
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid)) return undefined;
  if (!isPostgres(pid)) {
    rmSync(file, { force: true });
    return undefined;
  }
  const status = (lines[7] ?? '').trim() as Postmaster['status'] | '';
  return { pid, port: Number.parseInt(lines[3] ?? '', 10), status: status || 'starting' };
}

/**
 * Asks for a fast shutdown (open transactions are rolled back, everything is written) and waits for its end. One
 * that has not ended after `patienceMs` is told to end at once; the next start then replays its log.
 */
export async function stopPostmaster(clusterFolder: string, patienceMs = 30_000): Promise<void> {
  const running = runningPostmaster(clusterFolder);
  if (!running) return;
  signal(running.pid, 'SIGINT');
  if (await hasEnded(clusterFolder, running.pid, patienceMs)) return;
  signal(running.pid, 'SIGQUIT');
  if (!(await hasEnded(clusterFolder, running.pid, 10_000))) {
    throw new Error(`The embedded PostgreSQL (process ${running.pid}) does not stop.`);
  }
}

async function hasEnded(clusterFolder: string, pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (runningPostmaster(clusterFolder)?.pid !== pid) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  if (process.platform !== 'linux') return true;
  // A zombie (its parent was killed and nobody collects it) still answers to signals, but has no command line.
  return readIfThere(`/proc/${pid}/cmdline`)?.includes('postgres') ?? false;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
