import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

/**
 * Puts a brand into a belt, or out of any. The pool finds products by the belt of their brand, so its entries move in
 * the same statement's transaction. A BELT_MERCHANT without a belt the database itself refuses.
 */
export async function moveBrand(tx: Tx, brandId: string, beltId: string | null): Promise<void> {
  await tx.rows(sql`update brand set belt_id = ${beltId} where id = ${brandId}`);
  await tx.rows(sql`update pool_entry set belt_id = ${beltId} where brand_id = ${brandId}`);
}
