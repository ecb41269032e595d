import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';

/** Keeps how many viewers a session had, as its platform says; a later report replaces it. */
export async function reportViewers(db: Sql, sessionId: string, viewers: bigint, now: Date): Promise<void> {
  new Checks().that(viewers >= 0n, 'viewers', 'Viewers are 0 or more.').done();
  await db.rows(sql`
    insert into live_audience (live_session_id, viewers, reported_at) values (${sessionId}, ${viewers}, ${now})
    on conflict (live_session_id) do update set viewers = excluded.viewers, reported_at = excluded.reported_at`);
}
