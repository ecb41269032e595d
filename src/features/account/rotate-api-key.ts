import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { ShownApiKey } from './account.loaders.ts';
import { keyEnvironment } from './api-key.ts';
import { createApiKey } from './create-api-key.ts';

const HOUR_MS = 3_600_000;

/** How long the old key goes on after a rotation, where the caller does not say, and at most. */
export const DEFAULT_OVERLAP_HOURS = 168;
export const MAX_OVERLAP_HOURS = 2160;

/**
 * Makes a key of the same name and scopes that takes the place of another, which goes on for some hours: meanwhile two are
 * good, and never three. Refused while that is so, or when the key is good no more.
 */
export async function rotateApiKey(tx: Tx, key: ShownApiKey, overlapHours: number, now: Date) {
  // First the organisation, as whoever makes a key does, so that no two wait for each other.
  await tx.rows(sql`select from party where id = ${key.partyId} for no key update`);
  const [stands] = await tx.rows(sql<Standing>`
    select k.revoked_at is not null as "isRevoked", coalesce(k.expires_at <= ${now}, false) as "isExpired",
      exists (select from api_key n where n.replaces_id = k.id and n.revoked_at is null) as "isReplaced",
      exists (select from api_key o where o.id = k.replaces_id and o.revoked_at is null
        and (o.expires_at is null or o.expires_at > ${now})) as "hasOlder"
    from api_key k where k.id = ${key.id}`);
  refuseUnfit(stands as Standing);
  await tx.rows(sql`
    update api_key set expires_at = ${new Date(now.getTime() + overlapHours * HOUR_MS)} where id = ${key.id}`);
  const { partyId, name, scopes } = key;
  return createApiKey(tx, { partyId, name, scopes, replacesId: key.id }, keyEnvironment(), now);
}

interface Standing {
  readonly isRevoked: boolean;
  readonly isExpired: boolean;
  readonly isReplaced: boolean;
  readonly hasOlder: boolean;
}

function refuseUnfit({ isRevoked, isExpired, isReplaced, hasOlder }: Standing): void {
  const refuse = (state: string, message: string) => {
    throw wrongState(['input', 'apiKeyId'], state, message);
  };
  if (isRevoked) refuse('REVOKED', 'The key was revoked. Make a new one.');
  if (isExpired) refuse('EXPIRED', 'The time of the key is over. Rotate the one that has taken its place.');
  if (isReplaced) refuse('REPLACED', 'Another key is taking its place already. Rotate that one later.');
  if (hasOlder)
    refuse('REPLACING', 'The key that it replaces is still good: revoke that first, or wait until it ends.');
}
