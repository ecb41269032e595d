import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json, found upwards because this file also runs compiled, from inside dist/. */
export const projectRoot = findProjectRoot(import.meta.dirname);

/** Where the browser app's sources lie. They are not compiled by tsc, so this is the same in dist/. */
export const appFolder = join(projectRoot, 'src/server/explorer/app');

/** Where the built browser app goes. */
export const bundleFolder = join(projectRoot, 'dist/explorer');

/** Where the ready queries of each caller lie. */
export const operationsFolder = join(projectRoot, 'schema/operations');

function findProjectRoot(start: string): string {
  if (existsSync(join(start, 'package.json'))) return start;
  const parent = dirname(start);
  if (parent === start) throw new Error(`No package.json above ${import.meta.dirname}`);
  return findProjectRoot(parent);
}
