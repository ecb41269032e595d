import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { BulkExportRow } from './bulk-rows.ts';
import { type ExportState, statesBefore } from './bulk-state.ts';

/**
 * Cancels an export, or deletes the file of a complete one before its time. A worker that is at it finds out before its
 * next page. What has ended otherwise is refused; cancelling again changes nothing.
 */
export async function cancelExport(tx: Tx, { id, state }: BulkExportRow, now: Date): Promise<void> {
  const cancelled = await tx.rows(sql`
    update bulk_export set state = 'CANCELLED', ended_at = coalesce(ended_at, ${now}), lease_id = null,
      leased_until = null
    where id = ${id} and state = any(${[...statesBefore('CANCELLED'), 'CANCELLED' satisfies ExportState]}::text[])
    returning id`);
  if (cancelled.length === 0) {
    throw wrongState(
      ['input', 'bulkExportId'],
      state,
      'This export has ended, and there is no file to delete.',
    );
  }
  await tx.rows(sql`delete from bulk_chunk where export_id = ${id}`);
}
