import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { onServer } from './data.ts';

/** What figures were measured on: nothing of them means anything without. */
export interface Machine {
  readonly measuredAt: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  readonly system: string;
  readonly postgresql: string;
  readonly commit: string;
}

export async function describeMachine(serverUrl: string): Promise<Machine> {
  const [row] = await onServer<{ server_version: string }>(serverUrl, ['show server_version']);
  return {
    measuredAt: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    system: `${process.platform} ${release()}`,
    postgresql: row?.server_version ?? 'unknown',
    commit: commit(),
  };
}

function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : ' with changes');
  } catch {
    return 'unknown';
  }
}
