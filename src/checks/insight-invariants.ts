import type { Invariant } from './invariant.ts';

/**
 * SQL: days of brands that are to be counted anew, by what is noted or not yet read, and those of which lines may be away:
 * of them nothing can be said. Before the first count that is all of them.
 */
const OPEN = /* sql */ `
  place as materialized (
    select s.xid, s.id from insight_state s cross join outbox_state o
    where s.xid is not null and (s.xid, s.id) >= (o.deleted_xid, o.deleted_id)),
  closed as materialized (
    select coalesce(max(start_of_month(month) + interval '1 month'), '-infinity') as at from detached_month),
  open as materialized (
    select brand_id, day from insight_dirty
    union
    select o.brand_id, (o.placed_at at time zone z.time_zone)::date
    from place p join outbox_event e on (e.xid, e.id) > (p.xid, p.id) and e.kind like 'ORDER_LINE_%'
    cross join alliance z join order_line l on l.brand_id = e.brand_id and l.id = e.subject_id
    join order_line_key k on k.brand_id = l.brand_id and k.source_id = l.source_id and k.order_no = l.order_no
    join order_line o on o.brand_id = k.brand_id and o.id = k.line_id)`;

const isCounted = (brand: string, day: string): string => `exists (select from place)
  and not exists (select from open o where o.brand_id = ${brand} and o.day = ${day})
  and ${day}::timestamp at time zone (select time_zone from alliance) >= (select at from closed)`;

const isWhollyCounted = (brand: string): string => `exists (select from place)
  and not exists (select from open o where o.brand_id = ${brand}) and not exists (select from detached_month)`;

/** SQL: each paid line for its brand and for whoever is paid from it, with what that one pays or keeps; and for its event. */
const LINES = /* sql */ `
  path as materialized (
    select l.brand_id, l.id, case
        when p.kind = 'EXCLUSIVE' then 5
        when exists (select from insight_host h where h.brand_id = l.brand_id and h.creator_id = l.creator_id
          and tstzrange(h.since, h.until) @> l.placed_at) then 1
        when l.boosted then 2 when l.creator_id is null then 4 else 3 end as no
    from order_line l left join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
    left join plan_terms t on t.id = f.plan_terms_id left join plan p on p.id = t.plan_id where l.paid_at is not null),
  paid as materialized (
    select n.brand_id, n.line_id, n.payee_id, n.role = 'TECHNICAL_FEE' as is_fee, sum(n.net_minor) as net,
      sum(e.net_minor) as accrued
    from waterfall_node n left join commission_entry e on e.brand_id = n.brand_id and e.line_id = n.line_id
      and e.step_no = 1 and e.node_no = n.node_no group by 1, 2, 3, 4),
  side as materialized (
    select l.brand_id, l.id as line_id, l.brand_id as subject_id, sum(p.net) as net, sum(p.accrued) as accrued
    from order_line l left join paid p on p.brand_id = l.brand_id and p.line_id = l.id group by 1, 2
    union all
    select brand_id, line_id, payee_id, net, accrued from paid where not is_fee),
  line as materialized (
    select s.*, e.event_id, l.currency, (l.placed_at at time zone z.time_zone)::date as day, l.source_id, l.order_no,
      l.state <> 'CANCELLED' as sold, l.quantity, l.refunded_minor as back, l.goods_paid_minor as gmv, p.no as path
    from side s join order_line l on l.brand_id = s.brand_id and l.id = s.line_id and l.paid_at is not null
    join path p on p.brand_id = l.brand_id and p.id = l.id cross join alliance z
    cross join lateral (select '' as event_id union all select v.event_id::text from event_line v
      where v.brand_id = l.brand_id and v.line_id = l.id) e)`;

const sold = (what: string): string => `coalesce(sum(${what}) filter (where sold), 0)`;

