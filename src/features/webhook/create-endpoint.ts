import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { headPlace } from '../../db/read-changes.ts';
import { Checks } from '../../graphql/checks.ts';
import { Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { WebhookSettings } from '../../kernel/webhook-settings.ts';
import { objectionTo } from './guard-address.ts';
import { keepNewSecret } from './rotate-secret.ts';

export interface NewEndpoint {
  readonly partyId: string;
  readonly url: string;
  readonly description?: string | null;
  readonly kinds?: readonly string[] | null;
}

/** Endpoints of an organisation that were not removed. */
const MOST_ENDPOINTS = 10;
const MAX_DESCRIPTION_CHARS = 200;

/** Makes an endpoint that is sent what happens from now on. Gives its id, and its secret, which is shown once. */
export async function createEndpoint(
  tx: Tx,
  endpoint: NewEndpoint,
  settings: WebhookSettings,
  now: Date,
): Promise<{ readonly id: string; readonly secret: string }> {
  checkEndpoint(endpoint, settings);
  await refuseTooMany(tx, endpoint.partyId);
  const { partyId, url, description, kinds } = endpoint;
  const id = newId();
  const place = await headPlace(tx);
  // What is announced by transactions that still run is yet to happen.
  await tx.rows(sql`
    insert into webhook_endpoint (id, party_id, url, description, kinds, state, created_at, place_xid, place_id)
    values (${id}, ${partyId}, ${new URL(url).href}, ${description?.trim() ?? ''}, ${kindsOf(kinds)}::text[], 'ENABLED',
      ${now}, ${place.xid}, ${place.id})`);
  return { id, secret: await keepNewSecret(tx, id, settings, now) };
}

/** Checks what of an endpoint was given. Throws the refusal with all that is wrong. */
export function checkEndpoint(
  { url, description, kinds }: Partial<NewEndpoint>,
  { allowInside }: WebhookSettings,
): void {
  const checks = new Checks();
  const objection = url === undefined ? undefined : objectionTo(url, allowInside);
  checks.that(objection === undefined, 'url', objection ?? '');
  if (description != null) checks.text(description, 'description', 0, MAX_DESCRIPTION_CHARS);
  checks.that(
    kinds == null || kinds.length > 0,
    'kinds',
    'Name at least one kind, or none at all for all kinds.',
  );
  checks.done();
}

/** Each kind once. */
export const kindsOf = (kinds: readonly string[] | null | undefined): string[] | null =>
  kinds == null ? null : [...new Set(kinds)];

async function refuseTooMany(tx: Tx, partyId: string): Promise<void> {
  // The party's row is what two calls at the same moment have in common.
  await tx.rows(sql`select from party where id = ${partyId} for no key update`);
  const [row] = await tx.rows(sql<{ count: number }>`
    select count(*)::int as count from webhook_endpoint where party_id = ${partyId} and state <> 'REMOVED'`);
  if ((row?.count ?? 0) < MOST_ENDPOINTS) return;
  const message = `An organisation has at most ${MOST_ENDPOINTS} endpoints: remove one, or change one.`;
  throw new Refusal([{ __typename: 'TooManyWebhooks', message, path: ['input'], limit: MOST_ENDPOINTS }]);
}
