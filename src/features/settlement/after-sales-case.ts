import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { lockOrderLines } from '../../db/locks.ts';
import { announce, type EventKind } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId, toGlobalId } from '../../kernel/ids.ts';
import { type LineRow, lineKeyOf } from '../order/index.ts';

export type CaseKind = 'RETURN' | 'REFUND_ONLY' | 'EXCHANGE' | 'DISPUTE';
export type CaseOutcome = 'REFUNDED' | 'REJECTED' | 'WITHDRAWN' | 'REPLACED';

/** An after-sales case as it stands in its table. */
export interface CaseRow {
  readonly brandId: string;
  readonly id: string;
  readonly lineId: string;
  readonly kind: CaseKind;
  readonly reason: string;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly outcome: CaseOutcome | null;
  readonly note: string | null;
  readonly closedAt: Date | null;
}

type CasedLine = Pick<LineRow, 'brandId' | 'id' | 'sourceId' | 'orderNo' | 'lineNo'>;

/** A case to open; one that a claim opens is closed by the decision on that claim alone. */
interface NewCase extends Pick<CaseRow, 'kind' | 'reason' | 'openedBy'> {
  readonly claimId?: string | null;
}

const MOST_OPEN_CASES = 20;

/**
 * Opens an after-sales case on a line, which is not settled before the case is closed; where it is settled already,
 * only the refund that may follow counts. Refused when the line has very many that are open. Gives the id.
 */
export async function openCase(
  tx: Tx,
  line: CasedLine,
  { kind, reason, openedBy, claimId = null }: NewCase,
  now: Date,
): Promise<string> {
  await lockLine(tx, line);
  const [open] = await tx.rows(sql<{ count: number }>`
    select count(*)::int as count from after_sales_case
    where brand_id = ${line.brandId} and line_id = ${line.id} and closed_at is null`);
  if ((open?.count ?? 0) >= MOST_OPEN_CASES) {
    throw wrongState(
      ['input', 'orderLineId'],
      'MANY_OPEN_CASES',
      `A line has at most ${MOST_OPEN_CASES} open cases.`,
    );
  }
  const id = newId();
  await tx.rows(sql`
    insert into after_sales_case (brand_id, id, line_id, kind, reason, opened_by, opened_at, claim_id)
    values (${line.brandId}, ${id}, ${line.id}, ${kind}, ${reason}, ${openedBy}, ${now}, ${claimId})`);
  await countOpen(tx, line.brandId, line.id, 1);
  await tell(tx, 'CASE_OPENED', { ...line, caseId: id }, {}, now);
  return id;
}

/**
 * Closes a case: when it was the last open one, the line may be settled. Refused where it is closed already, and where a
 * claim has opened it, unless it is closed by the decision on that claim.
 */
export async function closeCase(
  tx: Tx,
  { brandId, id, lineId }: Pick<CaseRow, 'brandId' | 'id' | 'lineId'>,
  { outcome, note, claimId = null }: Closing,
  now: Date,
): Promise<void> {
  const closed = await tx.rows(sql`
    update after_sales_case set outcome = ${outcome}, note = ${note}, closed_at = greatest(${now}, opened_at)
    where brand_id = ${brandId} and id = ${id} and closed_at is null and claim_id is not distinct from ${claimId}::uuid
    returning id`);
  if (closed.length === 0) throw await notClosable(tx, brandId, id);
  await countOpen(tx, brandId, lineId, -1);
  await tell(tx, 'CASE_CLOSED', { brandId, id: lineId, caseId: id }, { outcome }, now);
}

interface Closing {
  readonly outcome: CaseOutcome;
  readonly note: string | null;
  /** The claim whose decision closes it. */
  readonly claimId?: string | null;
}

async function notClosable(tx: Sql, brandId: string, id: string): Promise<Error> {
  const open = await tx.rows(sql`
    select from after_sales_case where brand_id = ${brandId} and id = ${id} and closed_at is null`);
  const path = ['input', 'caseId'];
  if (open.length === 0) return wrongState(path, 'CLOSED', 'The case is closed already.');
  return wrongState(path, 'CLAIMED', 'A claim has opened the case: the decision on it closes it.');
}

/** The same lock as the intake takes: a line that is just being received counts the cases that it has. */
const lockLine = (tx: Sql, line: CasedLine): Promise<void> =>
  lockOrderLines(tx, [lineKeyOf({ ...line, source: line.sourceId })]);

/** A line that waits for settlement knows how many open cases it has; one that a run has in hand is waited for. */
async function countOpen(tx: Sql, brandId: string, lineId: string, change: 1 | -1): Promise<void> {
  await tx.rows(sql`
    update line_due set open_cases = open_cases + ${change}::int where brand_id = ${brandId} and line_id = ${lineId}`);
}

/** Tells the brand and whoever is paid from the line. */
async function tell(
  tx: Sql,
  kind: EventKind,
  { brandId, id, caseId }: { readonly brandId: string; readonly id: string; readonly caseId: string },
  data: Readonly<Record<string, string>>,
  now: Date,
): Promise<void> {
  const payees = await tx.rows(sql<{ payeeId: string }>`
    select distinct payee_id as "payeeId" from waterfall_node
    where brand_id = ${brandId} and line_id = ${id} and role <> 'TECHNICAL_FEE'`);
  const to = [brandId, ...payees.map(({ payeeId }) => payeeId)];
  await announce(
    tx,
    [
      {
        kind,
        subject: { type: 'OrderLine', id, brandId },
        to,
        data: { ...data, caseId: toGlobalId('AfterSalesCase', caseId, brandId) },
      },
    ],
    now,
  );
}
