/**
 * What was promoted, ordered and divided. Order lines and all that hangs on them are fact tables:
 * brand_id leads every key, so that they can be distributed by brand.
 */
export const orders = /* sql */ `
create table showcase_item (
  id uuid primary key,
  creator_id uuid not null references creator,
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  enrolment_id uuid references enrolment,
  picked_at timestamptz not null,
  removed_at timestamptz
);
create unique index one_place_per_product_in_a_showcase
  on showcase_item (creator_id, product_id) where removed_at is null;
create index showcase_of_creator on showcase_item (creator_id, id desc) where removed_at is null;

create table promotion_link (
  id uuid primary key,
  code text not null unique check (length(code) between 4 and 64),
  creator_id uuid not null references creator,
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  enrolment_id uuid references enrolment,
  created_at timestamptz not null
);
create index promotion_link_of_creator on promotion_link (creator_id, id desc);

create table live_session (
  id uuid primary key,
  creator_id uuid not null references creator,
  title text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  check (ended_at >= started_at)
);
create index live_session_of_creator on live_session (creator_id, id desc);

create table click (
  brand_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  link_id uuid not null,
  creator_id uuid not null,
  buyer_ref text not null,
  clicked_at timestamptz not null,
  primary key (brand_id, id)
);
create index click_of_buyer on click (brand_id, product_id, buyer_ref, clicked_at desc);

create table order_source (
  id uuid primary key,
  reporter_id uuid not null references party,
  name text not null,
  unique (reporter_id, name)
);

create table order_event (
  source_id uuid not null,
  event_id text not null,
  brand_id uuid not null,
  order_no text not null,
  line_no int not null,
  kind text not null check (kind in ('PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED', 'REFUNDED')),
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  content_hash bytea not null,
  content jsonb,
  waiting boolean not null,
  primary key (source_id, event_id)
);
create index order_event_of_line on order_event (source_id, order_no, line_no);
create index order_event_waiting on order_event (brand_id, received_at, event_id) where waiting;

create table order_line (
  brand_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  order_no text not null,
  line_no int not null,
  product_id uuid not null,
  sku_id uuid not null,
  creator_id uuid,
  attribution text not null check (attribution in ('LINK', 'CLICK', 'LIVE_SESSION', 'NONE')),
  unattributed_reason text,
  state text not null check (state in ('PLACED', 'PAID', 'SHIPPED', 'RECEIVED', 'CANCELLED')),
  quantity int not null check (quantity > 0),
  reserved int not null check (reserved between 0 and quantity),
  buyer_ref text not null,
  currency text not null,
  item_total_minor bigint not null check (item_total_minor >= 0),
  brand_discount_minor bigint not null check (brand_discount_minor >= 0),
  platform_discount_minor bigint not null check (platform_discount_minor >= 0),
  creator_discount_minor bigint not null check (creator_discount_minor >= 0),
  freight_minor bigint not null check (freight_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  goods_paid_minor bigint not null check (goods_paid_minor >= 0),
  base_minor bigint not null check (base_minor >= 0),
  remaining_base_minor bigint not null check (remaining_base_minor between 0 and base_minor),
  refund_reported_minor bigint not null default 0,
  refund_reported_quantity bigint not null default 0,
  refunded_minor bigint not null default 0 check (refunded_minor between 0 and goods_paid_minor),
  steps int not null default 0,
  placed_at timestamptz not null,
  paid_at timestamptz,
  shipped_at timestamptz,
  received_at timestamptz,
  cancelled_at timestamptz,
  primary key (brand_id, id),
  unique (brand_id, source_id, order_no, line_no),
  check ((attribution = 'NONE') = (creator_id is null)),
  check ((attribution = 'NONE') = (unattributed_reason is not null))
);
create index order_line_of_brand on order_line (brand_id, placed_at desc, id desc);
create index order_line_of_creator on order_line (creator_id, placed_at desc, id desc) where creator_id is not null;
create index order_line_inbox on order_line (brand_id, placed_at desc, id desc) where attribution = 'NONE';

create table frozen_terms (
  brand_id uuid not null,
  line_id uuid not null,
  policy_id uuid not null,
  platform_discount_in_base boolean not null,
  creator_discount_in_base boolean not null,
  technical_fee_bp int not null,
  plan_terms_id uuid,
  enrolment_terms_id uuid,
  contract_terms_id uuid,
  evidence jsonb not null,
  candidates jsonb not null,
  frozen_at timestamptz not null,
  primary key (brand_id, line_id)
);

create table waterfall_node (
  brand_id uuid not null,
  line_id uuid not null,
  node_no smallint not null,
  parent_no smallint,
  payee_id uuid not null,
  role text not null check (role in
    ('CREATOR', 'MCN', 'RECRUITER', 'SECOND_RECRUITER', 'TECHNICAL_FEE')),
  rate_bp int not null check (rate_bp between 0 and 10000),
  applies_to text not null check (applies_to in ('BASE', 'REST')),
  gross_minor bigint not null check (gross_minor >= 0),
  net_minor bigint not null check (net_minor between 0 and gross_minor),
  placed_at timestamptz not null,
  primary key (brand_id, line_id, node_no),
  check (parent_no < node_no)
);
create index waterfall_node_of_payee on waterfall_node (payee_id, placed_at desc, line_id desc);

create table commission_step (
  brand_id uuid not null,
  line_id uuid not null,
  step_no int not null,
  kind text not null check (kind in ('ACCRUAL', 'REFUND', 'CANCELLATION')),
  event_id text not null,
  occurred_at timestamptz not null,
  refunded_minor bigint not null,
  refunded_quantity bigint not null,
  remaining_base_minor bigint not null,
  posted_at timestamptz not null,
  primary key (brand_id, line_id, step_no)
);

create table commission_entry (
  brand_id uuid not null,
  line_id uuid not null,
  step_no int not null,
  node_no smallint not null,
  payee_id uuid not null,
  net_minor bigint not null,
  primary key (brand_id, line_id, step_no, node_no)
);
`;
