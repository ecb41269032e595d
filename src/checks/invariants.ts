import { BOOSTS } from './boost-invariants.ts';
import { OFFICIAL_EVENTS } from './event-invariants.ts';
import { INSIGHT } from './insight-invariants.ts';
import { type Invariant, isDetached } from './invariant.ts';
import { LEDGER } from './ledger-invariants.ts';
import { PAYOUTS } from './payout-invariants.ts';
import { SCREENING } from './screening-invariants.ts';
import { SETTLEMENT } from './settlement-invariants.ts';
import { SHARING } from './share-invariants.ts';
import { STATEMENTS } from './statement-invariants.ts';

const line = (alias: string) => `'line ' || ${alias}.line_id || ' of brand ' || ${alias}.brand_id`;

const MONEY: readonly Invariant[] = [
  {
    name: 'nets-sum-to-gross',
    holds: 'On each line the nets of all payees sum to what the brand pays.',
    sql: /* sql */ `
      select ${line('n')} || ': nets ' || sum(n.net_minor) || ', paid '
        || coalesce(sum(n.gross_minor) filter (where n.parent_no is null), 0) as message
      from waterfall_node n group by n.brand_id, n.line_id
      having sum(n.net_minor) <> coalesce(sum(n.gross_minor) filter (where n.parent_no is null), 0)`,
  },
  {
    name: 'no-share-below-zero',
    holds: 'No gross or net is below zero, and no payee passes on more than it is paid.',
    sql: /* sql */ `
      select ${line('n')} || ', node ' || n.node_no || ': gross ' || n.gross_minor || ', net ' || n.net_minor as message
      from waterfall_node n where n.gross_minor < 0 or n.net_minor < 0
      union all
      select ${line('c')} || ', node ' || c.parent_no || ' passes on ' || sum(c.gross_minor)
      from waterfall_node c
      join waterfall_node p on p.brand_id = c.brand_id and p.line_id = c.line_id and p.node_no = c.parent_no
      group by c.brand_id, c.line_id, c.parent_no, p.gross_minor having sum(c.gross_minor) > p.gross_minor`,
  },
  {
    name: 'entries-sum-to-nets',
    holds: 'What has been posted for a payee of a line sums to its net.',
    sql: /* sql */ `
      select ${line('x')} || ', node ' || x.node_no || ': entries ' || coalesce(e.sum, 0) || ', net '
        || coalesce(n.net_minor::text, 'of no node') as message
      from waterfall_node n
      full join (select brand_id, line_id, node_no, sum(net_minor) as sum from commission_entry group by 1, 2, 3) e
        on e.brand_id = n.brand_id and e.line_id = n.line_id and e.node_no = n.node_no
      cross join lateral (select coalesce(n.brand_id, e.brand_id), coalesce(n.line_id, e.line_id),
        coalesce(n.node_no, e.node_no)) x (brand_id, line_id, node_no)
      where coalesce(e.sum, 0) is distinct from n.net_minor`,
  },
  {
    name: 'entries-stand-with-steps',
    holds: 'Every entry is of a step, and names the payee of its node.',
    sql: /* sql */ `
      select ${line('e')} || ', step ' || e.step_no || ', node ' || e.node_no as message
      from commission_entry e
      left join commission_step s on s.brand_id = e.brand_id and s.line_id = e.line_id and s.step_no = e.step_no
      left join waterfall_node n on n.brand_id = e.brand_id and n.line_id = e.line_id and n.node_no = e.node_no
      where s.line_id is null or n.payee_id <> e.payee_id`,
  },
  {
    name: 'steps-are-numbered',
    holds: 'The steps of an attributed line are numbered from 1, and the line says how many there are.',
    sql: /* sql */ `
      select 'line ' || coalesce(l.id, s.line_id) || ' of brand ' || coalesce(l.brand_id, s.brand_id) || ': '
        || coalesce(l.steps, 0) || ' steps on the line, ' || coalesce(s.count, 0) || ' kept, the last is ' || coalesce(s.last, 0) as message
      from (select * from order_line where creator_id is not null) l
      full join (select brand_id, line_id, count(*), max(step_no) as last, min(step_no) as first
        from commission_step group by 1, 2) s on s.brand_id = l.brand_id and s.line_id = l.id
      where l.steps is distinct from coalesce(s.count, 0) or (s.first, s.last) is distinct from (1, s.count) and s.count > 0`,
  },
  {
    name: 'nothing-left-of-nothing',
    holds: 'Where nothing is left of the commission base, no payee has anything.',
    sql: /* sql */ `
      select ${line('n')} || ', node ' || n.node_no || ': net ' || n.net_minor as message
      from order_line l join waterfall_node n on n.brand_id = l.brand_id and n.line_id = l.id
      where l.remaining_base_minor = 0 and n.net_minor <> 0`,
  },
  {
    name: 'unpaid-lines-have-no-commission',
    holds: 'Nothing is posted before a line is paid.',
    sql: /* sql */ `
      select 'line ' || l.id || ' of brand ' || l.brand_id as message from order_line l where l.paid_at is null
        and exists (select from commission_entry e where e.brand_id = l.brand_id and e.line_id = l.id)`,
  },
  {
    name: 'base-only-falls',
    holds: 'From step to step the base that is left stays or falls.',
    sql: /* sql */ `
      select ${line('s')} || ': step ' || s.step_no || ' leaves ' || s.remaining_base_minor || ' after ' || s.before as message
      from (select *, lag(remaining_base_minor) over (partition by brand_id, line_id order by step_no) as before
        from commission_step) s
      where s.remaining_base_minor > s.before`,
  },
];

