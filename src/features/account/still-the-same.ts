import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';

/** What became of a caller since they have proved who they are. */
export type Standing = 'SAME' | 'OTHER_RIGHTS' | 'GONE';

/**
 * Tells of callers of a while ago, whose connections are still open, whether they are what they were: GONE is a key that
 * was revoked or is over, OTHER_RIGHTS a person who has joined or left an organisation or has another role in it. One
 * statement for all of them.
 */
export async function standingOf(db: Sql, actors: readonly Actor[], now: Date): Promise<Standing[]> {
  const keyIds = actors.flatMap(({ apiKeyId }) => apiKeyId ?? []);
  const userIds = actors.flatMap(({ userId }) => userId ?? []);
  if (keyIds.length + userIds.length === 0) return actors.map(() => 'SAME');
  const rows = await db.rows(sql<{ id: string; rights: string[] | null }>`
    select k.id, null as rights from api_key k
    where k.id = any(${keyIds}::uuid[]) and k.revoked_at is null and coalesce(k.expires_at > ${now}, true)
    union all
    select u.id, array(select m.party_id || ' ' || m.role from membership m where m.user_id = u.id order by m.party_id)
    from app_user u where u.id = any(${userIds}::uuid[])`);
  const rights = new Map(rows.map((row) => [row.id, row.rights]));
  return actors.map(({ apiKeyId, userId, seats }): Standing => {
    if (apiKeyId !== undefined) return rights.has(apiKeyId) ? 'SAME' : 'GONE';
    if (userId === undefined) return 'SAME';
    const before = seats.map(({ partyId, role }) => `${partyId} ${role}`).sort();
    return JSON.stringify(rights.get(userId)?.toSorted()) === JSON.stringify(before)
      ? 'SAME'
      : 'OTHER_RIGHTS';
  });
}
