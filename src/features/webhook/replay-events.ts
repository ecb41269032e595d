import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { NO_ID } from '../../kernel/ids.ts';
import type { EndpointRow } from './webhook-rows.ts';

/** Clocks of several processes differ, and a transaction writes its events before it is seen. */
const BEFORE_MS = 60_000;

/**
 * Puts an endpoint back to an earlier place in the feed: what its organisation was told since then, as far as it is still
 * kept, is sent once more under the same `webhook-id`. It never goes forward, so that nothing is left out.
 */
export async function replayEvents(tx: Tx, { id }: EndpointRow, since: Date): Promise<void> {
  const [endpoint] = await tx.rows(
    sql<{ state: string }>`select state from webhook_endpoint where id = ${id} for update`,
  );
  if (endpoint?.state !== 'ENABLED')
    throw wrongState(['input', 'webhookEndpointId'], endpoint?.state ?? '', 'This endpoint is not enabled.');
  // Ids hold the time that they were made at, by which the first event of the time is found.
  const from = lowestIdAt(new Date(since.getTime() - BEFORE_MS));
  await tx.rows(sql`
    update webhook_endpoint e set place_xid = f.xid, place_id = ${NO_ID}
    from (select xid from (select xid from outbox_event where id >= ${from} order by id limit 1000) n
      order by xid limit 1) f
    where e.id = ${id} and e.place_xid >= f.xid`);
}

/** The lowest UUID version 7 that is made at a moment; before 1970 and after 10889 the nearest. */
function lowestIdAt(at: Date): string {
  const ms = Math.min(Math.max(at.getTime(), 0), 2 ** 48 - 1);
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