const ORDERS: readonly Invariant[] = [
  {
    name: 'refunds-within-payment',
    holds: 'No more is refunded than the buyer paid for the goods.',
    sql: /* sql */ `
      select 'line ' || id || ' of brand ' || brand_id || ': refunded ' || refunded_minor || ' of ' || goods_paid_minor as message
      from order_line where refunded_minor < 0 or refunded_minor > goods_paid_minor`,
  },
  {
    name: 'attributed-lines-have-payees',
    holds: 'A line has payees exactly when it is credited to a creator.',
    sql: /* sql */ `
      select 'line ' || l.id || ' of brand ' || l.brand_id || ': attribution ' || l.attribution as message
      from order_line l
      where (l.attribution <> 'NONE')
        <> exists (select from waterfall_node n where n.brand_id = l.brand_id and n.line_id = l.id and n.node_no = 0)`,
  },
  {
    name: 'payees-stand-with-lines',
    holds: 'Every payee stands on a line.',
    sql: /* sql */ `
      select ${line('n')} || ', node ' || n.node_no as message from waterfall_node n
      where not exists (select from order_line l where l.brand_id = n.brand_id and l.id = n.line_id)`,
  },
  {
    name: 'live-stock-is-held',
    holds: 'What is taken of the stock of a live session is what its order lines hold of it.',
    sql: /* sql */ `
      select 'live offer ' || o.id || ': taken ' || o.taken || ', held ' || coalesce(h.held, 0) as message
      from live_offer o left join (select offer_id, sum(held) as held from live_line where offer_id is not null
        group by 1) h on h.offer_id = o.id
      where o.taken <> coalesce(h.held, 0)`,
  },
  {
    name: 'stock-not-below-zero',
    holds: 'No SKU has less than nothing, and no line has reserved more than it needs.',
    sql: /* sql */ `
      select 'SKU ' || id || ': stock ' || stock as message from sku where stock < 0
      union all
      select 'line ' || id || ' of brand ' || brand_id || ': reserved ' || reserved from order_line
      where reserved < 0 or reserved > quantity or (state = 'CANCELLED' and reserved > 0)`,
  },
  {
    name: 'events-stand-with-lines',
    holds:
      'Every event that counts lies with its line, every event that waits has none, and all are known by their keys.',
    sql: /* sql */ `
      select 'event ' || e.event_id || ' of source ' || e.source_id || case
          when k.event_id is null then ' is not known by its key'
          when e.waiting then ' waits for a line that is there' else ' counts on a line that is not there' end as message
      from order_event e
      left join order_event_key k on k.source_id = e.source_id and k.event_id = e.event_id
      left join order_line_key n on e.waiting and n.brand_id = e.brand_id and n.source_id = e.source_id
        and n.order_no = e.order_no and n.line_no = e.line_no
      left join order_line l on l.brand_id = e.brand_id and l.id = e.line_id and l.source_id = e.source_id
        and l.order_no = e.order_no and l.line_no = e.line_no
      where k.event_id is null or case when e.waiting then n.line_id is not null else l.id is null end`,
  },
  {
    name: 'lines-are-known-once',
    holds:
      'Each line is known by its own key, and each key is that of a line, here or in a month that is detached.',
    sql: /* sql */ `
      select 'line ' || coalesce(l.id, k.line_id) || ' of brand ' || coalesce(l.brand_id, k.brand_id) || case
        when k.line_id is null then ' is not known by its key' else ' is known, and not there' end as message
      from order_line l
      full join order_line_key k on k.brand_id = l.brand_id and k.line_id = l.id and k.source_id = l.source_id
        and k.order_no = l.order_no and k.line_no = l.line_no
      where l.id is null and not ${isDetached('k.line_id')} or k.line_id is null`,
  },
  {
    name: 'parts-as-reported',
    holds: 'Quantity and amounts of a line are those of the one event that placed it.',
    sql: /* sql */ `
      select 'line ' || l.id || ' of brand ' || l.brand_id as message
      from order_line l
      left join order_event e on e.brand_id = l.brand_id and e.line_id = l.id and e.kind = 'PLACED'
      left join lateral (select e.content -> 'placed' as placed) c on true
      where (l.placed_at, l.quantity, l.item_total_minor, l.brand_discount_minor, l.platform_discount_minor,
          l.creator_discount_minor, l.freight_minor, l.tax_minor)
        is distinct from (e.occurred_at, (placed ->> 'quantity')::int, (placed ->> 'itemTotalMinor')::bigint,
          (placed ->> 'brandDiscountMinor')::bigint, (placed ->> 'platformDiscountMinor')::bigint,
          (placed ->> 'creatorDiscountMinor')::bigint, (placed ->> 'freightMinor')::bigint, (placed ->> 'taxMinor')::bigint)`,
  },
];

