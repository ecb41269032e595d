import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

/** What a feature does, in the transaction of the move, when a brand comes into another belt or leaves its own. */
export type WithBrandMove = (tx: Tx, brandId: string, beltId: string | null, now: Date) => Promise<void>;

const followers = new Map<string, WithBrandMove>();

/** Declares what of a feature moves with a brand. Belts know none of those that do. */
export function movesWithBrand(what: string, follow: WithBrandMove): void {
  followers.set(what, follow);
}

/**
 * Puts a brand into a belt, or out of any. The pool finds products by the belt of their brand, so its entries move in
 * the same statement's transaction. A BELT_MERCHANT without a belt the database itself refuses.
 */
export async function moveBrand(tx: Tx, brandId: string, beltId: string | null, now: Date): Promise<void> {
  await tx.rows(sql`update brand set belt_id = ${beltId} where id = ${brandId}`);
  await tx.rows(sql`update pool_entry set belt_id = ${beltId} where brand_id = ${brandId}`);
  for (const what of [...followers.keys()].sort()) await followers.get(what)?.(tx, brandId, beltId, now);
}
