import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type Actor, SCOPES, type Scope, type Seat } from '../../graphql/actor.ts';
import { hashSecret, parseApiKey } from './api-key.ts';

/** What an access token says of its holder, after its signature was checked. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly name?: string;
}

const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);

/** The person behind an access token, with the organisations they belong to. One statement. */
export async function actorOfIdentity(db: Sql, identity: Identity): Promise<Actor> {
  const rows = await db.rows(sql<{ userId: string; name: string } & Partial<Seat>>`
    select u.id as "userId", u.name, m.party_id as "partyId", m.role, p.kind as "partyKind"
    from app_user u
    left join membership m on m.user_id = u.id
    left join party p on p.id = m.party_id
    where u.issuer = ${identity.issuer} and u.subject = ${identity.subject}
    order by m.created_at, m.id`);
  return {
    kind: 'USER',
    userId: rows[0]?.userId,
    issuer: identity.issuer,
    subject: identity.subject,
    name: rows[0]?.name ?? identity.name ?? identity.subject,
    seats: rows.filter((row): row is typeof row & Seat => row.partyId != null),
    scopes: ALL_SCOPES,
  };
}

/** The system behind an API key, or undefined when the key is not good. Notes the use, at most once a minute. */
export async function actorOfApiKey(db: Sql, text: string, now: Date): Promise<Actor | undefined> {
  const parsed = parseApiKey(text);
  if (parsed === undefined) return undefined;
  const [key] = await db.rows(sql<Omit<Seat, 'role'> & KeyRow>`
    select k.name, k.secret_hash as "secretHash", k.scopes, k.last_used_at as "lastUsedAt",
      p.id as "partyId", p.kind as "partyKind"
    from api_key k join party p on p.id = k.party_id
    where k.id = ${parsed.id} and k.revoked_at is null`);
  if (key === undefined || !timingSafeEqual(key.secretHash, hashSecret(parsed.secret))) return undefined;
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > 60_000) {
    await db.rows(sql`update api_key set last_used_at = ${now} where id = ${parsed.id}`);
  }
  return {
    kind: 'API_KEY',
    apiKeyId: parsed.id,
    name: key.name,
    seats: [{ partyId: key.partyId, partyKind: key.partyKind, role: 'MANAGER' }],
    scopes: new Set(key.scopes),
  };
}

interface KeyRow {
  readonly name: string;
  readonly secretHash: Buffer;
  readonly scopes: Scope[];
  readonly lastUsedAt: Date | null;
}
