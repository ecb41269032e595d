import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import type { EndpointRow } from './webhook-rows.ts';
import { ENDPOINT_STATES, type EndpointState } from './webhook-state.ts';

/** Enables an endpoint: what happened meanwhile is sent, and what was to be sent begins anew. Again changes nothing. */
export async function enableEndpoint(tx: Tx, endpoint: EndpointRow, now: Date): Promise<void> {
  if (!(await moveEndpoint(tx, endpoint, 'ENABLED', now))) return;
  await tx.rows(sql`
    update webhook_delivery set attempts = 0, first_attempt_at = null, next_attempt_at = ${now}
    where endpoint_id = ${endpoint.id} and state = 'PENDING'`);
}

/** Disables an endpoint on request. Again changes nothing. */
export async function disableEndpoint(tx: Tx, endpoint: EndpointRow, now: Date): Promise<void> {
  await moveEndpoint(tx, endpoint, 'DISABLED', now);
}

/** Removes an endpoint for good, with its secrets and its log. Again changes nothing. */
export async function removeEndpoint(tx: Tx, endpoint: EndpointRow, now: Date): Promise<void> {
  if (!(await moveEndpoint(tx, endpoint, 'REMOVED', now))) return;
  await tx.rows(sql`delete from webhook_secret where endpoint_id = ${endpoint.id}`);
  await tx.rows(sql`delete from webhook_delivery where endpoint_id = ${endpoint.id}`);
}

/** Moves an endpoint, under its lock, and tells whether it was not there already. Refused where that cannot be. */
async function moveEndpoint(tx: Tx, { id }: EndpointRow, to: EndpointState, now: Date): Promise<boolean> {
  const [row] = await tx.rows(
    sql<{ state: EndpointState }>`select state from webhook_endpoint where id = ${id} for update`,
  );
  const from = row?.state ?? 'REMOVED';
  if (from === to) return false;
  if (!mayMove(ENDPOINT_STATES, from, to))
    throw wrongState(['input', 'webhookEndpointId'], from, 'This endpoint was removed.');
  const isDisabled = to === 'DISABLED';
  await tx.rows(sql`
    update webhook_endpoint set state = ${to}, disabled_at = ${isDisabled ? now : null},
      disabled_because = ${isDisabled ? 'REQUEST' : null}, failing_since = null,
      consecutive_failures = 0, retry_at = null, is_proven = false
    where id = ${id}`);
  return true;
}
