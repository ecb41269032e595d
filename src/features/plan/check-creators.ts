import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { Refusal, unknown } from '../../graphql/user-errors.ts';

/** A plan names at most so many creators. */
export const MAX_CREATORS = 500;

/** Refuses to name creators who do not exist, or with whom the brand has a block, whichever side set it. One statement. */
export async function checkCreators(
  db: Sql,
  brandId: string,
  creatorIds: readonly string[],
  now: Date,
  field: string,
): Promise<void> {
  const ids = sql`${creatorIds}::uuid[]`;
  const [found] = await db.rows(sql<{ creators: bigint; blocked: string | null }>`
    select (select count(*) from creator where id = any(${ids})) as creators,
      (select string_agg(distinct p.name, ', ')
        from party_block b join party p on p.id in (b.blocker_id, b.blocked_id) and p.id <> ${brandId}
        where ((b.blocker_id = ${brandId} and b.blocked_id = any(${ids}))
            or (b.blocked_id = ${brandId} and b.blocker_id = any(${ids})))
          and b.blocked_at <= ${now} and (b.lifted_at is null or b.lifted_at > ${now})) as blocked`);
  if (Number(found?.creators) !== creatorIds.length) throw unknown(['input', field], 'creator');
  if (found?.blocked == null) return;
  const message = `There is a block between the brand and ${found.blocked}.`;
  throw new Refusal([{ __typename: 'Blocked', message, path: ['input', field] }]);
}
