import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { PlacedUnder } from './line-protections.ts';

/** Under what a line was placed, with its key and moment. */
export interface LineCover extends PlacedUnder {
  readonly brandId: string;
  readonly lineId: string;
  readonly placedAt: Date;
}

/**
 * Reads off the versions and intervals under what lines were placed; `lines` is a table of brand_id and line_id. None of
 * them is ever edited, and none begins in the past, so that the answer never changes. One statement.
 */
export const readCovers = (db: Sql, lines: RawBuilder<unknown>): Promise<LineCover[]> =>
  db.rows(sql<LineCover>`
    select l.brand_id as "brandId", l.id as "lineId", l.placed_at as "placedAt", l.received_at as "receivedAt",
      exists (select from trust_membership m where m.brand_id = l.brand_id and m.member_from <= l.placed_at
        and (m.ended_at is null or m.ended_at > l.placed_at)) as "isMember",
      coalesce((select v.kinds from product_protection v where v.product_id = l.product_id
        and v.valid_from <= l.placed_at and (v.valid_to is null or v.valid_to > l.placed_at)), '{}') as kinds,
      exists (select from trust_card c where c.reporter_id = s.reporter_id and c.buyer_ref = l.buyer_ref
        and c.valid_from <= l.placed_at and (c.valid_to is null or c.valid_to > l.placed_at)) as "holdsCard"
    from ${lines} k (brand_id, line_id)
    join order_line l on l.brand_id = k.brand_id and l.id = k.line_id
    join order_source s on s.id = l.source_id`);

/** The cover of one line. */
export async function readCover(db: Sql, brandId: string, lineId: string): Promise<LineCover | undefined> {
  const [cover] = await readCovers(db, sql`(values (${brandId}::uuid, ${lineId}::uuid))`);
  return cover;
}
