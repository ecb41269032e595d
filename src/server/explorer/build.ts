import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { appFolder, bundleFolder } from './paths.ts';
import { bundleIsFresh, inputStamp, writeStamp } from './stamp.ts';

/** What became of the explorer's bundle, with one line for a person. */
export interface ExplorerBundle {
  /** `skipped` means that the packages which build it are not installed, `failed` that the build broke. */
  state: 'fresh' | 'built' | 'skipped' | 'failed';
  message: string;
}

type Vite = typeof import('vite');

/**
 * Builds the explorer's bundle into dist/explorer unless it lies there fresh. Never throws: an alliance runs
 * without its explorer, so that a read-only disk or missing packages must not keep the server from starting.
 * @param announce gets a line before a build starts, because it takes some seconds.
 */
export async function ensureExplorer(announce: (line: string) => void = () => {}): Promise<ExplorerBundle> {
  try {
    const stamp = await inputStamp();
    if (await bundleIsFresh(stamp)) return { state: 'fresh', message: 'The explorer is up to date.' };
    const vite = await loadVite();
    if (!vite) return skipped();
    announce('Building the explorer (GraphiQL), once, in some seconds …');
    return await build(vite, stamp);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { state: 'failed', message: `The explorer could not be built: ${reason}` };
  }
}

function skipped(): ExplorerBundle {
  const what = existsSync(join(bundleFolder, 'index.html')) ? 'keeps its older bundle' : 'is left out';
  const message =
    `The explorer ${what}: the packages that build it are not installed. ` +
    'The API works without it. To have it: npm ci && npm run prepare';
  return { state: 'skipped', message };
}

/** Vite and what it bundles may be missing, as in an image that was trimmed by hand. */
async function loadVite(): Promise<Vite | undefined> {
  try {
    for (const name of ['graphiql', 'monaco-editor/package.json', 'react', 'react-dom', 'graphql']) {
      import.meta.resolve(name);
    }
    return await import('vite');
  } catch {
    return undefined;
  }
}

/** Builds beside the target and renames, so that a running server or a second builder never sees half of it. */
async function build(vite: Vite, stamp: string): Promise<ExplorerBundle> {
  const startedAt = performance.now();
  const folder = `${bundleFolder}.${process.pid}`;
  try {
    await vite.build({
      configFile: join(appFolder, 'vite.config.ts'),
      root: appFolder,
      // Its warnings are about directives inside other people's packages, some eighty screens of them.
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
    const bytes = await compressAll(folder);
    await writeStamp(folder, stamp);
    await replaceBundle(folder);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    return { state: 'built', message: `Built the explorer: ${(bytes / 1e6).toFixed(1)} MB in ${seconds} s.` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function replaceBundle(folder: string): Promise<void> {
  await mkdir(dirname(bundleFolder), { recursive: true });
  await rm(bundleFolder, { recursive: true, force: true });
  try {
    await rename(folder, bundleFolder);
  } catch (error) {
    // Another builder was quicker between our two steps; its bundle is made from the same sources.
    if (!existsSync(join(bundleFolder, 'index.html'))) throw error;
  }
}

/** Writes a `.br` beside each asset, so that no request pays for compressing megabytes. Answers all plain bytes. */
async function compressAll(folder: string): Promise<number> {
  const names = await readdir(join(folder, 'assets'));
  const sizes = await Promise.all(names.map((name) => compressFile(join(folder, 'assets', name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function compressFile(path: string): Promise<number> {
  const { size } = await stat(path);
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(await readFile(path), options));
  return size;
}

/** `npm ci` runs this file; only a build that broke may fail it, a build that is not possible here may not. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const bundle = await ensureExplorer(print);
  print(bundle.message);
  if (bundle.state === 'failed') process.exitCode = 1;
}
