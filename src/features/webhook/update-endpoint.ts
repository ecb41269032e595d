import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { WebhookSettings } from '../../kernel/webhook-settings.ts';
import { checkEndpoint, kindsOf, type NewEndpoint } from './create-endpoint.ts';
import type { EndpointRow } from './webhook-rows.ts';

/** Changes what of an endpoint was given; a new address begins without the failures of the old one. */
export async function updateEndpoint(
  tx: Tx,
  endpoint: EndpointRow,
  changes: Partial<Omit<NewEndpoint, 'partyId'>>,
  settings: WebhookSettings,
): Promise<void> {
  checkEndpoint(changes, settings);
  const url = changes.url === undefined ? endpoint.url : new URL(changes.url).href;
  const description = changes.description?.trim() ?? endpoint.description;
  const kinds = kindsOf(changes.kinds === undefined ? endpoint.kinds : changes.kinds);
  await tx.rows(sql`
    update webhook_endpoint set url = ${url}, description = ${description}, kinds = ${kinds}::text[]
    where id = ${endpoint.id}`);
  if (url === endpoint.url) return;
  await tx.rows(sql`
    update webhook_endpoint set failing_since = null, consecutive_failures = 0, retry_at = null, is_proven = false
    where id = ${endpoint.id}`);
}
