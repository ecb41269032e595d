import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Settlement has a benchmark of its own, `npm run bench:settle`, on data of its own: it settles each line once. */
export async function runSettle({ lines, workers }: { lines: string; workers: string }): Promise<void> {
  const file = join(import.meta.dirname, 'settle-lines.ts');
  const args = ['--import', 'tsx', file, '--lines', lines, '--small', '0', '--workers', workers];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}
