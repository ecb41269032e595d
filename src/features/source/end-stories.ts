import { sql } from 'kysely';
import type { Database, Tx } from '../../db/database.ts';
import { movesWithBrand } from '../agency/index.ts';
import { lockStories, moveStories } from './move-stories.ts';

/** So many stories at once. */
const AT_ONCE = 500;

/** Ends the stories whose first document has ended. Several processes share the work. Gives how many. */
export async function expireStories(database: Database, now: Date): Promise<number> {
  let ended = 0;
  for (let some = AT_ONCE; some === AT_ONCE; ended += some)
    some = await database.transaction((tx) => expireSome(tx, now));
  return ended;
}

async function expireSome(tx: Tx, now: Date): Promise<number> {
  const due = sql`t.state = 'VERIFIED' and t.expires_at <= ${now} order by t.id limit ${AT_ONCE} for update skip locked`;
  const stories = await lockStories(tx, due);
  await moveStories(tx, stories, 'EXPIRED', now);
  return stories.length;
}

/** The agency of a belt stands for nothing of a brand that has left it: its stories end in the same transaction. */
export async function endWithBelt(tx: Tx, brandId: string, beltId: string | null, now: Date): Promise<void> {
  const of = sql`t.brand_id = ${brandId} and t.state in ('SUBMITTED', 'CONFIRMED', 'VERIFIED')
    and t.belt_id is not null and t.belt_id is distinct from ${beltId}::uuid order by t.id for update`;
  await moveStories(tx, await lockStories(tx, of), 'LEFT_BELT', now);
}

movesWithBrand('source', endWithBelt);
