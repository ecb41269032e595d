import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { type Actor, SCOPES, type Scope, type Seat } from '../../graphql/actor.ts';
import { hashSecret, parseApiKey } from './api-key.ts';
import { waitOf } from './failed-logins.ts';

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

/** Why an API key proves nobody. Whoever calls is not told which of them it was. */
export type KeyFault = 'MALFORMED' | 'UNKNOWN_KEY' | 'WRONG_SECRET' | 'REVOKED_KEY' | 'EXPIRED_KEY';

/** What became of an API key that somebody has shown. */
export type KeyCheck =
  | { readonly actor: Actor }
  /** Nothing was looked at: too many logins have failed from the address, for so long. */
  | { readonly waitMs: number }
  | { readonly fault: KeyFault; readonly apiKeyId?: string; readonly partyId?: string };

interface KeyRow extends Omit<Seat, 'role'> {
  readonly name: string;
  readonly secretHash: Buffer;
  readonly scopes: Scope[];
  readonly isStale: boolean;
  readonly isRevoked: boolean;
  readonly isExpired: boolean;
  readonly waitMs: number;
}

/** What a secret is compared with where there is no key, so that this takes as long. */
const NO_HASH = Buffer.alloc(32);

/**
 * The system behind an API key. Read anew for each request, so that a key that is revoked is good nowhere from that moment.
 * One statement; another one when the use is to be noted, which is once a minute.
 */
export async function checkApiKey(
  db: Pick<Database, 'rows' | 'reads'>,
  text: string,
  { now, address }: { now: Date; address?: string },
): Promise<KeyCheck> {
  const parsed = parseApiKey(text);
  if (parsed === undefined) return { fault: 'MALFORMED' };
  const [key] = await db.reads.rows(sql<KeyRow>`
    select k.name, k.secret_hash as "secretHash", k.scopes, p.id as "partyId", p.kind as "partyKind",
      k.revoked_at is not null as "isRevoked", coalesce(k.expires_at <= ${now}, false) as "isExpired",
      ${isStale('k', now)} as "isStale", ${waitOf(address)} as "waitMs"
    from api_key k join party p on p.id = k.party_id where k.id = ${parsed.id}`);
  const isRight = timingSafeEqual(key?.secretHash ?? NO_HASH, hashSecret(parsed.secret));
  if (key === undefined) return { fault: 'UNKNOWN_KEY' };
  if (key.waitMs > 0) return { waitMs: key.waitMs };
  const of = { apiKeyId: parsed.id, partyId: key.partyId };
  if (!isRight) return { fault: 'WRONG_SECRET', ...of };
  if (key.isRevoked) return { fault: 'REVOKED_KEY', ...of };
  if (key.isExpired) return { fault: 'EXPIRED_KEY', ...of };
  if (key.isStale) await noteUse(db, parsed.id, now);
  return {
    actor: {
      kind: 'API_KEY',
      apiKeyId: parsed.id,
      name: key.name,
      seats: [{ partyId: key.partyId, partyKind: key.partyKind, role: 'MANAGER' }],
      scopes: new Set(key.scopes),
    },
  };
}

const NOTED_EVERY_MS = 60_000;

/** SQL: whether the last use of a key that was noted is so long ago that it is to be noted again. */
const isStale = (alias: string, now: Date) =>
  sql`coalesce(${sql.ref(`${alias}.last_used_at`)} <= ${new Date(now.getTime() - NOTED_EVERY_MS)}, true)`;

/** Of the requests that come with a key at one moment, one notes the use, and none waits for it. */
async function noteUse(db: Sql, id: string, now: Date): Promise<void> {
  await db.rows(sql`
    update api_key set last_used_at = ${now} where id in (
      select id from api_key k where k.id = ${id} and ${isStale('k', now)} for update skip locked)`);
}
