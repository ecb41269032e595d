import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';

/** What the platform of a session says of its viewers. */
export interface ViewersReport {
  readonly viewers: bigint;
  /** How long all of them watched it together; null where the platform does not say. */
  readonly watchedSeconds?: bigint | null;
}

/** Keeps how many viewers a session had, and how long they watched it; a later report replaces the whole of it. */
export async function reportViewers(
  db: Sql,
  sessionId: string,
  { viewers, watchedSeconds = null }: ViewersReport,
  now: Date,
): Promise<void> {
  new Checks()
    .that(viewers >= 0n, 'viewers', 'Viewers are 0 or more.')
    .that((watchedSeconds ?? 0n) >= 0n, 'watchedSeconds', 'Seconds are 0 or more.')
    .done();
  await db.rows(sql`
    insert into live_audience (live_session_id, viewers, watched_seconds, reported_at)
    values (${sessionId}, ${viewers}, ${watchedSeconds}, ${now})
    on conflict (live_session_id) do update
      set viewers = excluded.viewers, watched_seconds = excluded.watched_seconds, reported_at = excluded.reported_at`);
}
