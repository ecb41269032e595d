#!/usr/bin/env node
// `npx alliance` begins on whatever Node the system has; this goes on with the one that npm installed beside us,
// because the packages here need a newer one than the oldest that may start them.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const flags = require('./node-flags.json');

const own = findOwnNode();
if (!own) {
  process.stderr.write(`The packages are not installed: run "npm ci" in ${root} first.\n`);
  process.exit(1);
}
const tsx = pathToFileURL(require.resolve('tsx')).href;
const child = spawn(own, [...flags, '--import', tsx, join(root, 'src', 'cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// At a terminal Ctrl-C reaches the child by itself as well; a second one changes nothing there.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`Node could not be started (${error.message}): run "npm ci" in ${root} again.\n`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));

function findOwnNode() {
  const file = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  // Without the package's install script there is no binary; a system Node that is new enough does as well.
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > 22 || (major === 22 && minor >= 17);
  return isNewEnough && existsSync(join(root, 'node_modules')) ? process.execPath : undefined;
}