/** What must hold of the figures of insight: they are what the order lines add up to. */
export const INSIGHT: readonly Invariant[] = [
  {
    name: 'insight-days-sum-their-lines',
    holds: 'What insight says of a day of a party is the sum of the lines that were placed on it.',
    sql: /* sql */ `
      with ${OPEN}, ${LINES}
      select 'brand ' || brand_id || ', party ' || subject_id || ', day ' || day || ': '
        || coalesce(k.figures::text, 'nothing') || ', by its lines ' || coalesce(l.figures::text, 'nothing') as message
      from (select brand_id, subject_id, day, coalesce(event_id::text, '') as event_id, currency,
          array[lines, units, returned_lines, cancelled_lines, gmv_minor, refunded_minor, commission_minor + fee_minor,
            commission_accrued_minor + fee_accrued_minor, self_broadcast_minor, public_traffic_minor, distribution_minor,
            private_traffic_minor, channel_exclusive_minor]::numeric[] as figures from insight_day) k
      full join (select brand_id, subject_id, day, event_id, currency,
          array[count(*) filter (where sold), ${sold('quantity')}, count(*) filter (where sold and back > 0),
            count(*) filter (where not sold), ${sold('gmv')}, ${sold('back')}, ${sold('net')}, ${sold('accrued')},
            ${[1, 2, 3, 4, 5].map((no) => sold(`case when path = ${no} then gmv end`)).join(', ')}]::numeric[] as figures
        from line group by 1, 2, 3, 4, 5) l using (brand_id, subject_id, day, event_id, currency)
      where k.figures is distinct from l.figures and ${isCounted('brand_id', 'day')}`,
  },
  {
    name: 'insight-counts-each-order-once',
    holds: 'Over all days insight counts each order of a party once.',
    sql: /* sql */ `
      with ${OPEN}, ${LINES}
      select 'brand ' || brand_id || ', party ' || subject_id || ': ' || coalesce(k.orders, 0) || ' orders, by the lines '
        || coalesce(l.orders, 0) as message
      from (select brand_id, subject_id, coalesce(event_id::text, '') as event_id, currency, sum(orders) as orders
        from insight_day group by 1, 2, 3, 4) k
      full join (select brand_id, subject_id, event_id, currency,
          count(distinct (source_id, order_no)) filter (where sold) as orders from line group by 1, 2, 3, 4) l
        using (brand_id, subject_id, event_id, currency)
      where coalesce(k.orders, 0) <> coalesce(l.orders, 0) and ${isWhollyCounted('brand_id')}`,
  },
  {
    name: 'insight-tables-agree',
    holds: 'By buyers and by products insight says of a day the same as of the day itself.',
    sql: /* sql */ `
      select 'brand ' || brand_id || ', party ' || subject_id || ', day ' || day || ': ' || coalesce(d.orders, 0)
        || ' orders, by buyers ' || coalesce(b.orders, 0) as message
      from (select brand_id, subject_id, day, coalesce(event_id::text, '') as event_id, currency, orders from insight_day) d
      full join (select brand_id, subject_id, day, coalesce(event_id::text, '') as event_id, currency, sum(orders) as orders
        from insight_buyer group by 1, 2, 3, 4, 5) b using (brand_id, subject_id, day, event_id, currency)
      where coalesce(d.orders, 0) <> coalesce(b.orders, 0)
      union all
      select 'brand ' || brand_id || ', day ' || day || ': ' || coalesce(d.figures::text, 'nothing') || ', by products '
        || coalesce(p.figures::text, 'nothing')
      from (select brand_id, day, currency, array[lines, units, returned_lines, gmv_minor, refunded_minor, commission_minor,
          fee_minor]::numeric[] as figures from insight_day where subject_id = brand_id and event_id is null and lines > 0) d
      full join (select brand_id, day, currency, array[sum(lines), sum(units), sum(returned_lines), sum(gmv_minor),
          sum(refunded_minor), sum(commission_minor), sum(fee_minor)]::numeric[] as figures from insight_product group by 1, 2, 3) p
        using (brand_id, day, currency)
      where d.figures is distinct from p.figures`,
  },
  {
    name: 'insight-sessions-sum-their-lines',
    holds: 'What insight says of a live session is what a brand has sold in it.',
    sql: /* sql */ `
      with ${OPEN}
      select 'brand ' || brand_id || ', live session ' || live_session_id || ': ' || coalesce(k.figures::text, 'nothing')
        || ', by its lines ' || coalesce(l.figures::text, 'nothing') as message
      from (select brand_id, live_session_id, currency, array[orders, buyers, gmv_minor]::numeric[] as figures
        from insight_session) k
      full join (select v.brand_id, v.live_session_id, l.currency, array[count(distinct (l.source_id, l.order_no)),
          count(distinct (s.reporter_id, l.buyer_ref)), sum(l.goods_paid_minor)]::numeric[] as figures
        from live_line v join order_line l on l.brand_id = v.brand_id and l.id = v.line_id
        join order_source s on s.id = l.source_id where l.paid_at is not null and l.state <> 'CANCELLED' group by 1, 2, 3) l
        using (brand_id, live_session_id, currency)
      where k.figures is distinct from l.figures and ${isWhollyCounted('brand_id')}`,
  },
];
