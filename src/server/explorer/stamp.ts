import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appFolder, bundleFolder, projectRoot } from './paths.ts';

/** What ends up in the bundle, or makes it; another version of one of these makes the bundle stale. */
const packages = [
  '@graphiql/plugin-doc-explorer',
  '@graphiql/plugin-history',
  '@graphiql/react',
  '@graphiql/toolkit',
  'graphiql',
  'graphql',
  'graphql-sse',
  'monaco-editor',
  'monaco-graphql',
  'react',
  'react-dom',
  'vite',
];

const stampName = 'stamp.txt';

/** A hash of everything that the bundle is made from: sources, and the versions of packages (hex, 64 digits). */
export async function inputStamp(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(appFolder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    hash.update(`${file.slice(appFolder.length)}\0`);
    hash.update(await readFile(file));
  }
  for (const name of packages) hash.update(`\0${name}@${await installedVersion(name)}`);
  return hash.digest('hex');
}

/** Says whether the bundle lies there and was made from the inputs with this stamp. */
export async function bundleIsFresh(stamp: string): Promise<boolean> {
  const path = join(bundleFolder, stampName);
  return existsSync(path) && (await readFile(path, 'utf8')) === stamp;
}

/** Marks the bundle in this folder as made from the inputs with this stamp. */
export async function writeStamp(folder: string, stamp: string): Promise<void> {
  await writeFile(join(folder, stampName), stamp);
}

async function installedVersion(name: string): Promise<string> {
  const path = join(projectRoot, 'node_modules', name, 'package.json');
  if (!existsSync(path)) return 'absent';
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
}
