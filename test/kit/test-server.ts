import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopPostmaster } from '../../src/db/embedded/postmaster.ts';
import { startEmbedded } from '../../src/db/embedded.ts';

/** The PostgreSQL that the tests run on. */
export interface TestServer {
  /** A database from which others can be made. */
  adminUrl: string;
  stop(): Promise<void>;
}

const FOLDER = 'alliance-test-';

/** Nothing here outlives the tests, so that no write needs to reach the disk. */
const FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/** The server of `DATABASE_URL` when it is set, else an embedded one in a folder of its own. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  if (given) return { adminUrl: given, stop: async () => undefined };
  await sweepLeftBehind();
  const dataFolder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  // PostgreSQL runs as another account when we are root, and it must get in.
  chmodSync(dataFolder, 0o755);
  const server = await startEmbedded({ dataFolder, databaseName: 'test', settings: FORGETFUL });
  return {
    adminUrl: server.url,
    async stop() {
      await server.release();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Stops and removes the servers of test runs that were killed. */
async function sweepLeftBehind(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${FOLDER}(\\d+)-`).exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    const folder = join(tmpdir(), name);
    try {
      await stopPostmaster(join(folder, 'postgres'));
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // It belongs to another account, whose own next run sweeps it.
    }
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
