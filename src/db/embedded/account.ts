import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { SetUpError } from '../../kernel/set-up-error.ts';

/** The account of the operating system that PostgreSQL runs as, where that is not our own. */
export interface Account {
  uid: number;
  gid: number;
}

const NAME = 'postgres';

/**
 * PostgreSQL refuses to run as root, so root lends it another account: the one that owns the data already, else
 * `postgres`, which is made where the machine has none. An ordinary user runs it as itself (undefined).
 */
export function databaseAccount(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(clusterFolder) ? statSync(clusterFolder) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return lookUp() ?? create();
}

/** Whether the account may run or enter the path; parents that only root may enter close it. */
export function canReach(account: Account, path: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account, cwd: '/' }).status === 0;
}

function lookUp(): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const answer = spawnSync('id', [flag, NAME], { encoding: 'utf8' });
    return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function create(): Account {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/sh', NAME], {
      stdio: 'pipe',
    });
  } catch {
    // Another process may have made the account in this very moment, so that only the look-up counts.
  }
  const account = lookUp();
  if (account) return account;
  throw new SetUpError(
    'PostgreSQL cannot run as root, and no account "postgres" could be made: run as an ordinary user, ' +
      'make the account (useradd --system postgres), or set DATABASE_URL.',
  );
}
