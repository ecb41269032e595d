import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Terminal } from '../../src/cli/terminal.ts';

const FOLDER = import.meta.dirname;

/** Fetches the packages that only the benchmark needs, unless they are there: autocannon and the peers. */
export async function installPeers(terminal: Terminal): Promise<void> {
  if (existsSync(join(FOLDER, 'node_modules', 'autocannon', 'package.json'))) return;
  terminal.note(
    'Fetching the packages of the benchmark (autocannon, PostGraphile; about 300 MB) into test/bench/node_modules …',
  );
  const child = spawn('npm', ['ci', '--prefix', FOLDER, '--no-audit', '--no-fund'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new Error(
      `npm ci --prefix test/bench ended with ${code}: without its packages nothing can be measured.`,
    );
}
