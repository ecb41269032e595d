import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { seal } from '../../kernel/secret-box.ts';
import type { WebhookSettings } from '../../kernel/webhook-settings.ts';
import { newWebhookSecret } from './sign-message.ts';

const HOUR_MS = 3_600_000;
const MOST_OVERLAP_HOURS = 168;
/** Secrets that sign at the same time: a header with more signatures than this helps nobody. */
const MOST_SECRETS = 5;

/**
 * Gives an endpoint a new secret, which is shown once. Those before go on to sign beside it for the overlap, so that no
 * message in between is one that its receiver cannot verify.
 */
export async function rotateSecret(
  tx: Tx,
  endpointId: string,
  overlapHours: number,
  settings: WebhookSettings,
  now: Date,
): Promise<string> {
  const message = `The overlap is from 0 to ${MOST_OVERLAP_HOURS} hours.`;
  new Checks().that(overlapHours >= 0 && overlapHours <= MOST_OVERLAP_HOURS, 'overlapHours', message).done();
  await tx.rows(sql`select from webhook_endpoint where id = ${endpointId} for update`);
  await tx.rows(sql`
    update webhook_secret set retires_at = least(retires_at, ${new Date(now.getTime() + overlapHours * HOUR_MS)})
    where endpoint_id = ${endpointId} and coalesce(retires_at, 'infinity') > ${now}`);
  await refuseTooMany(tx, endpointId, now);
  return keepNewSecret(tx, endpointId, settings, now);
}

/** Makes a secret and keeps it, sealed where there is a key. Gives its text. */
export async function keepNewSecret(
  tx: Tx,
  endpointId: string,
  { secretKey }: WebhookSettings,
  now: Date,
): Promise<string> {
  const secret = newWebhookSecret();
  await tx.rows(sql`
    insert into webhook_secret (id, endpoint_id, sealed, created_at)
    values (${newId()}, ${endpointId}, ${seal(secret, endpointId, secretKey)}, ${now})`);
  return secret;
}

async function refuseTooMany(tx: Tx, endpointId: string, now: Date): Promise<void> {
  const [row] = await tx.rows(sql<{ count: number }>`
    select count(*)::int as count from webhook_secret where endpoint_id = ${endpointId} and retires_at > ${now}`);
  if ((row?.count ?? 0) < MOST_SECRETS) return;
  const message = `At most ${MOST_SECRETS} secrets sign at a time: wait until one retires, or leave no overlap.`;
  throw new Refusal([{ __typename: 'TooManyWebhooks', message, path: ['input'], limit: MOST_SECRETS }]);
}
