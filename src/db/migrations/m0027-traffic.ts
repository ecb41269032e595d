/**
 * Exposure of products: the rules as versions, what was shown by day, what each product was allotted and why, and the
 * recommended order of the pool; see docs/decisions/traffic.md.
 */
export const traffic = /* sql */ `
create table traffic_policy (
  id uuid primary key,
  version int not null unique,
  tier_exposures int[] not null
    check (cardinality(tier_exposures) between 1 and 10 and rises(array[0] || tier_exposures)),
  climb_bp int not null check (climb_bp between 10000 and 100000),
  fall_bp int not null check (fall_bp between 0 and 10000),
  gini_limit_bp int not null check (gini_limit_bp between 0 and 10000),
  non_head_share_bp int not null check (non_head_share_bp between 0 and 10000),
  head_sales int not null check (head_sales between 1 and 1000000000),
  valid_from timestamptz not null,
  valid_to timestamptz,
  check (valid_to >= valid_from),
  constraint traffic_policies_follow_each_other exclude using gist (tstzrange(valid_from, valid_to) with &&)
);
insert into traffic_policy values (gen_random_uuid(), 1, '{300,1000,3000,10000,30000}', 12000, 8000, 5500, 7000, 100000,
  '2000-01-01T00:00:00Z', null);

-- What was shown of a product on a day of the alliance, as it was reported.
create table exposure_day (
  brand_id uuid not null,
  product_id uuid not null,
  day date not null,
  shown bigint not null check (shown > 0),
  primary key (brand_id, product_id, day)
);
create index exposure_day_by_day on exposure_day (day, product_id);

-- All that was ever shown of it.
create table exposure_total (
  brand_id uuid not null,
  product_id uuid not null,
  shown bigint not null check (shown > 0),
  primary key (brand_id, product_id)
);

-- A day whose exposures were allotted, with what the allotment came to. Once a day, whoever does it first.
create table exposure_allotment (
  day date primary key,
  policy_id uuid not null references traffic_policy,
  products int not null check (products >= 0),
  capacity bigint not null check (capacity >= 0),
  allotted bigint not null check (allotted between 0 and capacity),
  gini_bp int not null check (gini_bp between 0 and 10000),
  non_head_share_bp int not null check (non_head_share_bp between 0 and 10000),
  allotted_at timestamptz not null
);

-- Where a product stands since its last allotment.
create table product_exposure (
  product_id uuid primary key references product,
  brand_id uuid not null references brand,
  tier int not null check (tier between 0 and 9),
  reason text not null check (reason in ('BASE', 'CLIMBED', 'KEPT', 'FELL')),
  head boolean not null,
  -- All that it was shown; of late; and what it sold of late.
  shown bigint not null check (shown >= 0),
  recent_shown bigint not null check (recent_shown between 0 and shown),
  recent_conversions bigint not null check (recent_conversions >= 0),
  -- Per million exposures: what it is estimated to convert, and what all products together do.
  rate bigint not null check (rate >= 0),
  common_rate bigint not null check (common_rate >= 0),
  allotted bigint not null check (allotted >= 0),
  day date not null references exposure_allotment
);

-- The recommended order: whoever is owed most of its exposure, Trust Buy first among equals, then by sales and commission.
alter table pool_entry
  drop column score,
  add column exposure_owed bigint not null default 300 check (exposure_owed >= 0);
alter table pool_entry
  add column score bigint not null generated always as (
    (least(exposure_owed, 40000000) * 2 + trust_buy::int) * 100000000000 + least(sales, 9999999) * 10000 + commission_bp
  ) stored;
create index pool_by_score on pool_entry (score desc, product_id desc);
`;
