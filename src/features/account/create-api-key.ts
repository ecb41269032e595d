import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { SCOPES, type Scope } from '../../graphql/actor.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { isCleanText } from '../../kernel/text.ts';
import { ApiKeyRow } from './account.entity.ts';
import { formatApiKey, hashSecret, newSecret } from './api-key.ts';

export interface NewKey {
  readonly partyId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The key whose place it is to take. */
  readonly replacesId?: string;
}

/** How many keys of an organisation may be good at once. */
export const MAX_LIVE_KEYS = 50;

/** Makes an API key. Gives its row and its text, which is kept nowhere. */
export async function createApiKey(tx: Tx, key: NewKey, environment: string, now: Date) {
  const errors = [];
  if (key.name.length < 1 || key.name.length > 100 || !isCleanText(key.name)) {
    errors.push(invalid(['input', 'name'], 'A key has a name of 1 to 100 characters.'));
  }
  if (key.scopes.length === 0 || key.scopes.some((scope) => !SCOPES.includes(scope as Scope))) {
    errors.push(invalid(['input', 'scopes'], `Scopes are one or more of ${SCOPES.join(', ')}.`));
  }
  if (errors.length > 0) throw new Refusal(errors);
  await refuseTooMany(tx, key, now);
  const secret = newSecret();
  const row = tx.em.create(ApiKeyRow, {
    id: newId(),
    partyId: key.partyId,
    name: key.name,
    secretHash: hashSecret(secret),
    scopes: [...new Set(key.scopes)],
    createdAt: now,
    lastUsedAt: null,
    revokedAt: null,
    expiresAt: null,
    replacesId: key.replacesId ?? null,
  });
  await tx.em.flush();
  return { row, token: formatApiKey(environment, row.id, secret) };
}

/** Of those who make keys for one organisation at once, each waits for the one before. */
async function refuseTooMany(tx: Sql, { partyId, replacesId }: NewKey, now: Date): Promise<void> {
  await tx.rows(sql`select from party where id = ${partyId} for no key update`);
  const [row] = await tx.rows(sql<{ live: number }>`
    select count(*)::int as live from api_key
    where party_id = ${partyId} and revoked_at is null and (expires_at is null or expires_at > ${now})`);
  if ((row?.live ?? 0) < MAX_LIVE_KEYS) return;
  const message = `An organisation has ${MAX_LIVE_KEYS} keys that are good at once, at most. Revoke one that is not needed.`;
  throw new Refusal([invalid(['input', replacesId === undefined ? 'organisationId' : 'apiKeyId'], message)]);
}
