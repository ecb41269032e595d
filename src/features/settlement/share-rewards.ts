import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { inMonthsOf } from '../../db/months.ts';
import { share } from '../../kernel/money.ts';
import type { LineChange, LineRow } from '../order/index.ts';
import { judgeShare, type SharedBy } from './judge-share.ts';

/**
 * Moves what order lines bring to the buyers by whose links they came. What a link gives is fixed when the line is placed, or why
 * it gives nothing: one level only, so that the order of a buyer who came by a link brings nothing to anybody further up. Four
 * statements at most; none for lines without a link.
 */
export async function moveShares(tx: Sql, changes: readonly LineChange[]): Promise<void> {
  const shared = changes.filter(({ line }) => line.isShared);
  if (shared.length === 0) return;
  await enterRewards(tx, shared);
  await writeDue(
    tx,
    shared.map(({ line }) => line),
  );
}

/** What a line brings so far: the rate of what was paid for and has not come back. */
export const rewardMinor = (line: LineRow, rateBp: number): bigint =>
  line.paidAt === null || line.state === 'CANCELLED' ? 0n : share(line.remainingBaseMinor, rateBp);

async function enterRewards(tx: Sql, changes: readonly LineChange[]): Promise<void> {
  const placed = changes.filter(({ shareCode }) => shareCode !== null);
  if (placed.length === 0) return;
  const shares = await readShares(tx, placed);
  const judged = placed.map(({ line }, i) => ({ line, ...judgeShare(line, shares[i] as SharedBy) }));
  await tx.rows(sql`
    insert into share_reward (brand_id, line_id, share_link_id, refused, rate_bp)
    select * from unnest(${judged.map(({ line }) => line.brandId)}::uuid[], ${judged.map(({ line }) => line.id)}::uuid[],
      ${judged.map(({ linkId }) => linkId)}::uuid[], ${judged.map(({ refused }) => refused)}::text[],
      ${judged.map(({ rateBp }) => rateBp)}::int[])`);
}

/** What there is behind the codes of lines that were just placed, each at its place. */
async function readShares(tx: Sql, placed: readonly LineChange[]): Promise<SharedBy[]> {
  const lines = placed.map(({ line }) => line);
  return tx.rows(sql<SharedBy>`
    select l.id as "linkId", l.product_id as "productId", s.source_id as "sourceId",
      s.buyer_ref as "buyerRef", s.stopped_at as "stoppedAt", coalesce(o.cancelled_at is not null or
        case when o.goods_paid_minor > 0 then o.refunded_minor >= o.goods_paid_minor
        else o.refund_reported_quantity >= o.quantity end, false) as "isSentBack",
      coalesce(t.rate_bp, 0) as "rateBp"
    from unnest(${lines.map(({ brandId }) => brandId)}::uuid[], ${placed.map(({ shareCode }) => shareCode)}::text[],
      ${lines.map(({ placedAt }) => placedAt)}::timestamptz[]) with ordinality k (brand_id, code, placed_at, no)
    left join share_link l on l.code = k.code and l.brand_id = k.brand_id
    left join sharer s on s.id = l.sharer_id
    left join order_line o on o.brand_id = l.brand_id and o.id = l.line_id
    left join sharing_terms t on t.brand_id = k.brand_id and t.valid_from <= k.placed_at
      and (t.valid_to is null or t.valid_to > k.placed_at)
    order by k.no`);
}

/** Writes what lines bring now, and from when on it is posted; a line that was received once stays ready for what comes back. */
async function writeDue(tx: Sql, lines: readonly LineRow[]): Promise<void> {
  const rates = await tx.rows(sql<{ lineId: string; rateBp: number }>`
    select r.line_id as "lineId", r.rate_bp as "rateBp" from unnest(${lines.map(({ brandId }) => brandId)}::uuid[],
      ${lines.map(({ id }) => id)}::uuid[]) k (brand_id, line_id)
    join share_reward r using (brand_id, line_id) where r.rate_bp > 0 order by r.brand_id, r.line_id for update of r`);
  const rateOf = new Map(rates.map(({ lineId, rateBp }) => [lineId, rateBp]));
  const rewarded = lines.filter(({ id }) => rateOf.has(id));
  if (rewarded.length === 0) return;
  const kept = ({ state, paidAt, receivedAt }: LineRow) =>
    state === 'RECEIVED' && paidAt !== null ? receivedAt : null;
  await tx.rows(sql`
    update share_reward r set due_minor = v.due,
      ready_at = coalesce(v.received_at + make_interval(hours => 24 * f.holding_days), r.ready_at)
    from unnest(${rewarded.map(({ brandId }) => brandId)}::uuid[], ${rewarded.map(({ id }) => id)}::uuid[],
      ${rewarded.map((line) => rewardMinor(line, rateOf.get(line.id) ?? 0))}::bigint[], ${rewarded.map(kept)}::timestamptz[])
      v (brand_id, line_id, due, received_at)
    join frozen_terms f using (brand_id, line_id)
    where r.brand_id = v.brand_id and r.line_id = v.line_id and ${inMonthsOf(
      sql`f.line_id`,
      rewarded.map(({ id }) => id),
    )}`);
}
