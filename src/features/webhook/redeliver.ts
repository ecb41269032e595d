import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { DeliveryRow } from './webhook-rows.ts';

/** Sends a delivery once more, under the same `webhook-id`, or at once when it waits for its next attempt. */
export async function redeliver(tx: Tx, { id, endpointId }: DeliveryRow, now: Date): Promise<void> {
  const [endpoint] = await tx.rows(
    sql<{ state: string }>`select state from webhook_endpoint where id = ${endpointId} for update`,
  );
  if (endpoint?.state !== 'ENABLED')
    throw wrongState(['input', 'webhookDeliveryId'], endpoint?.state ?? '', 'Its endpoint is not enabled.');
  await tx.rows(sql`
    update webhook_delivery set state = 'PENDING', attempts = 0, first_attempt_at = null, next_attempt_at = ${now},
      ended_at = null
    where id = ${id}`);
  // Whoever asks expects that it is tried now.
  await tx.rows(sql`update webhook_endpoint set retry_at = null where id = ${endpointId}`);
}
