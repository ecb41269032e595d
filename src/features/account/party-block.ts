import { sql } from 'kysely';
import { ObjectType } from 'type-graphql';
import type { Sql } from '../../db/database.ts';
import { Access, withParent } from '../../graphql/access.ts';
import { Refusal, UserError } from '../../graphql/user-errors.ts';

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'One of the two sides has blocked the other: nothing new can be begun between them.',
})
export class Blocked extends UserError {}

/** Refuses to begin anything new between two parties, one of whom has blocked the other. One statement. */
export async function refuseBlocked(
  db: Sql,
  one: string,
  other: string,
  now: Date,
  path: readonly string[],
): Promise<void> {
  const [block] = await db.rows(sql<{ name: string; reason: string }>`
    select p.name, b.reason from party_block b join party p on p.id = b.blocker_id
    where ((b.blocker_id = ${one} and b.blocked_id = ${other}) or (b.blocker_id = ${other} and b.blocked_id = ${one}))
      and b.blocked_at <= ${now} and (b.lifted_at is null or b.lifted_at > ${now})
    limit 1`);
  if (block === undefined) return;
  const message = `${block.name} has blocked the other side: ${block.reason}`;
  throw new Refusal([{ __typename: 'Blocked', message, path }]);
}
