import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { Trace } from './attribute-line.ts';

/** A line that is being placed, as far as attribution asks. */
export interface Placing {
  readonly brandId: string;
  readonly productId: string;
  readonly buyerRef: string;
  readonly placedAt: Date;
  readonly linkCode: string | null;
  readonly liveSessionId: string | null;
  /** Whether the order was won by a boost. */
  readonly boosted: boolean;
  /** How many days before the order a click still counts. */
  readonly windowDays: number;
}

type LinkRow = NonNullable<Trace['link']> & { readonly code: string };
type ClickRow = NonNullable<Trace['click']> & { readonly place: number };
type SessionRow = NonNullable<Trace['session']> & { readonly place: number };

/** Reads whatever the lines could be credited to; at most three statements, however many lines. */
export async function readTraces(tx: Sql, lines: readonly Placing[]): Promise<Trace[]> {
  const links = await readLinks(tx, lines);
  const linked = ({ linkCode, productId }: Placing) => links.get(linkCode ?? '')?.productId === productId;
  const [clicks, sessions] = [await readClicks(tx, lines, linked), await readSessions(tx, lines)];
  return lines.map((line, i) => ({
    productId: line.productId,
    placedAt: line.placedAt,
    linkCode: line.linkCode,
    link: line.linkCode === null ? undefined : links.get(line.linkCode),
    click: clicks.get(i),
    liveSessionId: line.liveSessionId,
    session: sessions.get(i),
  }));
}

async function readLinks(tx: Sql, lines: readonly Placing[]): Promise<Map<string, LinkRow>> {
  const codes = [...new Set(lines.flatMap(({ linkCode }) => linkCode ?? []))];
  if (codes.length === 0) return new Map();
  const rows = await tx.rows(sql<LinkRow>`
    select code, id as "linkId", creator_id as "creatorId", product_id as "productId", enrolment_id as "enrolmentId",
      creator_part_bp as "creatorPartBp"
    from promotion_link where code = any(${codes}::text[])`);
  return new Map(rows.map((row) => [row.code, row]));
}

/**
 * The last click of each buyer on the product within the window, for lines whose link does not settle it. A day of the
 * window is 24 hours, so that no change to summer time in the database's own zone moves its edge.
 */
async function readClicks(
  tx: Sql,
  lines: readonly Placing[],
  isSettled: (line: Placing) => boolean,
): Promise<Map<number, ClickRow>> {
  const asked = lines.map((line, place) => ({ line, place })).filter(({ line }) => !isSettled(line));
  if (asked.length === 0) return new Map();
  const rows = await tx.rows(sql<ClickRow>`
    select q.place, c.id as "clickId", c.clicked_at as "clickedAt", c.creator_id as "creatorId",
      l.enrolment_id as "enrolmentId", l.creator_part_bp as "creatorPartBp"
    from unnest(
      ${asked.map(({ place }) => place)}::int[],
      ${asked.map(({ line }) => line.brandId)}::uuid[],
      ${asked.map(({ line }) => line.productId)}::uuid[],
      ${asked.map(({ line }) => line.buyerRef)}::text[],
      ${asked.map(({ line }) => line.placedAt)}::timestamptz[],
      ${asked.map(({ line }) => line.windowDays)}::int[]
    ) q (place, brand_id, product_id, buyer_ref, placed_at, window_days)
    cross join lateral (select k.* from click k
      where k.brand_id = q.brand_id and k.product_id = q.product_id and k.buyer_ref = q.buyer_ref
        and k.clicked_at <= q.placed_at and k.clicked_at > q.placed_at - make_interval(hours => 24 * q.window_days)
      order by k.clicked_at desc, k.id desc limit 1) c
    join promotion_link l on l.id = c.link_id`);
  return new Map(rows.map((row) => [row.place, row]));
}

async function readSessions(tx: Sql, lines: readonly Placing[]): Promise<Map<number, SessionRow>> {
  const asked = lines
    .map((line, place) => ({ line, place }))
    .filter(({ line }) => line.liveSessionId !== null);
  if (asked.length === 0) return new Map();
  const rows = await tx.rows(sql<SessionRow>`
    select q.place, s.creator_id as "creatorId", s.started_at as "startedAt", s.ended_at as "endedAt",
      i.enrolment_id as "enrolmentId", null::int as "creatorPartBp"
    from unnest(
      ${asked.map(({ place }) => place)}::int[],
      ${asked.map(({ line }) => line.liveSessionId)}::uuid[],
      ${asked.map(({ line }) => line.productId)}::uuid[],
      ${asked.map(({ line }) => line.placedAt)}::timestamptz[]
    ) q (place, session_id, product_id, placed_at)
    join live_session s on s.id = q.session_id
    left join lateral (select i.enrolment_id from showcase_item i
      where i.creator_id = s.creator_id and i.product_id = q.product_id and i.picked_at <= q.placed_at
        and (i.removed_at is null or i.removed_at > q.placed_at)
      order by i.picked_at desc limit 1) i on true`);
  return new Map(rows.map((row) => [row.place, row]));
}
