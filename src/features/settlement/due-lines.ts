import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { inMonthsOf } from '../../db/months.ts';
import type { LineChange, LineRow } from '../order/index.ts';

/**
 * Makes settlement pass by the lines that are being changed until the transaction ends, and gives the ids of those that
 * are settled. A run that has taken one of them is waited for. Two statements.
 */
export async function lockSettled(tx: Sql, changes: readonly LineChange[]): Promise<ReadonlySet<string>> {
  const moved = changes.filter(({ line, placed }) => placed === undefined && line.creatorId !== null);
  if (moved.length === 0) return new Set();
  const lines = placesOf(moved.map(({ line }) => line));
  await tx.rows(sql`
    select from line_due d where (d.brand_id, d.line_id) in (select * from ${lines})
    order by d.brand_id, d.line_id for update`);
  const rows = await tx.rows(sql<{ lineId: string }>`
    select s.line_id as "lineId" from ${lines} l (brand_id, line_id) join line_settlement s using (brand_id, line_id)
    where ${inMonthsOf(
      sql`s.line_id`,
      moved.map(({ line }) => line.id),
    )}`);
  return new Set(rows.map(({ lineId }) => lineId));
}

/**
 * Enters lines that are received among those that wait for settlement, by their own holding days and reserve as they
 * were frozen; takes out those that a late report has cancelled. A line that nobody is paid from has nothing to settle.
 */
export async function queueDue(tx: Sql, changes: readonly LineChange[]): Promise<void> {
  const lines = changes.filter(({ line }) => line.creatorId !== null);
  const due = lines.flatMap(({ line }) => (isReceived(line) ? [line] : []));
  if (due.length > 0) {
    await tx.rows(sql`
      insert into line_due (brand_id, line_id, due_at, open_cases, reserve_bp, reserve_days)
      select l.brand_id, l.line_id, l.received_at + make_interval(hours => 24 * f.holding_days),
        (select count(*) from after_sales_case c
          where c.brand_id = l.brand_id and c.line_id = l.line_id and c.closed_at is null),
        f.reserve_bp, f.reserve_days
      from unnest(${due.map(({ brandId }) => brandId)}::uuid[], ${due.map(({ id }) => id)}::uuid[],
        ${due.map(({ receivedAt }) => receivedAt)}::timestamptz[]) l (brand_id, line_id, received_at)
      join frozen_terms f using (brand_id, line_id)
      where ${inMonthsOf(
        sql`f.line_id`,
        due.map(({ id }) => id),
      )}
      on conflict (brand_id, line_id) do update set due_at = excluded.due_at
      where line_due.due_at <> excluded.due_at`);
  }
  const cancelled = lines.flatMap(({ line, placed }) =>
    placed === undefined && line.state === 'CANCELLED' ? [line] : [],
  );
  if (cancelled.length > 0) {
    await tx.rows(sql`
      delete from line_due d where (d.brand_id, d.line_id) in (select * from ${placesOf(cancelled)})`);
  }
}

const isReceived = ({ state, paidAt }: LineRow): boolean => state === 'RECEIVED' && paidAt !== null;

const placesOf = (lines: readonly Pick<LineRow, 'brandId' | 'id'>[]) =>
  sql`unnest(${lines.map(({ brandId }) => brandId)}::uuid[], ${lines.map(({ id }) => id)}::uuid[])`;
