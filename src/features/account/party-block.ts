import { sql } from 'kysely';
import { ObjectType } from 'type-graphql';
import type { Sql, Tx } from '../../db/database.ts';
import { lockPair } from '../../db/locks.ts';
import { Access, withParent } from '../../graphql/access.ts';
import { Refusal, UserError } from '../../graphql/user-errors.ts';

@Access(withParent)
@ObjectType({
  implements: UserError,
  description: 'One of the two sides has blocked the other: nothing new can be begun between them.',
})
export class Blocked extends UserError {}

/**
 * Refuses to begin anything new between two parties, one of whom has blocked the other. A block that is just being made
 * is waited for, and one that comes later waits for the transaction of the caller and finds what was begun. Two statements.
 */
export async function refuseBlocked(
  db: Sql,
  one: string,
  other: string,
  now: Date,
  path: readonly string[],
): Promise<void> {
  await lockPair(db, one, other, 'to begin something');
  const [block] = await db.rows(sql<{ name: string; reason: string }>`
    select p.name, b.reason from party_block b join party p on p.id = b.blocker_id
    where ((b.blocker_id = ${one} and b.blocked_id = ${other}) or (b.blocker_id = ${other} and b.blocked_id = ${one}))
      and (b.lifted_at is null or b.lifted_at > ${now})
    limit 1`);
  if (block === undefined) return;
  const message = `${block.name} has blocked the other side: ${block.reason}`;
  throw new Refusal([{ __typename: 'Blocked', message, path }]);
}

/** A block that is being made, for the features that end with it what has not begun. */
export interface FreshBlock {
  readonly id: string;
  readonly blockerId: string;
  readonly blockedId: string;
  readonly reason: string;
  /** From then on the blocker's offers do not reach the blocked any more. */
  readonly takesEffectAt: Date;
}

/** What a feature does, in the transaction of a block, with what runs between the two. */
export type EndWithBlock = (tx: Tx, block: FreshBlock, now: Date) => Promise<void>;

const endings = new Map<string, EndWithBlock>();

/** Declares what of a feature ends with a block. The feature of blocks knows none of those that end something. */
export function endsWithBlock(what: string, end: EndWithBlock): void {
  endings.set(what, end);
}

/** Ends whatever has been declared, in one order of the features. */
export async function endWithBlock(tx: Tx, block: FreshBlock, now: Date): Promise<void> {
  for (const what of [...endings.keys()].sort()) await endings.get(what)?.(tx, block, now);
}
