import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';

/** Closes a window now; one that has not opened never does. What was applied for before is still reviewed. */
export async function closeWindow(tx: Tx, windowId: string, now: Date): Promise<void> {
  const closed = await tx.rows(sql`
    update certification_window set closes_at = greatest(opens_at, ${now}::timestamptz)
    where id = ${windowId} and closes_at > greatest(opens_at, ${now}::timestamptz) returning id`);
  if (closed.length === 0) {
    throw wrongState(['input', 'windowId'], 'CLOSED', 'The window has already closed.');
  }
  const agencies = await tx.rows(sql<{ id: string }>`
    select a.id from agency a join certification_window w on a.services && w.services where w.id = ${windowId}`);
  const subject = { type: 'CertificationWindow', id: windowId };
  const to = agencies.map(({ id }) => id);
  await announce(tx, [{ kind: 'CERTIFICATION_WINDOW_CLOSED', subject, to }], now);
}