const PARTIES: readonly Invariant[] = [
  {
    name: 'one-managing-agency',
    holds: 'A creator is under contract with one agency at a time.',
    sql: /* sql */ `
      select 'creator ' || a.creator_id || ': contract terms ' || a.id || ' and ' || b.id as message
      from contract_terms a join contract_terms b on b.creator_id = a.creator_id and b.id > a.id
        and tstzrange(b.valid_from, b.valid_to) && tstzrange(a.valid_from, a.valid_to)`,
  },
  {
    name: 'one-open-plan',
    holds: 'A product has one OPEN plan at a time.',
    sql: /* sql */ `
      select 'product ' || a.product_id || ': plans ' || a.id || ' and ' || b.id as message
      from plan a join plan b on b.product_id = a.product_id and b.id > a.id and b.kind = 'OPEN'
        and tstzrange(b.opens_at, b.closes_at) && tstzrange(a.opens_at, a.closes_at)
      where a.kind = 'OPEN'`,
  },
  {
    name: 'pool-holds-listed-products',
    holds: 'Only listed products stand in the pool.',
    sql: /* sql */ `
      select 'product ' || p.id || ' is ' || p.state as message
      from pool_entry e join product p on p.id = e.product_id where p.state <> 'LISTED'`,
  },
  {
    name: 'pool-tells-verified-sources',
    holds: 'The pool says of a product that it is a source good exactly while a story of it is verified.',
    sql: /* sql */ `
      select 'product ' || e.product_id || ': ' || coalesce(e.source_kind, 'none') || ' in the pool, '
        || coalesce(s.kind, 'none') || ' verified' as message
      from pool_entry e left join source_story s on s.product_id = e.product_id and s.state = 'VERIFIED'
      where e.source_kind is distinct from s.kind`,
  },
  {
    name: 'verified-sources-have-evidence',
    holds: 'A source story that was verified has documents, and ends with the first of them that ends.',
    sql: /* sql */ `
      select 'source story ' || s.id || ': ' || d.count || ' documents, ends ' || coalesce(s.expires_at::text, 'never') as message
      from source_story s
      cross join lateral (select count(*), min(expires_at) as ends from source_document where story_id = s.id) d
      where s.verified_at is not null and (d.count = 0 or s.expires_at is distinct from d.ends)`,
  },
];

