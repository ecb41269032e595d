import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { handOver, type Installation } from './cluster.ts';
import { runningPostmaster } from './postmaster.ts';

/**
 * Settings for one alliance on one machine. `jit` costs more than it gives on short queries; compressed and fewer
 * checkpoints suit intake in batches; the rest are for a machine that does other things as well.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // A path of a socket may have 107 bytes at most, which a data folder can exceed.
  unix_socket_directories: '',
  cluster_name: 'goods-alliance',
  jit: 'off',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_connections: '100',
  max_wal_size: '2GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Start-up failures are recognised by their English words.
  lc_messages: 'C',
};

const POLL_MS = 20;

/**
 * Starts PostgreSQL on the cluster and waits until it is ready, which may include replaying its log. It is a process
 * group of its own, so that Ctrl-C at the terminal reaches only us, and so that it survives us when others use it.
 * Returns without one when another process was faster or the port was taken in this moment: the caller looks again.
 */
export async function launch(
  installation: Installation,
  port: number,
  settings: Record<string, string>,
): Promise<void> {
  const { clusterFolder, log } = installation;
  const from = log.size();
  const child = spawnPostgres(installation, port, settings);
  let hasEnded = false;
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  }).finally(() => {
    hasEnded = true;
  });
  ended.catch(() => undefined);
  while (!hasEnded) {
    const running = runningPostmaster(clusterFolder);
    if (running?.pid === child.pid && running?.status === 'ready') {
      child.unref();
      return;
    }
    await Promise.race([ended, sleep(POLL_MS)]);
  }
  if (log.says(from, /lock file "[^"]*" already exists|Address already in use/)) return;
  throw log.explain(from, 'The embedded PostgreSQL does not start');
}

function spawnPostgres(
  { clusterFolder, binaries, account, log }: Installation,
  port: number,
  settings: Record<string, string>,
): ChildProcess {
  const folder = handOver(clusterFolder, account);
  const pairs = Object.entries({ ...SETTINGS, ...settings });
  const args = [
    '-D',
    folder.name,
    '-p',
    String(port),
    ...pairs.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  try {
    return spawn(binaries.postgres, args, {
      ...account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor, folder.descriptor ?? 'ignore'],
    });
  } finally {
    folder.close();
  }
}
