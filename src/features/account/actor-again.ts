import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { Actor, Scope, Seat } from '../../graphql/actor.ts';
import { actorOfIdentity } from './identify-actor.ts';

/** Who has once proved who they are: a person by issuer and subject, or a system by its key. */
export interface Identified {
  readonly issuer?: string | null;
  readonly subject?: string | null;
  readonly apiKeyId?: string | null;
}

/** The caller of an earlier request as they are now, for what is done later on their behalf; undefined when they are no more. */
export async function actorAgain(
  db: Sql,
  { issuer, subject, apiKeyId }: Identified,
  now: Date,
): Promise<Actor | undefined> {
  if (apiKeyId != null) return actorOfKey(db, apiKeyId, now);
  return issuer != null && subject != null ? actorOfIdentity(db, { issuer, subject }) : undefined;
}

async function actorOfKey(db: Sql, apiKeyId: string, now: Date): Promise<Actor | undefined> {
  const [key] = await db.rows(sql<Omit<Seat, 'role'> & { name: string; scopes: Scope[] }>`
    select k.name, k.scopes, p.id as "partyId", p.kind as "partyKind"
    from api_key k join party p on p.id = k.party_id
    where k.id = ${apiKeyId} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})`);
  return (
    key && {
      kind: 'API_KEY',
      apiKeyId,
      name: key.name,
      seats: [{ partyId: key.partyId, partyKind: key.partyKind, role: 'MANAGER' }],
      scopes: new Set(key.scopes),
    }
  );
}
