import { mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SetUpError } from '../kernel/set-up-error.ts';
import { canReach, databaseAccount } from './embedded/account.ts';
import { copyBinaries, findBinaries } from './embedded/binaries.ts';
import { ensureCluster, type Installation, readPassword, SUPERUSER } from './embedded/cluster.ts';
import { type Hold, takeHold } from './embedded/hold.ts';
import { launch } from './embedded/launch.ts';
import { openLogFile } from './embedded/log-file.ts';
import { runningPostmaster, stopPostmaster } from './embedded/postmaster.ts';

/** Where the embedded PostgreSQL keeps its data, and how it runs. */
export interface EmbeddedOptions {
  /** `ALLIANCE_DATA_DIR`; the cluster is its folder `postgres`. */
  dataFolder: string;
  /** Made when it is not there. */
  databaseName?: string;
  /** Settings of PostgreSQL beside our own; they count only where this process starts the server. */
  settings?: Record<string, string>;
  /** Told when the server ended although nobody here asked for it. */
  onLost?: () => void;
}

/** A running embedded PostgreSQL, shared by all processes on the same data folder. */
export interface EmbeddedPostgres {
  /** With the password in it: never to be printed. */
  url: string;
  /** Lets go of the server; the last process that does stops it. */
  release(): Promise<void>;
}

const START_PATIENCE_MS = 120_000;
const POLL_MS = 50;
/** The server is starting, stopping, or has just gone. */
const PASSING = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/**
 * Starts the embedded PostgreSQL on the data folder, or joins the one that runs there already: of another command, or
 * left behind by a killed process. Throws SetUpError with one line that says what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const installation = prepare(resolve(options.dataFolder));
  try {
    return await startOrJoin(installation, options);
  } catch (error) {
    throw explainFileError(error, installation.dataFolder);
  } finally {
    installation.log.close();
  }
}

function prepare(dataFolder: string): Installation {
  try {
    mkdirSync(dataFolder, { recursive: true });
    const clusterFolder = resolve(dataFolder, 'postgres');
    const account = databaseAccount(clusterFolder);
    const found = findBinaries();
    const binaries = account && !canReach(account, found.postgres) ? copyBinaries(found) : found;
    return {
      dataFolder,
      clusterFolder,
      binaries,
      account,
      log: openLogFile(resolve(dataFolder, 'postgresql.log')),
    };
  } catch (error) {
    throw explainFileError(error, dataFolder);
  }
}

async function startOrJoin(installation: Installation, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const deadline = Date.now() + START_PATIENCE_MS;
  const { clusterFolder, log } = installation;
  while (Date.now() < deadline) {
    const running = runningPostmaster(clusterFolder);
    if (!running) {
      await ensureCluster(installation);
      await launch(installation, await freePort(), options.settings ?? {});
      continue;
    }
    const joined = running.status === 'ready' && (await join(clusterFolder, running.port, options));
    if (joined) return joined;
    await sleep(POLL_MS);
  }
  throw new SetUpError(
    `The embedded PostgreSQL in ${clusterFolder} neither starts nor stops: see ${log.path}.`,
  );
}

/** Undefined when the server is just starting, or just being stopped by the last one who used it. */
async function join(
  clusterFolder: string,
  port: number,
  { databaseName = 'alliance', onLost = () => undefined }: EmbeddedOptions,
): Promise<EmbeddedPostgres | undefined> {
  const server = `postgres://${SUPERUSER}:${readPassword(clusterFolder)}@127.0.0.1:${port}`;
  let hold: Hold;
  const regain = () => {
    // One crashed backend makes PostgreSQL end all sessions and go on: only its own end is a loss.
    const isThere = () => runningPostmaster(clusterFolder) !== undefined;
    retryPassing(() => takeHold(`${server}/postgres`, regain), isThere).then((regained) => {
      if (regained) hold = regained;
      else onLost();
    }, onLost);
  };
  const taken = await retryPassing(
    () => takeHold(`${server}/postgres`, regain),
    () => false,
  );
  if (!taken) return undefined;
  hold = taken;
  await ensureDatabase(server, databaseName);
  let released: Promise<void> | undefined;
  const release = async () => {
    if (await hold.letGo()) await stopPostmaster(clusterFolder);
  };
  return {
    url: `${server}/${databaseName}`,
    release: () => {
      released ??= release();
      return released;
    },
  };
}

/** Tries while the server is coming or going and it makes sense to go on; undefined when it no longer does. */
async function retryPassing<Result>(
  attempt: () => Promise<Result>,
  goesOn: () => boolean,
): Promise<Result | undefined> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (!goesOn()) return undefined;
      await sleep(POLL_MS);
    }
  }
}

function isPassing(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return PASSING.has(code ?? '') || /Connection terminated|timeout expired/.test(message ?? '');
}

async function ensureDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // Two processes that start at once both find none; the later one's error says that all is well.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolvePort(port));
    });
  });
}

function explainFileError(error: unknown, dataFolder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const remedy = 'set ALLIANCE_DATA_DIR to another folder';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new SetUpError(
        `The disk of ${dataFolder} is full: free some space (about 200 MB at first), or ${remedy}.`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new SetUpError(
        `The data folder ${dataFolder} is closed to this account: run as the one that made it, or ${remedy}.`,
      );
    case 'EEXIST':
    case 'ENOTDIR':
      return new SetUpError(`The data folder ${dataFolder} is not a folder: remove that file, or ${remedy}.`);
    default:
      return error;
  }
}
