import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/** So often a product was shown at a moment, or around it. */
export interface ReportedExposure {
  readonly productId: string;
  readonly count: number;
  readonly shownAt: Date;
}

/**
 * Counts exposures to the days of the alliance on which they were. Those of products that were never there, or are of
 * other brands than the given ones, are left out. Gives how many exposures were counted. One statement.
 */
export async function reportExposures(
  tx: Sql,
  exposures: readonly ReportedExposure[],
  brandIds?: readonly string[],
): Promise<bigint> {
  // Products in the order of their ids, so that two reports at once do not wait for each other.
  const [counted] = await tx.rows(sql<{ counted: bigint }>`
    with said as (
      select p.brand_id, p.id as product_id, (s.at at time zone a.time_zone)::date as day, sum(s.count)::bigint as shown
      from alliance a, unnest(
        ${exposures.map(({ productId }) => productId)}::uuid[],
        ${exposures.map(({ count }) => count)}::bigint[],
        ${exposures.map(({ shownAt }) => shownAt)}::timestamptz[]) s (product_id, count, at)
      join product p on p.id = s.product_id
        and (${brandIds === undefined} or p.brand_id = any(${brandIds ?? []}::uuid[]))
      group by 1, 2, 3),
    by_day as (
      insert into exposure_day as d (brand_id, product_id, day, shown)
      select brand_id, product_id, day, shown from said order by 1, 2, 3
      on conflict (brand_id, product_id, day) do update set shown = d.shown + excluded.shown
      returning 1),
    in_all as (
      insert into exposure_total as t (brand_id, product_id, shown)
      select brand_id, product_id, sum(shown)::bigint from said group by 1, 2 order by 1, 2
      on conflict (brand_id, product_id) do update set shown = t.shown + excluded.shown
      returning 1)
    select coalesce(sum(shown), 0)::bigint as counted from said`);
  return counted?.counted ?? 0n;
}
