import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';

/**
 * Sales of fewer creators are not shown: with two, each could take off their own and know the other's, and with one the
 * figure is what that one contract or enrolment is worth.
 */
const FEWEST_CREATORS = 3;

/**
 * Counts the figures of all agencies anew, in one statement. Lines count for whom they pay: the agency that recruited the
 * product, the second one, and the one that manages the creator. What is not to be shown is not kept either.
 */
export async function refreshFigures(db: Sql, now: Date): Promise<void> {
  await db.rows(sql`
    insert into agency_figures (agency_id, creators, campaigns, products, order_lines, gmv_minor, currency, counted_at)
    select a.id, c.n, r.campaigns, r.products,
      case when l.creators >= ${FEWEST_CREATORS} then l.n end,
      case when l.creators >= ${FEWEST_CREATORS} then l.gmv end, x.currency, ${now}
    from agency a cross join alliance x
    cross join lateral (
      select count(distinct t.creator_id)::int as n from contract_terms t
      where t.agency_id = a.id and tstzrange(t.valid_from, t.valid_to) @> ${now}::timestamptz) c
    cross join lateral (
      select count(distinct g.id)::int as campaigns, count(distinct e.product_id)::int as products
      from recruiting_campaign g left join enrolment e on e.campaign_id = g.id and e.state = 'APPROVED'
        and (e.ends_at is null or e.ends_at > ${now})
      where g.agency_id = a.id and tstzrange(g.opens_at, g.closes_at) @> ${now}::timestamptz) r
    cross join lateral (
      select count(*) as n, count(distinct o.creator_id) as creators,
        coalesce(sum(o.goods_paid_minor) filter (where o.currency = x.currency), 0)::bigint as gmv
      from order_line o join (
        select distinct n.brand_id, n.line_id from waterfall_node n
        where n.payee_id = a.id and n.placed_at > ${now}::timestamptz - interval '30 days' and n.placed_at <= ${now}
      ) w on w.brand_id = o.brand_id and w.line_id = o.id
      where o.paid_at is not null and o.state <> 'CANCELLED') l
    order by a.id
    on conflict (agency_id) do update set creators = excluded.creators, campaigns = excluded.campaigns,
      products = excluded.products, order_lines = excluded.order_lines, gmv_minor = excluded.gmv_minor,
      currency = excluded.currency, counted_at = excluded.counted_at`);
}