const ENGAGEMENTS: readonly Invariant[] = [
  {
    name: 'milestone-money-adds-up',
    holds: 'What was held for a milestone is what was released, returned and is still held, entry by entry.',
    sql: /* sql */ `
      select 'milestone ' || e.milestone_id || ': ' || e.sum || ' by its entries, ' || e.last || ' by the last of them' as message
      from (select milestone_id, sum(case kind when 'HELD' then amount_minor else -amount_minor end) as sum,
          (array_agg(held_after_minor order by no desc))[1] as last, min(held_after_minor) as least
        from engagement_entry group by 1) e
      where e.sum <> e.last or e.least < 0`,
  },
  {
    name: 'milestone-money-agrees-with-state',
    holds: 'The price of a milestone is held, released or returned as its state says.',
    sql: /* sql */ `
      select 'milestone ' || m.id || ' is ' || m.state || ': held ' || e.held || ', released ' || e.released
        || ', returned ' || e.returned || ' of ' || m.price_minor as message
      from engagement_milestone m
      cross join lateral (select coalesce(sum(amount_minor) filter (where kind = 'HELD'), 0) as held,
          coalesce(sum(amount_minor) filter (where kind = 'RELEASED'), 0) as released,
          coalesce(sum(amount_minor) filter (where kind = 'RETURNED'), 0) as returned
        from engagement_entry where milestone_id = m.id) e
      where (e.held, e.released, e.returned) is distinct from (
        case when m.state in ('OFFERED', 'DECLINED', 'WITHDRAWN', 'LAPSED') then 0 else m.price_minor end,
        case when m.to_provider_minor is not null then m.to_provider_minor
          when m.state in ('ACCEPTED_BY_BRAND', 'PAID') then m.price_minor else 0 end,
        case when m.to_provider_minor is not null then m.price_minor - m.to_provider_minor
          when m.state = 'CANCELLED' then m.price_minor else 0 end)`,
  },
  {
    name: 'work-is-paid-by-the-ledger',
    holds: 'A milestone is PAID exactly when the ledger has moved what was released for it.',
    sql: /* sql */ `
      select 'milestone ' || m.id || ' is ' || m.state || ': released ' || coalesce(r.amount_minor, 0) || ', in the ledger '
        || coalesce(t.amount_minor, 0) as message
      from engagement_milestone m
      join engagement e on e.id = m.engagement_id
      left join engagement_entry r on r.milestone_id = m.id and r.kind = 'RELEASED'
      left join ledger_transfer t on t.transaction_id = m.payment_id and t.kind = 'ENGAGEMENT'
      where (case when m.state = 'PAID' then r.amount_minor end) is distinct from t.amount_minor`,
  },
  {
    name: 'offers-are-answered-as-a-whole',
    holds:
      'An engagement has milestones, and they are all offered, all ended with the offer, or all accepted once.',
    sql: /* sql */ `
      select 'engagement ' || e.id || ': milestones ' || coalesce(m.states, 'none') || ', answered '
        || coalesce(e.answered_at::text, 'never') as message
      from engagement e
      left join (select engagement_id, string_agg(distinct state, ' ') as states,
          count(distinct case when state in ('OFFERED', 'DECLINED', 'WITHDRAWN', 'LAPSED') then state else 'TAKEN' end) as answers,
          bool_or(state = 'OFFERED') as offered
        from engagement_milestone group by 1) m on m.engagement_id = e.id
      where m.states is null or m.answers > 1 or m.offered <> (e.answered_at is null)`,
  },
];

const SAMPLES: readonly Invariant[] = [
  {
    name: 'samples-taken-are-promised',
    holds:
      'The places taken of a quota are the samples that were approved, without those that were never sent.',
    sql: /* sql */ `
      select 'sample rule ' || r.id || ': ' || r.taken || ' taken, ' || q.promised || ' promised' as message
      from sample_rule r
      cross join lateral (select count(*) as promised from sample_request
        where rule_id = r.id and approved_at is not null and state not in ('WITHDRAWN', 'NOT_SHIPPED')) q
      where r.taken <> q.promised`,
  },
  {
    name: 'orders-fulfil-samples-of-their-creator',
    holds:
      'An order that fulfilled a sample is of its creator and product, was placed after shipping, and was paid by then.',
    sql: /* sql */ `
      select 'sample request ' || s.id || ' is fulfilled by line ' || s.order_line_id as message
      from sample_request s
      left join order_line l on l.brand_id = s.brand_id and l.id = s.order_line_id
      where s.fulfilled_by = 'ORDER' and not ${isDetached('s.order_line_id')} and (
        (l.creator_id, l.product_id) is distinct from (s.creator_id, s.product_id)
        or (l.placed_at > s.shipped_at and l.paid_at <= s.fulfilled_at) is not true)`,
  },
];

/** Every invariant that one statement can check. */
export const INVARIANTS: readonly Invariant[] = [
  ...MONEY,
  ...ORDERS,
  ...PARTIES,
  ...ENGAGEMENTS,
  ...SAMPLES,
  ...LEDGER,
  ...SETTLEMENT,
  ...STATEMENTS,
  ...PAYOUTS,
  ...BOOSTS,
  ...OFFICIAL_EVENTS,
  ...SCREENING,
  ...SHARING,
  ...INSIGHT,
];
