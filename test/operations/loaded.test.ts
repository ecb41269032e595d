import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Loads what a server and a worker load at their start, and prints which packages for watching them came with it. */
const LIST = `
import { registerHooks } from 'node:module';
const loaded = new Set();
registerHooks({
  load(url, context, next) {
    const name = /node_modules\\/(@opentelemetry\\/[^/]+|prom-client)\\//.exec(url)?.[1];
    if (name) loaded.add(name);
    return next(url, context);
  },
});
await import('./src/cli/serve-alliance.ts');
await import('./src/server/server.ts');
await import('./src/worker/start-worker.ts');
await import('./src/cli/operations.ts');
if (process.argv.includes('metrics')) await import('./src/server/metrics-parts.ts');
console.log(JSON.stringify([...loaded].sort()));
`;

function loadedWith(...args: string[]): string[] {
  const given = ['--import', 'tsx', '--input-type=module', '--eval', LIST, '--', ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, given, { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

test('a process that shows neither metrics nor traces loads nothing for them', () => {
  // pg-boss would use the interface of OpenTelemetry if somebody had set it up; it is small, and does nothing by itself.
  expect(loadedWith().filter((name) => name !== '@opentelemetry/api')).toEqual([]);
  expect(loadedWith('metrics')).toContain('prom-client');
});
