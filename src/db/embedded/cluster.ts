import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from '../../kernel/set-up-error.ts';
import { type Account, canReach } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { LogFile } from './log-file.ts';

/** The superuser of the embedded PostgreSQL. */
export const SUPERUSER = 'alliance';

const PASSWORD_FILE = 'alliance.password';

/** Everything that is needed to run a program of PostgreSQL on a cluster. */
export interface Installation {
  dataFolder: string;
  clusterFolder: string;
  binaries: Binaries;
  account: Account | undefined;
  log: LogFile;
}

/**
 * A folder as PostgreSQL is to name it. Where the account cannot pass a parent folder (root's home, `mktemp -d`), the
 * opened folder itself is handed over as descriptor 3, which needs no way through the parents.
 */
export interface HandedFolder {
  name: string;
  descriptor: number | undefined;
  close(): void;
}

/** Hands a folder over to the account. */
export function handOver(folder: string, account: Account | undefined): HandedFolder {
  if (!account || process.platform !== 'linux' || canReach(account, folder)) {
    return { name: folder, descriptor: undefined, close: () => undefined };
  }
  const descriptor = openSync(folder, 'r');
  return { name: '/proc/self/fd/3', descriptor, close: () => closeSync(descriptor) };
}

/** The superuser's password; only the owner of the cluster and root can read it. */
export function readPassword(clusterFolder: string): string {
  return readFileSync(join(clusterFolder, PASSWORD_FILE), 'utf8').trim();
}

/**
 * Makes the cluster where there is none, and refuses one of another version. It is made in a folder beside and put in
 * place by one rename, so that an interruption or a full disk leaves no half-made cluster, and of two processes that
 * make one at once the later one throws its own away.
 */
export async function ensureCluster(installation: Installation): Promise<void> {
  const { clusterFolder, dataFolder, account } = installation;
  if (isCluster(installation)) return;
  sweepUnfinished(dataFolder);
  const workshop = join(dataFolder, `postgres.new-${process.pid}-${randomBytes(3).toString('hex')}`);
  try {
    mkdirSync(join(workshop, 'cluster'), { recursive: true, mode: 0o700 });
    const password = randomBytes(24).toString('base64url');
    writeFileSync(join(workshop, 'password'), `${password}\n`, { mode: 0o600 });
    if (account) giveAway(workshop, account);
    await initialise(installation, workshop);
    const passwordFile = join(workshop, 'cluster', PASSWORD_FILE);
    renameSync(join(workshop, 'password'), passwordFile);
    renameSync(join(workshop, 'cluster'), clusterFolder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function isCluster({ clusterFolder, binaries }: Installation): boolean {
  const versionFile = join(clusterFolder, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    if (!existsSync(clusterFolder) || readdirSync(clusterFolder).length === 0) return false;
    throw new SetUpError(
      `${clusterFolder} holds something that is not a PostgreSQL data folder: move it away, ` +
        'or set ALLIANCE_DATA_DIR to another folder.',
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version === String(binaries.majorVersion)) return true;
  throw new SetUpError(
    `${clusterFolder} was made by PostgreSQL ${version}, but this is PostgreSQL ${binaries.majorVersion}: ` +
      `set ALLIANCE_DATA_DIR to another folder, or move the data with the pg_upgrade of PostgreSQL ` +
      `${binaries.majorVersion}, or run PostgreSQL ${version} on it yourself and set DATABASE_URL.`,
  );
}

function initialise({ binaries, account, log }: Installation, workshop: string): Promise<void> {
  const folder = handOver(workshop, account);
  const from = log.size();
  const args = [
    `--pgdata=${folder.name}/cluster`,
    `--username=${SUPERUSER}`,
    `--pwfile=${folder.name}/password`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The built-in locale sorts the same on every operating system and is there on each of them.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  return new Promise<void>((resolve, reject) => {
    const child = spawn(binaries.initdb, args, {
      ...account,
      cwd: '/',
      // Its own process group: Ctrl-C at the terminal is ours to answer.
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor, folder.descriptor ?? 'ignore'],
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(log.explain(from, 'The embedded PostgreSQL could not make its data folder'));
    });
  }).finally(() => folder.close());
}

function giveAway(workshop: string, { uid, gid }: Account): void {
  for (const path of ['', 'cluster', 'password']) chownSync(join(workshop, path), uid, gid);
}

/** Removes what a killed process left half-made. */
function sweepUnfinished(dataFolder: string): void {
  for (const name of readdirSync(dataFolder)) {
    const pid = /^postgres\.new-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
