import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { SetUpError } from '../../kernel/set-up-error.ts';
import { readClock } from './sandbox-clock.ts';

/**
 * Sees to it that nobody takes a sandbox for an alliance of real money, or the other way round: an empty database becomes
 * a sandbox where one is wanted. Throws a SetUpError where what is wanted and what is there are not the same. The clock
 * begins with the present.
 */
export async function setUpSandbox(database: Database, isWanted: boolean, present: Date): Promise<void> {
  const isThere = (await readClock(database)) !== undefined;
  if (isThere && !isWanted) {
    throw new SetUpError(
      'This is a sandbox, which goes by a clock of its own: start it with --sandbox, or name another ' +
        'ALLIANCE_DATA_DIR or DATABASE_URL for an alliance that is none.',
    );
  }
  if (isThere || !isWanted) return;
  await database.transaction(async (tx) => {
    const [members] = await tx.rows(sql`select from party limit 1`);
    if (members !== undefined) {
      throw new SetUpError(
        'This alliance has members already and is no sandbox: --sandbox is for an empty one. ' +
          'Name another ALLIANCE_DATA_DIR, for example .sandbox, or another database in DATABASE_URL.',
      );
    }
    await tx.rows(sql`
      insert into sandbox_clock (started_at, now) values (${present}, ${present}) on conflict do nothing`);
  });
}
