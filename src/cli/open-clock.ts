import type { Database } from '../db/database.ts';
import type { SandboxClock } from '../features/sandbox/index.ts';
import type { Config } from '../server/config.ts';
import { parts } from './parts.ts';

/**
 * The clock of a sandbox, which an empty database becomes where the configuration wants one; undefined where it wants
 * none. Throws a SetUpError where the database is not what is wanted.
 */
export async function openClock(
  { sandbox }: Config,
  { database }: { readonly database: Database },
): Promise<SandboxClock | undefined> {
  const { SandboxClock, setUpSandbox } = await parts.sandbox();
  await setUpSandbox(database, sandbox, new Date());
  if (!sandbox) return undefined;
  const { SANDBOX_JOBS } = await parts.sandboxJobs();
  return SandboxClock.open(database, SANDBOX_JOBS);
}

/** What time it is for a command on this database: in a sandbox that of its clock. */
export async function presentOf(database: Database): Promise<Date> {
  const { readClock } = await parts.sandbox();
  return (await readClock(database))?.now ?? new Date();
}
