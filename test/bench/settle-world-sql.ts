/** A statement with its parameters. */
interface Statement {
  readonly text: string;
  readonly values: number[];
}

interface Parties {
  readonly brands: number;
  readonly creators: number;
  readonly agencies: number;
  readonly productsPerBrand: number;
}

/** What the ids of each kind of row are told apart by. */
const KIND = {
  brand: 1,
  creator: 2,
  agency: 3,
  product: 4,
  sku: 5,
  plan: 6,
  planTerms: 7,
  contract: 8,
  contractTerms: 9,
  campaign: 10,
  enrolment: 11,
  enrolmentTerms: 12,
  second: 13,
  secondTerms: 14,
  source: 15,
  line: 16,
  category: 17,
} as const;

/** SQL for the id of the row of a kind with this number. */
const id = (kind: keyof typeof KIND, number: string): string => `bench_id(${KIND[kind]}, ${number})`;

/** Ids that rise with their number, as those of the alliance rise with time; and numbers drawn from a number. */
export const HELPERS = /* sql */ `
create function pg_temp.bench_id(kind int, n bigint) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex(1767225600000 + n), 12, '0') || '7000' || '8000' || lpad(to_hex(kind), 12, '0'))::uuid
$$;
create function pg_temp.drawn(n bigint, die int, sides bigint) returns bigint language sql immutable parallel safe as $$
  select (hashint8extended(n, die) & 9007199254740991) % sides
$$;
`;

const EARLY = `timestamptz '2026-01-01'`;

/**
 * Parties and offers. Of five creators three have an agency at 20 %; every second product is enrolled at 20 % and 3 %
 * for the recruiting agency, every tenth with 1 % for a second one; the others have an open plan at 20 %.
 */
export const FILL_PARTIES = ({ brands, creators, agencies, productsPerBrand }: Parties): Statement[] =>
  [
    party('BRAND', 'brand', brands),
    `insert into brand (id, kind, currency, city, about)
      select ${id('brand', 'n')}, 'BRAND', 'CNY', '杭州', '' from generate_series(1, ${brands}) n`,
    party('CREATOR', 'creator', creators),
    `insert into creator (id, tier, city, about, followers)
      select ${id('creator', 'n')}, 'ORDINARY', '杭州', '', 1000 from generate_series(1, ${creators}) n`,
    party('AGENCY', 'agency', agencies),
    `insert into agency (id, services, city, about)
      select ${id('agency', 'n')}, array['RECRUITING', 'CREATOR_MANAGEMENT'], '杭州', '' from generate_series(1, ${agencies}) n`,
    `insert into category (id, parent_id, level, path, slug, name_zh, name_en)
      select ${id('category', '1')}, null, 1, array[${id('category', '1')}], 'bench', '测', 'Bench'`,
    `insert into product (id, brand_id, category_id, title, description, state, source, created_at, listed_at)
      select ${id('product', 'n')}, ${id('brand', `(n - 1) / ${productsPerBrand} + 1`)}, ${id('category', '1')},
        'Product ' || n, '', 'LISTED', 'OWN_SHOP', ${EARLY}, ${EARLY} from generate_series(1, ${brands * productsPerBrand}) n`,
    `insert into sku (id, product_id, brand_id, code, option_name, price_minor, currency, stock)
      select ${id('sku', 'n')}, ${id('product', 'n')}, ${id('brand', `(n - 1) / ${productsPerBrand} + 1`)},
        'sku-' || n, '一件', 10000, 'CNY', 1000000 from generate_series(1, ${brands * productsPerBrand}) n`,
    ...offers(brands * productsPerBrand, productsPerBrand, agencies),
    `insert into creator_contract (id, agency_id, creator_id, created_at)
      select ${id('contract', 'n')}, ${id('agency', `n % ${agencies} + 1`)}, ${id('creator', 'n')}, ${EARLY}
      from generate_series(1, ${creators}) n where n % 5 < 3`,
    `insert into contract_terms (id, contract_id, agency_id, creator_id, share_bp, visibility, valid_from)
      select ${id('contractTerms', 'n')}, ${id('contract', 'n')}, ${id('agency', `n % ${agencies} + 1`)}, ${id('creator', 'n')},
        2000, '{}', ${EARLY} from generate_series(1, ${creators}) n where n % 5 < 3`,
    `insert into order_source (id, reporter_id, name)
      select ${id('source', 'n')}, ${id('brand', 'n')}, 'shop' from generate_series(1, ${brands}) n`,
  ].map((text) => ({ text: scoped(text), values: [] }));

