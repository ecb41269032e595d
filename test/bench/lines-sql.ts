import { id, KIND, type Parties, plain, rateOf, type Statement, scoped } from './world-sql.ts';

/** Which lines there are: so many, placed one after the other from a moment on. */
export interface Lines {
  readonly lines: number;
  readonly from: Date;
  readonly secondsApart: number;
}

/**
 * Lines of these numbers, all that hangs on them, and their places among those that wait for settlement. A few creators
 * and products sell much and many sell little. The line's arithmetic is written here once more, by hand, on purpose.
 */
export const FILL_LINES = (
  parties: Parties,
  { from: placedFrom, secondsApart }: Lines,
  from: number,
  upTo: number,
  withEvents = true,
): Statement[] => [
  {
    text: scoped(DRAW),
    values: [
      from,
      upTo,
      parties.brands,
      parties.productsPerBrand,
      parties.creators,
      parties.agencies,
      placedFrom,
      secondsApart,
    ],
  },
  ...[...(withEvents ? [EVENT_KEYS, EVENTS] : []), ...ROWS, 'drop table bench_line'].map(plain),
];

/** Of a total of 100.00 to 1,000.00: what the creator and the recruiting agency are paid, and what they pass on. */
const DRAW = /* sql */ `
create temp table bench_line as
  with numbers as (
    select n, drawn(n, 1, $3) + 1 as b, drawn(n, 2, $4) as p, drawn(n, 3, $5) * (drawn(n, 4, $5) + 1) / $5 + 1 as c,
      10000 + drawn(n, 5, 90001) as base,
      date_trunc('milliseconds', $7::timestamptz + $8::float8 * n * interval '1 second') as placed_at
    from generate_series($1::bigint, $2::bigint) n),
  named as (
    select *, (b - 1) * $4 + p + 1 as product, c % 5 < 3 as has_mcn, line_id(placed_at, n) as line_id from numbers),
  paid as (
    select named.*, product % 2 = 0 as is_recruited,
      product % 10 = 0 as has_second, base * ${rateOf('product')} / 10000 as creator_gross,
      case when product % 2 = 0 then base * 300 / 10000 else 0 end as recruiter_gross,
      case when product % 10 = 0 then base * 100 / 10000 else 0 end as second_gross,
      k.id as alliance_id, y.id as policy_id, y.technical_fee_bp as fee_bp, y.holding_days
    from named, alliance k, alliance_policy y where y.version = 1),
  fees as (
    select *, creator_gross * fee_bp / 10000 as creator_fee, recruiter_gross * fee_bp / 10000 as recruiter_fee,
      second_gross * fee_bp / 10000 as second_fee from paid)
  select *, case when has_mcn then (creator_gross - creator_fee) * 2000 / 10000 else 0 end as mcn_gross,
    2 + has_mcn::int as r, bench_id(${KIND.brand}, b) as brand_id,
    bench_id(${KIND.creator}, c) as creator_id, bench_id(${KIND.source}, b) as source_id,
    bench_id(${KIND.agency}, c % $6 + 1) as mcn_id, bench_id(${KIND.agency}, product % $6 + 1) as recruiter_id,
    bench_id(${KIND.agency}, (product + 1) % $6 + 1) as second_id
  from fees order by brand_id, line_id`;

const EVENT_KEYS = /* sql */ `insert into order_event_key (source_id, event_id, content_hash)
    select source_id, n || '/' || kind, '\\x00' from bench_line
    cross join (values ('PLACED'), ('PAID'), ('SHIPPED'), ('RECEIVED')) e (kind)`;

const EVENTS = /* sql */ `insert into order_event (source_id, event_id, brand_id, order_no, line_no, kind, occurred_at,
      received_at, line_id, content, waiting)
    select source_id, n || '/' || e.kind, brand_id, 'B' || n, 1, e.kind, placed_at + e.after, placed_at + e.after, line_id,
      case when e.kind = 'PLACED' then jsonb_build_object('placed', jsonb_build_object('skuCode', 'sku-' || product,
        'quantity', 1, 'buyerRef', 'buyer', 'itemTotalMinor', base::text, 'brandDiscountMinor', '0',
        'platformDiscountMinor', '0', 'creatorDiscountMinor', '0', 'freightMinor', '0', 'taxMinor', '0')) end, false
    from bench_line cross join (values ('PLACED', interval '0'), ('PAID', interval '1 min'), ('SHIPPED', interval '1 day'),
      ('RECEIVED', interval '3 days')) e (kind, after)`;

