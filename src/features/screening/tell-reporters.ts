import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import type { FindingState } from './finding-state.ts';

/** Tells those who had reported these findings what became of them, each of the report of its own. */
export async function tellReporters(
  tx: Sql,
  findingIds: readonly string[],
  state: FindingState,
  now: Date,
): Promise<void> {
  const reports = await tx.rows(sql<{ id: string; reporterId: string }>`
    select id, reporter_id as "reporterId" from claim_report where finding_id = any(${findingIds}::uuid[]) order by id`);
  const news = reports.map(({ id, reporterId }) => ({
    ...{ kind: 'SCREENING_REPORT_DECIDED' as const, data: { state }, to: [reporterId] },
    subject: { type: 'ClaimReport', id },
  }));
  await announce(tx, news, now);
}
