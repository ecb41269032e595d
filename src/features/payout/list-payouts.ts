import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { select } from '../../graphql/loaders.ts';
import { BATCH_COLUMNS, PAYOUT_COLUMNS, type PayoutBatchRow, type PayoutRow } from './payout-rows.ts';
import type { PayoutState } from './payout-state.ts';

export interface PayoutFilter {
  readonly state?: PayoutState | null;
  readonly contradicted?: boolean | null;
}

/** A page of the payouts of all payees, newest first. */
export function listPayouts(
  db: Sql,
  page: Page,
  { state, contradicted }: PayoutFilter,
): Promise<PayoutRow[]> {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
  const inState = state == null ? sql`true` : sql`t.state = ${state}`;
  // Written out for each, so that the index of the few that were contradicted serves.
  const marked =
    contradicted == null ? sql`true` : contradicted ? sql`t.contradicted` : sql`not t.contradicted`;
  return db.rows(sql<PayoutRow>`
    select ${select('t', PAYOUT_COLUMNS)} from payout t
    where ${inState} and ${marked} and ${where} order by ${order} ${limitOf(page)}`);
}

/** A page of the files for the bank, newest first. */
export function listBatches(db: Sql, page: Page): Promise<PayoutBatchRow[]> {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
  return db.rows(sql<PayoutBatchRow>`
    select ${select('t', BATCH_COLUMNS)} from payout_batch t where ${where} order by ${order} ${limitOf(page)}`);
}
