import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';

/** A buyer's click on a promotion link. */
export interface Click {
  readonly linkCode: string;
  readonly buyerRef: string;
  readonly clickedAt: Date;
}

/**
 * Keeps clicks for attribution, in one statement. Clicks on codes that no link has, or no link of the given brands, are
 * left out; gives how many were kept.
 */
export async function recordClicks(
  tx: Tx,
  clicks: readonly Click[],
  brandIds?: readonly string[],
): Promise<number> {
  const rows = await tx.rows(sql`
    insert into click (brand_id, id, product_id, link_id, creator_id, buyer_ref, clicked_at)
    select l.brand_id, c.id, l.product_id, l.id, l.creator_id, c.buyer_ref, c.clicked_at
    from unnest(
      ${clicks.map(() => newId())}::uuid[],
      ${clicks.map(({ linkCode }) => linkCode)}::text[],
      ${clicks.map(({ buyerRef }) => buyerRef)}::text[],
      ${clicks.map(({ clickedAt }) => clickedAt)}::timestamptz[]
    ) c (id, code, buyer_ref, clicked_at)
    join promotion_link l on l.code = c.code and (${brandIds === undefined} or l.brand_id = any(${brandIds ?? []}::uuid[]))
    returning 1`);
  return rows.length;
}
