import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId, toGlobalId } from '../../kernel/ids.ts';
import { PING } from './read-message.ts';
import type { EndpointRow } from './webhook-rows.ts';

/** Sends a message that says only that messages arrive. Gives the id of its delivery. */
export async function pingEndpoint(
  tx: Tx,
  endpoint: Pick<EndpointRow, 'id' | 'partyId' | 'state'>,
  now: Date,
): Promise<string> {
  const { id: endpointId, partyId, state } = endpoint;
  if (state !== 'ENABLED')
    throw wrongState(['input', 'webhookEndpointId'], state, 'This endpoint is not enabled.');
  const id = newId();
  await tx.rows(sql`
    insert into webhook_delivery (id, endpoint_id, party_id, message_id, kind, state, created_at, next_attempt_at)
    values (${id}, ${endpointId}, ${partyId}, ${toGlobalId('ping', id)}, ${PING}, 'PENDING', ${now}, ${now})`);
  await tx.rows(sql`update webhook_endpoint set retry_at = null where id = ${endpointId}`);
  return id;
}
