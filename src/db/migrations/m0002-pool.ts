/** What can be promoted, and for what: categories, products, plans, recruiting campaigns, the pool. */
export const pool = /* sql */ `
create table category (
  id uuid primary key,
  parent_id uuid references category,
  level int not null check (level between 1 and 3),
  path uuid[] not null,
  slug text not null unique,
  name_zh text not null,
  name_en text not null,
  holding_days int check (holding_days between 0 and 365),
  check ((level = 1) = (parent_id is null)),
  check (cardinality(path) = level)
);
create index category_children on category (parent_id, id);

create table product (
  id uuid primary key,
  brand_id uuid not null references brand,
  category_id uuid not null references category,
  title text not null check (length(title) between 1 and 200),
  description text not null check (length(description) <= 10000),
  state text not null check (state in ('DRAFT', 'IN_REVIEW', 'LISTED', 'SUSPENDED', 'DELISTED')),
  review_note text,
  held_by_operator boolean not null default false,
  source text not null check (source in
    ('OWN_SHOP', 'TAOBAO', 'TMALL', 'JD', 'PINDUODUO', 'YOUZAN', 'MOKUAI')),
  source_url text,
  restricted boolean not null default false,
  created_at timestamptz not null,
  listed_at timestamptz,
  check ((source = 'OWN_SHOP') = (source_url is null)),
  check (state not in ('LISTED', 'SUSPENDED') or listed_at is not null)
);
create index product_of_brand on product (brand_id, id);
create index product_in_review on product (id) where state = 'IN_REVIEW';

create table sku (
  id uuid primary key,
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  code text not null check (length(code) between 1 and 64),
  option_name text not null,
  price_minor bigint not null check (price_minor > 0),
  currency text not null,
  stock bigint not null check (stock >= 0),
  unique (brand_id, code)
);
create index sku_of_product on sku (product_id, id);

create table plan (
  id uuid primary key,
  brand_id uuid not null references brand,
  product_id uuid references product,
  kind text not null check (kind in ('OPEN', 'TARGETED', 'SHOP_TARGETED', 'EXCLUSIVE')),
  title text not null,
  opens_at timestamptz not null,
  closes_at timestamptz,
  created_at timestamptz not null,
  check ((kind = 'SHOP_TARGETED') = (product_id is null)),
  check (closes_at >= opens_at),
  constraint one_open_plan_per_product
    exclude using gist (product_id with =, tstzrange(opens_at, closes_at) with &&) where (kind = 'OPEN'),
  constraint open_and_exclusive_exclude_each_other
    exclude using gist (product_id with =, kind with <>, tstzrange(opens_at, closes_at) with &&)
    where (kind in ('OPEN', 'EXCLUSIVE'))
);
create index plan_of_product on plan (product_id, id);
create index plan_of_brand on plan (brand_id, id);

create table plan_creator (
  plan_id uuid not null references plan,
  creator_id uuid not null references creator,
  brand_id uuid not null,
  product_id uuid,
  kind text not null check (kind in ('TARGETED', 'SHOP_TARGETED', 'EXCLUSIVE')),
  opens_at timestamptz not null,
  closes_at timestamptz,
  primary key (plan_id, creator_id),
  constraint one_named_plan_per_creator_and_product exclude using gist
    (product_id with =, creator_id with =, kind with =, tstzrange(opens_at, closes_at) with &&)
    where (product_id is not null),
  constraint one_shop_plan_per_creator exclude using gist
    (brand_id with =, creator_id with =, tstzrange(opens_at, closes_at) with &&)
    where (kind = 'SHOP_TARGETED')
);
create index plan_creator_of_creator on plan_creator (creator_id, plan_id);

create table plan_terms (
  id uuid primary key,
  plan_id uuid not null references plan,
  version int not null,
  commission_bp int not null check (commission_bp between 1 and 9000),
  valid_from timestamptz not null,
  valid_to timestamptz,
  unique (plan_id, version),
  check (valid_to >= valid_from),
  constraint plan_terms_follow_each_other
    exclude using gist (plan_id with =, tstzrange(valid_from, valid_to) with &&)
);

create table recruiting_campaign (
  id uuid primary key,
  agency_id uuid not null references agency,
  title text not null,
  about text not null,
  access text not null check (access in ('ALL', 'NAMED_SHOPS', 'NAMED_CREATORS')),
  min_service_fee_bp int not null check (min_service_fee_bp between 0 and 4000),
  opens_at timestamptz not null,
  closes_at timestamptz,
  created_at timestamptz not null
);
create index recruiting_campaign_of_agency on recruiting_campaign (agency_id, id);

create table campaign_category (
  campaign_id uuid not null references recruiting_campaign,
  category_id uuid not null references category,
  min_commission_bp int not null check (min_commission_bp between 1 and 9000),
  primary key (campaign_id, category_id)
);

create table campaign_party (
  campaign_id uuid not null references recruiting_campaign,
  party_id uuid not null references party,
  primary key (campaign_id, party_id)
);

create table enrolment (
  id uuid primary key,
  campaign_id uuid not null references recruiting_campaign,
  agency_id uuid not null references agency,
  brand_id uuid not null references brand,
  product_id uuid not null references product,
  parent_id uuid references enrolment,
  state text not null check (state in ('PENDING', 'APPROVED', 'REJECTED', 'ENDED')),
  note text,
  created_at timestamptz not null
);
create unique index one_live_enrolment_per_product
  on enrolment (campaign_id, product_id) where state in ('PENDING', 'APPROVED');
create index enrolment_of_product on enrolment (product_id, id);
create index enrolment_of_brand on enrolment (brand_id, id);

create table enrolment_terms (
  id uuid primary key,
  enrolment_id uuid not null references enrolment,
  version int not null,
  commission_bp int not null check (commission_bp between 1 and 9000),
  service_fee_bp int not null check (service_fee_bp between 0 and 4000),
  valid_from timestamptz not null,
  valid_to timestamptz,
  check (commission_bp + service_fee_bp <= 9000),
  check (valid_to >= valid_from),
  unique (enrolment_id, version),
  constraint enrolment_terms_follow_each_other
    exclude using gist (enrolment_id with =, tstzrange(valid_from, valid_to) with &&)
);

create table pool_entry (
  product_id uuid primary key references product,
  brand_id uuid not null references brand,
  category_path uuid[] not null,
  belt_id uuid,
  source text not null,
  tokens tsvector not null,
  price_minor bigint not null,
  currency text not null,
  commission_bp int not null,
  commission_minor bigint not null,
  sales bigint not null default 0,
  score bigint not null default 0,
  listed_at timestamptz not null,
  fresh_until timestamptz
);
create index pool_by_score on pool_entry (score desc, product_id desc);
create index pool_by_commission_bp on pool_entry (commission_bp desc, product_id desc);
create index pool_by_commission_minor on pool_entry (commission_minor desc, product_id desc);
create index pool_by_sales on pool_entry (sales desc, product_id desc);
create index pool_by_listed_at on pool_entry (listed_at desc, product_id desc);
create index pool_by_price on pool_entry (price_minor, product_id);
create index pool_of_brand on pool_entry (brand_id);
create index pool_of_category on pool_entry using gin (category_path);
create index pool_tokens on pool_entry using gin (tokens);
create index pool_stale on pool_entry (fresh_until) where fresh_until is not null;

create table search_word (word text primary key, uses bigint not null default 1);
create index search_word_trigrams on search_word using gin (word gin_trgm_ops);
`;
