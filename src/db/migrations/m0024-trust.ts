/**
 * Trust Buy, the protections of products, claims, Trust Cards and scores. Versions and memberships hold over half-open
 * intervals, so that what a line was placed under is read off its moment; see docs/decisions/trust.md.
 */
export const trust = /* sql */ `
create table trust_policy (
  id uuid primary key,
  version int not null unique,
  score_window_days int not null check (score_window_days between 1 and 365),
  admission_score int not null check (admission_score between 0 and 100),
  admission_lines int not null check (admission_lines between 0 and 1000000),
  expulsion_score int not null check (expulsion_score between 0 and admission_score),
  readmission_days int not null check (readmission_days between 0 and 365),
  refund_days int not null check (refund_days between 1 and 365),
  freight_days int not null check (freight_days between 1 and 365),
  fake_days int not null check (fake_days between 1 and 365),
  authenticity_days int not null check (authenticity_days between 1 and 365),
  freight_cap_minor bigint not null check (freight_cap_minor between 1 and 1000000000000000),
  card_orders int not null check (card_orders between 1 and 1000000),
  card_dismissed int not null check (card_dismissed between 0 and 1000000),
  card_extra_days int not null check (card_extra_days between 0 and 365),
  authenticated_category_ids uuid[] not null,
  warranty_category_ids uuid[] not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  check (valid_to >= valid_from),
  constraint trust_policies_follow_each_other exclude using gist (tstzrange(valid_from, valid_to) with &&)
);
-- From before the first moment that an order may have been placed at, so that every line has a version.
insert into trust_policy values (gen_random_uuid(), 1, 90, 80, 20, 60, 30, 7, 30, 90, 90, 2500, 10, 1, 7, '{}', '{}',
  '2000-01-01T00:00:00Z', null);

create table trust_membership (
  id uuid primary key,
  brand_id uuid not null references brand,
  state text not null check (state in ('APPLIED', 'MEMBER', 'LEFT', 'EXPELLED')),
  applied_at timestamptz not null,
  member_from timestamptz check (member_from >= applied_at),
  -- A member is one over [member_from, ended_at).
  ended_at timestamptz check (ended_at >= coalesce(member_from, applied_at)),
  reason text check (length(reason) between 1 and 500),
  check ((state in ('APPLIED', 'MEMBER')) = (ended_at is null)),
  check (state <> 'APPLIED' or member_from is null),
  check (state not in ('MEMBER', 'EXPELLED') or member_from is not null),
  check ((state = 'EXPELLED') = (reason is not null)),
  constraint memberships_follow_each_other
    exclude using gist (brand_id with =, tstzrange(member_from, ended_at) with &&) where (member_from is not null)
);
create unique index one_membership_runs_per_brand on trust_membership (brand_id) where state in ('APPLIED', 'MEMBER');
create index trust_membership_of_brand on trust_membership (brand_id, id desc);

create table product_protection (
  id uuid primary key,
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  version int not null,
  kinds text[] not null check (kinds <@ array['REFUND_WITHOUT_RETURN', 'RETURN_FREIGHT', 'TENFOLD_IF_FAKE',
    'AUTHENTICATED', 'WARRANTY_180_DAYS']),
  valid_from timestamptz not null,
  valid_to timestamptz,
  check (valid_to >= valid_from),
  unique (product_id, version),
  constraint protections_follow_each_other
    exclude using gist (product_id with =, tstzrange(valid_from, valid_to) with &&)
);
create unique index one_protection_in_force on product_protection (product_id) where valid_to is null;

-- What covers a product now: what it carries, while its brand is in Trust Buy.
create view product_cover as
  select p.id as product_id, p.brand_id, m.id is not null as trust_buy,
    case when m.id is null then '{}' else coalesce(v.kinds, '{}') end as kinds
  from product p
  left join trust_membership m on m.brand_id = p.brand_id and m.state = 'MEMBER'
  left join product_protection v on v.product_id = p.id and v.valid_to is null;

alter table pool_entry
  -- Brands in Trust Buy are recommended first among equals.
  add column trust_buy boolean not null default false,
  add column protections text[] not null default '{}';
create index pool_of_protections on pool_entry using gin (protections);

-- A case that a claim has opened is closed by the decision on the claim, and by nothing else.
alter table after_sales_case add column claim_id uuid;

create table trust_claim (
  brand_id uuid not null,
  id uuid not null,
  line_id uuid not null,
  product_id uuid not null,
  creator_id uuid,
  kind text not null check (kind in ('REFUND_WITHOUT_RETURN', 'RETURN_FREIGHT', 'TENFOLD_IF_FAKE', 'AUTHENTICATED',
    'WARRANTY_180_DAYS')),
  state text not null check (state in ('OPEN', 'UPHELD', 'DISMISSED')),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  statement text not null check (length(statement) between 1 and 2000),
  evidence_urls text[] not null check (cardinality(evidence_urls) <= 10),
  case_id uuid not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  decided_at timestamptz check (decided_at >= opened_at),
  decided_by text check (decided_by in ('OPERATOR', 'BRAND')),
  note text check (length(note) between 1 and 2000),
  payer text check (payer in ('BRAND', 'ALLIANCE')),
  -- Of what was upheld: the part that went back for goods, and what was paid beside it.
  goods_minor bigint check (goods_minor >= 0),
  compensation_minor bigint check (compensation_minor >= 0),
  refund_event_id text,
  primary key (brand_id, id),
  check ((state = 'OPEN') = (decided_at is null)),
  check ((state = 'OPEN') = (decided_by is null)),
  check (state <> 'DISMISSED' or (decided_by = 'OPERATOR' and note is not null)),
  check ((state = 'UPHELD') = (payer is not null)),
  check ((state = 'UPHELD') = (goods_minor is not null)),
  check ((state = 'UPHELD') = (compensation_minor is not null)),
  check (goods_minor + compensation_minor between 1 and amount_minor),
  check ((coalesce(goods_minor, 0) > 0) = (refund_event_id is not null)),
  check (decided_by <> 'BRAND' or payer = 'BRAND')
);
create unique index one_open_claim_of_a_kind_per_line on trust_claim (brand_id, line_id, kind) where state = 'OPEN';
create index trust_claim_of_brand on trust_claim (brand_id, id desc);
create index trust_claim_of_line on trust_claim (brand_id, line_id, id desc);
create index trust_claim_of_creator on trust_claim (creator_id, id desc) where creator_id is not null;
create index trust_claim_open on trust_claim (id) where state = 'OPEN';
create index trust_claim_decided on trust_claim (decided_at) where state <> 'OPEN';

-- Buyers as whoever reports their orders knows them: two shops may both have a buyer 1001.
create table trust_buyer (
  reporter_id uuid not null references party,
  buyer_ref text not null,
  completed int not null check (completed >= 0),
  dismissed int not null check (dismissed >= 0),
  counted_at timestamptz not null,
  primary key (reporter_id, buyer_ref)
);
create table trust_card (
  reporter_id uuid not null references party,
  buyer_ref text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (reporter_id, buyer_ref, valid_from),
  check (valid_to >= valid_from)
);
create unique index one_card_per_buyer on trust_card (reporter_id, buyer_ref) where valid_to is null;

-- The shop score of a brand, the trust score of a creator, with the figures that they were worked out from.
create table trust_score (
  party_id uuid primary key references party,
  window_days int not null,
  placed int not null check (placed >= 0),
  received int not null check (received between 0 and placed),
  upheld int not null check (upheld >= 0),
  returned int not null check (returned between 0 and received),
  cancelled int not null check (cancelled between 0 and placed),
  score int not null check (score between 0 and 100),
  counted_at timestamptz not null
);
`;
