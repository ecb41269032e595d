import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { isSold } from '../order/index.ts';
import type { Path } from './path.ts';

/** A day of the alliance, as `2026-06-18`, on which lines of a brand were placed. */
export interface BrandDay {
  readonly brandId: string;
  readonly day: string;
}

const daysOf = (days: readonly BrandDay[]): RawBuilder<unknown> =>
  sql`unnest(${days.map(({ brandId }) => brandId)}::uuid[], ${days.map(({ day }) => day)}::date[]) d (brand_id, day)`;

/** SQL: a sum, which stops far below what a column holds: whoever reports absurd amounts stops nobody else's figures. */
export const total = (what: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`least(coalesce(sum(${what}), 0), 4000000000000000000)::bigint`;

/** SQL: the same over what was sold alone. */
const ofSold = (what: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`least(coalesce(sum(${what}) filter (where sold), 0), 4000000000000000000)::bigint`;

const onPath = (path: Path): RawBuilder<unknown> =>
  ofSold(sql`case when path = ${sql.lit(path)} then paid end`);

/** SQL: the path of line `l` with frozen terms `f`. */
const PATH_OF_LINE = sql`case
  when exists (select from plan_terms t join plan p on p.id = t.plan_id where t.id = f.plan_terms_id and p.kind = 'EXCLUSIVE')
    then 'CHANNEL_EXCLUSIVE'
  when exists (select from insight_host h where h.brand_id = l.brand_id and h.creator_id = l.creator_id
    and l.placed_at >= h.since and (h.until is null or l.placed_at < h.until)) then 'SELF_BROADCAST'
  when l.boosted then 'PUBLIC_TRAFFIC'
  when l.creator_id is not null then 'DISTRIBUTION'
  else 'PRIVATE_TRAFFIC' end`;

/** SQL: the nodes of line `l`, with what each kept when the line was paid for, by the entries of its first step. */
const NODES = sql`waterfall_node n left join commission_entry e on e.brand_id = n.brand_id and e.line_id = n.line_id
    and e.step_no = 1 and e.node_no = n.node_no
  where n.brand_id = l.brand_id and n.line_id = l.id`;

/**
 * SQL: what the payees of line `l` keep comes to for the brand. Of its trees the first is the commission, with all that is
 * passed on of it, and those after it, from a node `fees.first` on, are service fees.
 */
const COSTS = sql`
  left join lateral (
    select coalesce(min(n.node_no), 32767) as first from waterfall_node n
    where n.brand_id = l.brand_id and n.line_id = l.id and n.parent_no is null and n.node_no > 0) fees on true
  left join lateral (
    select sum(e.net_minor) filter (where n.node_no < fees.first) as accrued,
      sum(n.net_minor) filter (where n.node_no < fees.first) as net,
      sum(e.net_minor) filter (where n.node_no >= fees.first) as fee_accrued,
      sum(n.net_minor) filter (where n.node_no >= fees.first) as fee,
      sum(n.net_minor) filter (where n.role = 'CREATOR') as kept
    from ${NODES}) c on true`;

/**
 * SQL: all paid lines of the orders that have a line on one of the days, `is_asked` those of the days themselves. An order
 * counts on the first day on which a party sold something of it, so that it is looked at as a whole. All that hangs on a line
 * is looked up by its key, since nobody can tell the planner beforehand how many lines there are.
 */
const lines = (days: readonly BrandDay[]): RawBuilder<unknown> => sql`
  asked as materialized (select * from ${daysOf(days)}),
  line as materialized (
    select l.brand_id, l.id, l.source_id, l.order_no, l.product_id, l.creator_id, l.currency, l.quantity, s.reporter_id,
      l.buyer_ref, l.goods_paid_minor as paid, l.refunded_minor as back, ${isSold('l')} as sold, w.day, ${PATH_OF_LINE} as path,
      (l.brand_id, w.day) in (select brand_id, day from asked) as is_asked, c.*
    from (
      select distinct l.brand_id, l.source_id, l.order_no from asked t cross join alliance z
      join order_line l on l.brand_id = t.brand_id and l.placed_at >= t.day::timestamp at time zone z.time_zone
        and l.placed_at < (t.day + 1)::timestamp at time zone z.time_zone) o
    cross join alliance z
    join order_line_key k on k.brand_id = o.brand_id and k.source_id = o.source_id and k.order_no = o.order_no
    join order_line l on l.brand_id = k.brand_id and l.id = k.line_id
    join order_source s on s.id = l.source_id
    left join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
    cross join lateral (select (l.placed_at at time zone z.time_zone)::date as day) w
    ${COSTS}
    where l.paid_at is not null)`;

/** SQL: each line once for each party that it counts for, and once more for the official event that it counts for. */
const COUNTED = sql`
  counted as materialized (
    select l.brand_id, l.day, p.subject_id, v.event_id, l.currency, l.source_id, l.order_no, l.quantity, l.reporter_id,
      l.buyer_ref, l.paid, l.back, l.sold, l.path, l.is_asked, p.accrued, p.net, p.fee_accrued, p.fee,
      l.sold and l.day = min(l.day) filter (where l.sold)
        over (partition by l.brand_id, p.subject_id, v.event_id, l.source_id, l.order_no) as begins
    from line l
    cross join lateral (
      select l.brand_id as subject_id, l.accrued, l.net, l.fee_accrued, l.fee
      union all
      select n.payee_id, sum(e.net_minor), sum(n.net_minor), 0, 0 from ${NODES} and n.role <> 'TECHNICAL_FEE' group by 1) p
    cross join lateral (
      select null::uuid as event_id
      union all select e.event_id from event_line e where e.brand_id = l.brand_id and e.line_id = l.id) v)`;

const FIGURES = sql`
  count(distinct (source_id, order_no)) filter (where begins), count(*) filter (where sold), ${ofSold(sql`quantity`)},
  count(*) filter (where sold and back > 0), count(*) filter (where not sold), ${ofSold(sql`paid`)}, ${ofSold(sql`back`)},
  ${ofSold(sql`accrued`)}, ${ofSold(sql`net`)}, ${ofSold(sql`fee_accrued`)}, ${ofSold(sql`fee`)},
  ${onPath('SELF_BROADCAST')}, ${onPath('PUBLIC_TRAFFIC')}, ${onPath('DISTRIBUTION')}, ${onPath('PRIVATE_TRAFFIC')},
  ${onPath('CHANNEL_EXCLUSIVE')}`;

const COUNTED_TABLES = ['insight_day', 'insight_buyer', 'insight_product'] as const;

/**
 * Counts days of brands anew, from their lines alone: nothing is added to what was counted before, so that nothing can drift.
 * A fixed number of statements. To be called by one transaction at a time.
 */
export async function recountDays(tx: Sql, days: readonly BrandDay[]): Promise<void> {
  for (const table of COUNTED_TABLES)
    await tx.rows(sql`
      delete from ${sql.table(table)} t using ${daysOf(days)} where t.brand_id = d.brand_id and t.day = d.day`);
  await tx.rows(sql`
    with ${lines(days)}, ${COUNTED},
    products as (
      insert into insight_product
      select brand_id, day, product_id, creator_id, currency, count(*), ${total(sql`quantity`)},
        count(*) filter (where back > 0), ${total(sql`paid`)}, ${total(sql`back`)}, ${total(sql`net`)}, ${total(sql`fee`)},
        ${total(sql`kept`)}
      from line where is_asked and sold group by 1, 2, 3, 4, 5),
    buyers as (
      insert into insight_buyer
      select brand_id, day, subject_id, event_id, currency, reporter_id, buyer_ref, count(distinct (source_id, order_no))
      from counted where is_asked and begins group by 1, 2, 3, 4, 5, 6, 7)
    insert into insight_day
    select brand_id, day, subject_id, event_id, currency, ${FIGURES}
    from counted where is_asked group by 1, 2, 3, 4, 5`);
  await recountSessions(tx, days);
}

/** The same for the live sessions of lines that were placed on the days. */
async function recountSessions(tx: Sql, days: readonly BrandDay[]): Promise<void> {
  const sessions = await tx.rows(sql<{ brandId: string; sessionId: string }>`
    select distinct l.brand_id as "brandId", v.live_session_id as "sessionId"
    from ${daysOf(days)} cross join alliance z
    join order_line l on l.brand_id = d.brand_id and l.placed_at >= d.day::timestamp at time zone z.time_zone
      and l.placed_at < (d.day + 1)::timestamp at time zone z.time_zone
    join live_line v on v.brand_id = l.brand_id and v.line_id = l.id`);
  if (sessions.length === 0) return;
  const keys = sql`unnest(${sessions.map(({ brandId }) => brandId)}::uuid[],
    ${sessions.map(({ sessionId }) => sessionId)}::uuid[]) k (brand_id, live_session_id)`;
  await tx.rows(sql`
    delete from insight_session t using ${keys} where t.brand_id = k.brand_id and t.live_session_id = k.live_session_id`);
  await tx.rows(sql`
    insert into insight_session
    select k.brand_id, k.live_session_id, l.currency, count(distinct (l.source_id, l.order_no)),
      count(distinct (s.reporter_id, l.buyer_ref)), ${total(sql`l.goods_paid_minor`)}
    from ${keys} join live_line v on v.brand_id = k.brand_id and v.live_session_id = k.live_session_id
    join order_line l on l.brand_id = v.brand_id and l.id = v.line_id join order_source s on s.id = l.source_id
    where ${isSold('l')} group by 1, 2, 3`);
}