/** The functions are the session's own. */
const scoped = (text: string): string => text.replaceAll(/\b(bench_id|drawn)\(/g, 'pg_temp.$1(');

const party = (kind: string, name: keyof typeof KIND, count: number): string =>
  `insert into party (id, kind, name, created_at)
    select ${id(name, 'n')}, '${kind}', '${kind} ' || n, ${EARLY} from generate_series(1, ${count}) n`;

function offers(products: number, productsPerBrand: number, agencies: number): string[] {
  const brand = id('brand', `(n - 1) / ${productsPerBrand} + 1`);
  const first = `n % ${agencies} + 1`;
  const second = `(n + 1) % ${agencies} + 1`;
  return [
    `insert into plan (id, brand_id, product_id, kind, title, opens_at, created_at)
      select ${id('plan', 'n')}, ${brand}, ${id('product', 'n')}, 'OPEN', 'Plan', ${EARLY}, ${EARLY}
      from generate_series(1, ${products}) n`,
    `insert into plan_terms (id, plan_id, version, commission_bp, valid_from)
      select ${id('planTerms', 'n')}, ${id('plan', 'n')}, 1, 2000, ${EARLY} from generate_series(1, ${products}) n`,
    `insert into recruiting_campaign (id, agency_id, title, about, access, min_service_fee_bp, opens_at, created_at,
        second_level_open)
      select ${id('campaign', 'n')}, ${id('agency', 'n')}, 'Call', '', 'ALL', 0, ${EARLY}, ${EARLY}, true
      from generate_series(1, ${agencies}) n`,
    `insert into enrolment (id, campaign_id, agency_id, brand_id, product_id, state, created_at)
      select ${id('enrolment', 'n')}, ${id('campaign', first)}, ${id('agency', first)}, ${brand}, ${id('product', 'n')},
        'APPROVED', ${EARLY} from generate_series(2, ${products}, 2) n`,
    `insert into enrolment_terms (id, enrolment_id, version, commission_bp, service_fee_bp, valid_from)
      select ${id('enrolmentTerms', 'n')}, ${id('enrolment', 'n')}, 1, 2000, 300, ${EARLY} from generate_series(2, ${products}, 2) n`,
    `insert into enrolment (id, campaign_id, agency_id, brand_id, product_id, parent_id, state, created_at)
      select ${id('second', 'n')}, ${id('campaign', second)}, ${id('agency', second)}, ${brand}, ${id('product', 'n')},
        ${id('enrolment', 'n')}, 'APPROVED', ${EARLY} from generate_series(10, ${products}, 10) n`,
    `insert into enrolment_terms (id, enrolment_id, version, service_fee_bp, valid_from)
      select ${id('secondTerms', 'n')}, ${id('second', 'n')}, 1, 100, ${EARLY} from generate_series(10, ${products}, 10) n`,
  ];
}

/**
 * Lines of these numbers, all that hangs on them, and their places among those that wait for settlement. A few creators
 * and products sell much and many sell little. The line's arithmetic is written here once more, by hand, on purpose.
 */
export const FILL_LINES = (parties: Parties, from: number, upTo: number): Statement[] => [
  {
    text: scoped(DRAW),
    values: [from, upTo, parties.brands, parties.productsPerBrand, parties.creators, parties.agencies],
  },
  ...[...ROWS, 'drop table bench_line'].map((text) => ({ text: scoped(text), values: [] })),
];

/** Of a total of 100.00 to 1,000.00: what the creator and the recruiting agency are paid, and what they pass on. */
const DRAW = /* sql */ `
create temp table bench_line as
  with numbers as (
    select n, drawn(n, 1, $3) + 1 as b, drawn(n, 2, $4) as p, drawn(n, 3, $5) * (drawn(n, 4, $5) + 1) / $5 + 1 as c,
      10000 + drawn(n, 5, 90001) as base, ${EARLY} + make_interval(secs => n % 15000000) as placed_at
    from generate_series($1::bigint, $2::bigint) n),
  named as (
    select *, (b - 1) * $4 + p + 1 as product, c % 5 < 3 as has_mcn from numbers),
  paid as (
    select named.*, product % 2 = 0 as is_recruited, product % 10 = 0 as has_second, base * 2000 / 10000 as creator_gross,
      case when product % 2 = 0 then base * 300 / 10000 else 0 end as recruiter_gross,
      case when product % 10 = 0 then base * 100 / 10000 else 0 end as second_gross,
      k.id as alliance_id, y.id as policy_id, y.technical_fee_bp as fee_bp, y.holding_days
    from named, alliance k, alliance_policy y where y.version = 1),
  fees as (
    select *, creator_gross * fee_bp / 10000 as creator_fee, recruiter_gross * fee_bp / 10000 as recruiter_fee,
      second_gross * fee_bp / 10000 as second_fee from paid)
  select *, case when has_mcn then (creator_gross - creator_fee) * 2000 / 10000 else 0 end as mcn_gross,
    2 + has_mcn::int as r, bench_id(${KIND.brand}, b) as brand_id, bench_id(${KIND.line}, n) as line_id,
    bench_id(${KIND.creator}, c) as creator_id, bench_id(${KIND.source}, b) as source_id,
    bench_id(${KIND.agency}, c % $6 + 1) as mcn_id, bench_id(${KIND.agency}, product % $6 + 1) as recruiter_id,
    bench_id(${KIND.agency}, (product + 1) % $6 + 1) as second_id
  from fees order by brand_id, line_id`;

const ROWS = [
  `insert into order_event (source_id, event_id, brand_id, order_no, line_no, kind, occurred_at, received_at, content_hash,
      content, waiting)
    select source_id, n || '/' || e.kind, brand_id, 'B' || n, 1, e.kind, placed_at + e.after, placed_at + e.after, '\\x00',
      case when e.kind = 'PLACED' then jsonb_build_object('placed', jsonb_build_object('skuCode', 'sku-' || product,
        'quantity', 1, 'buyerRef', 'buyer', 'itemTotalMinor', base::text, 'brandDiscountMinor', '0',
        'platformDiscountMinor', '0', 'creatorDiscountMinor', '0', 'freightMinor', '0', 'taxMinor', '0')) end, false
    from bench_line cross join (values ('PLACED', interval '0'), ('PAID', interval '1 min'), ('SHIPPED', interval '1 day'),
      ('RECEIVED', interval '3 days')) e (kind, after)`,
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
      (true, 0, null, creator_id, 'CREATOR', 2000, 'BASE', creator_gross, creator_gross - creator_fee - mcn_gross),
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
