import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';

/** Refuses to list a product while what the screening has found in its text, and holds for grave, waits for a decision. */
export async function refuseUndecided(tx: Sql, productId: string, path: readonly string[]): Promise<void> {
  const open = await tx.rows(sql<{ id: string }>`
    select id from claim_finding where product_id = ${productId} and state = 'OPEN' and severity = 'BLOCK'`);
  if (open.length === 0) return;
  const message = 'The screening has found claims in its text that an operator is to decide on first.';
  throw wrongState(path, 'CLAIM_OPEN', message);
}