const ROWS = [
  `insert into order_line_key (brand_id, source_id, order_no, line_no, line_id)
    select brand_id, source_id, 'B' || n, 1, line_id from bench_line`,
  `insert into order_line (brand_id, id, source_id, order_no, line_no, product_id, sku_id, creator_id, attribution, state,
      quantity, reserved, buyer_ref, currency, item_total_minor, brand_discount_minor, platform_discount_minor,
      creator_discount_minor, freight_minor, tax_minor, goods_paid_minor, base_minor, remaining_base_minor, steps, placed_at,
      paid_at, shipped_at, received_at)
    select brand_id, line_id, source_id, 'B' || n, 1, ${id('product', 'product')}, ${id('sku', 'product')}, creator_id, 'LINK',
      'RECEIVED', 1, 0, 'buyer', 'CNY', base, 0, 0, 0, 0, 0, base, base, base, 1, placed_at, placed_at + interval '1 min',
      placed_at + interval '1 day', placed_at + interval '3 days' from bench_line`,
  `insert into frozen_terms (brand_id, line_id, policy_id, platform_discount_in_base, creator_discount_in_base,
      technical_fee_bp, plan_terms_id, enrolment_terms_id, second_terms_id, contract_terms_id, holding_days, evidence,
      candidates, frozen_at)
    select brand_id, line_id, policy_id, true, false, fee_bp, case when not is_recruited then ${id('planTerms', 'product')} end,
      case when is_recruited then ${id('enrolmentTerms', 'product')} end,
      case when has_second then ${id('secondTerms', 'product')} end, case when has_mcn then ${id('contractTerms', 'c')} end,
      holding_days, '{"method": "LINK", "linkCode": "bench-link"}', '{"winner": null, "losers": []}', placed_at from bench_line`,
  `create temp table bench_node on commit drop as
    select brand_id, line_id, placed_at, v.* from bench_line cross join lateral (values
      (true, 0, null, creator_id, 'CREATOR', ${rateOf('product')}, 'BASE', creator_gross, creator_gross - creator_fee - mcn_gross),
      (true, 1, 0, alliance_id, 'TECHNICAL_FEE', fee_bp, 'REST', creator_fee, creator_fee),
      (has_mcn, 2, 0, mcn_id, 'MCN', 2000, 'REST', mcn_gross, mcn_gross),
      (is_recruited, r, null, recruiter_id, 'RECRUITER', 300, 'BASE', recruiter_gross,
        recruiter_gross - recruiter_fee - second_gross),
      (is_recruited, r + 1, r, alliance_id, 'TECHNICAL_FEE', fee_bp, 'REST', recruiter_fee, recruiter_fee),
      (has_second, r + 2, r, second_id, 'SECOND_RECRUITER', 100, 'BASE', second_gross, second_gross - second_fee),
      (has_second, r + 3, r + 2, alliance_id, 'TECHNICAL_FEE', fee_bp, 'REST', second_fee, second_fee))
      v (is_there, no, parent, payee_id, role, rate_bp, applies_to, gross, net) where v.is_there order by 1, 2, v.no`,
  `insert into waterfall_node (brand_id, line_id, node_no, parent_no, payee_id, role, rate_bp, applies_to, gross_minor,
      net_minor, placed_at)
    select brand_id, line_id, no, parent, payee_id, role, rate_bp, applies_to, gross, net, placed_at from bench_node`,
  `insert into commission_entry (brand_id, line_id, step_no, node_no, payee_id, net_minor)
    select brand_id, line_id, 1, no, payee_id, net from bench_node`,
  `drop table bench_node`,
  `insert into commission_step (brand_id, line_id, step_no, kind, event_id, occurred_at, refunded_minor, refunded_quantity,
      remaining_base_minor, posted_at)
    select brand_id, line_id, 1, 'ACCRUAL', n || '/PAID', placed_at + interval '1 min', 0, 0, base,
      placed_at + interval '1 min' from bench_line`,
  `insert into line_due (brand_id, line_id, due_at, reserve_bp, reserve_days)
    select brand_id, line_id, placed_at + interval '3 days' + make_interval(days => holding_days), 0, 0 from bench_line`,
];
