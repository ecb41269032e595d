import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { canReach, databaseAccount } from '../../src/db/embedded/account.ts';
import { copyBinaries, findBinaries } from '../../src/db/embedded/binaries.ts';
import { ensureCluster, type Installation, readPassword, SUPERUSER } from '../../src/db/embedded/cluster.ts';
import { launch } from '../../src/db/embedded/launch.ts';
import { openLogFile } from '../../src/db/embedded/log-file.ts';
import { runningPostmaster, stopPostmaster } from '../../src/db/embedded/postmaster.ts';

/** What is durable must be so by itself: said once more, whatever the defaults are. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** A PostgreSQL of its own at one port, which is killed with all its processes and comes back. */
export class KilledPostgres {
  readonly #installation: Installation;

  private constructor(
    installation: Installation,
    readonly port: number,
  ) {
    this.#installation = installation;
  }

  static async start(dataFolder: string, port: number): Promise<KilledPostgres> {
    mkdirSync(dataFolder, { recursive: true });
    const clusterFolder = join(dataFolder, 'postgres');
    const account = databaseAccount(clusterFolder);
    const found = findBinaries();
    const binaries = account && !canReach(account, found.postgres) ? copyBinaries(found) : found;
    const log = openLogFile(join(dataFolder, 'postgresql.log'));
    const postgres = new KilledPostgres({ dataFolder, clusterFolder, binaries, account, log }, port);
    await ensureCluster(postgres.#installation);
    await postgres.restart();
    return postgres;
  }

  urlOf(database: string): string {
    const password = readPassword(this.#installation.clusterFolder);
    return `postgres://${SUPERUSER}:${password}@127.0.0.1:${this.port}/${database}`;
  }

  /** Starts it, replaying its log, and waits until it answers. */
  async restart(): Promise<void> {
    while (runningPostmaster(this.#installation.clusterFolder)?.status !== 'ready')
      await launch(this.#installation, this.port, DURABLE);
  }

  /** Ends the postmaster and every process of it in one moment, as a machine that loses its power does. */
  async kill(): Promise<void> {
    const postmaster = runningPostmaster(this.#installation.clusterFolder)?.pid;
    if (postmaster === undefined) throw new Error('PostgreSQL had ended before it was killed.');
    // One that is stopped starts no further process while the others are looked for.
    process.kill(postmaster, 'SIGSTOP');
    const all = [...childrenOf(postmaster), postmaster];
    for (const pid of all) killIfThere(pid);
    while (all.some(isThere)) await sleep(2);
  }

  /** Ends the process of one session; PostgreSQL then ends all others, replays its log and goes on. */
  async killSession(pid: number): Promise<void> {
    killIfThere(pid);
    while (isThere(pid)) await sleep(2);
  }

  async stop(): Promise<void> {
    await stopPostmaster(this.#installation.clusterFolder);
    this.#installation.log.close();
  }

  /** The process of a session that is doing something now, or of any when none is; undefined when it does not answer. */
  async someSession(): Promise<number | undefined> {
    const rows = await this.activity().catch(() => []);
    return (rows.find(({ state }) => state !== 'idle') ?? rows[0])?.pid;
  }

  /** What its sessions do now. */
  async activity(): Promise<{ pid: number; state: string; wait: string; seconds: number; query: string }[]> {
    const client = new pg.Client({
      connectionString: this.urlOf('postgres'),
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query(`
        select pid, state, wait_event_type || '/' || wait_event as wait, left(query, 200) as query,
          extract(epoch from now() - xact_start)::int as seconds
        from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`);
      return rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether it still runs; one that has ended and that nobody has collected does not. */
function isThere(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
