import { sql } from 'kysely';
import type { Sql } from '../../src/db/database.ts';
import { SOURCE } from './names.ts';

/** What the database says of the lines that were replayed; whole pence. */
export interface LineFigures {
  readonly lines: number;
  readonly unattributedLines: number;
  readonly gmvMinor: number;
  readonly unattributedGmvMinor: number;
  readonly refundedMinor: number;
  /** What all payees together were given at payment, before any refund. */
  readonly accruedMinor: number;
  /** What each role has after refunds. */
  readonly byRole: ByRole;
}

export type ByRole = Readonly<Record<'creator' | 'mcn' | 'recruiter' | 'platform', number>>;

/**
 * Adds up the lines that the rows cover: of each order the line numbers up to the last one that was read. What later
 * rows of an earlier, longer run have refunded of them is refunded here, too.
 */
export async function lineFigures(
  db: Sql,
  reporterId: string,
  rowsOfOrder: ReadonlyMap<string, number>,
): Promise<LineFigures> {
  const covered = coveredLines(reporterId, rowsOfOrder);
  // Each is one scan of large tables: PostgreSQL does them on several cores when they are asked for at once.
  const [[lines], [shares], [accrued]] = await Promise.all([
    db.rows(sql<Sums>`
      with ${covered}
      select count(*) as lines, count(*) filter (where creator_id is null) as "unattributedLines",
        coalesce(sum(item_total_minor), 0)::bigint as "gmvMinor",
        coalesce(sum(item_total_minor) filter (where creator_id is null), 0)::bigint as "unattributedGmvMinor",
        coalesce(sum(refunded_minor), 0)::bigint as "refundedMinor"
      from covered`),
    db.rows(sql<Sums>`
      with ${covered}
      select ${netOf('CREATOR')} as creator, ${netOf('MCN')} as mcn,
        ${netOf('RECRUITER', 'SECOND_RECRUITER')} as recruiter, ${netOf('TECHNICAL_FEE')} as platform
      from covered c join waterfall_node n on n.brand_id = c.brand_id and n.line_id = c.id`),
    db.rows(sql<Sums>`
      with ${covered}
      select coalesce(sum(e.net_minor), 0)::bigint as "accruedMinor"
      from covered c
      join commission_step t on t.brand_id = c.brand_id and t.line_id = c.id and t.kind = 'ACCRUAL'
      join commission_entry e on e.brand_id = t.brand_id and e.line_id = t.line_id and e.step_no = t.step_no`),
  ]);
  return { ...exact(lines), ...exact(accrued), byRole: exact(shares) } as unknown as LineFigures;
}

/** The lines that rows cover, as a part of a statement. */
export const coveredLines = (reporterId: string, rowsOfOrder: ReadonlyMap<string, number>) =>
  sql`covered as materialized (
    select l.brand_id, l.id, l.creator_id, l.item_total_minor, l.refunded_minor
    from unnest(${[...rowsOfOrder.keys()]}::text[], ${[...rowsOfOrder.values()]}::int[]) o (order_no, last_no)
    join order_source s on s.reporter_id = ${reporterId} and s.name = ${SOURCE}
    join order_line l on l.source_id = s.id and l.order_no = o.order_no and l.line_no <= o.last_no)`;

export type Sums = Record<string, bigint>;

const netOf = (...roles: string[]) =>
  sql`coalesce(sum(n.net_minor) filter (where n.role = any(${roles}::text[])), 0)::bigint`;

/** The data set's sums are far below what a JSON number holds; one that was not would be a mistake, and is told. */
export function exact(sums: Sums = {}): Record<string, number> {
  return Object.fromEntries(
    Object.entries(sums).map(([name, sum]) => {
      const number = Number(sum);
      if (!Number.isSafeInteger(number))
        throw new RangeError(`${name} is ${sum}, more than a JSON number holds.`);
      return [name, number];
    }),
  );
}
