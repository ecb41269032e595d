/** Samples: the rule of a product, the requests of creators under it, and where each is to be sent. */
export const samples = /* sql */ `
create table sample_rule (
  id uuid primary key,
  brand_id uuid not null references brand,
  product_id uuid not null references product,
  approval text not null check (approval in ('AUTOMATIC', 'MANUAL')),
  short_falls text not null check (short_falls in ('REVIEWED', 'REFUSED')),
  min_followers bigint not null check (min_followers >= 0),
  min_gmv_minor bigint not null check (min_gmv_minor >= 0),
  min_orders int not null check (min_orders >= 0),
  price_cap_minor bigint check (price_cap_minor > 0),
  currency text not null,
  quota int not null check (quota > 0),
  taken int not null default 0 check (taken >= 0),
  per_creator int not null check (per_creator between 1 and 100),
  ship_days int not null check (ship_days between 1 and 30),
  content_days int not null check (content_days between 1 and 90),
  content_wanted text not null check (content_wanted in ('VIDEO', 'LIVE', 'ANY')),
  created_at timestamptz not null,
  closed_at timestamptz,
  check (closed_at >= created_at),
  constraint no_more_samples_than_the_quota check (taken <= quota)
);
create unique index one_live_sample_rule_per_product on sample_rule (product_id) where closed_at is null;

create table sample_request (
  id uuid primary key,
  rule_id uuid not null references sample_rule,
  brand_id uuid not null references brand,
  product_id uuid not null references product,
  sku_id uuid not null references sku,
  creator_id uuid not null references creator,
  state text not null check (state in
    ('PENDING', 'APPROVED', 'SHIPPED', 'CONTENT_DUE', 'FULFILLED', 'REJECTED', 'WITHDRAWN', 'OVERDUE', 'NOT_SHIPPED')),
  message text not null check (length(message) <= 500),
  place int not null check (place > 0),
  per_creator int not null,
  ship_days int not null,
  content_days int not null,
  content_wanted text not null check (content_wanted in ('VIDEO', 'LIVE', 'ANY')),
  followers bigint not null,
  gmv_minor bigint not null,
  currency text not null,
  completed_orders int not null,
  overdue_samples int not null,
  short_of text[] not null check (short_of <@ array['FOLLOWERS', 'GMV', 'COMPLETED_ORDERS']),
  asked_at timestamptz not null,
  answer_due_at timestamptz not null,
  approved_at timestamptz,
  automatic boolean not null default false,
  ship_due_at timestamptz,
  shipped_at timestamptz,
  carrier text,
  tracking_number text,
  arrival_due_at timestamptz,
  arrived_at timestamptz,
  content_due_at timestamptz,
  overdue_at timestamptz,
  fulfilled_at timestamptz,
  fulfilled_by text check (fulfilled_by in ('CONTENT', 'ORDER')),
  content_title text,
  content_url text,
  live_session_id uuid references live_session,
  order_line_id uuid,
  ended_at timestamptz,
  reason text,
  wake_at timestamptz,
  constraint samples_within_the_creators_number check (place <= per_creator),
  check ((approved_at is null) = (ship_due_at is null)),
  check ((shipped_at is null) = (arrival_due_at is null)),
  check ((arrived_at is null) = (content_due_at is null)),
  check ((fulfilled_at is null) = (fulfilled_by is null)),
  check ((state = 'FULFILLED') = (fulfilled_at is not null)),
  check ((state in ('REJECTED', 'WITHDRAWN', 'NOT_SHIPPED')) = (ended_at is not null)),
  check (state <> 'OVERDUE' or overdue_at is not null),
  check (state not in ('APPROVED', 'SHIPPED', 'CONTENT_DUE', 'OVERDUE', 'NOT_SHIPPED') or approved_at is not null),
  check (state not in ('SHIPPED', 'CONTENT_DUE', 'OVERDUE', 'FULFILLED') or shipped_at is not null),
  check (state not in ('CONTENT_DUE', 'OVERDUE') or content_due_at is not null),
  check (fulfilled_by <> 'ORDER' or order_line_id is not null),
  check (fulfilled_by <> 'CONTENT' or num_nonnulls(content_url, live_session_id) = 1)
);
create unique index one_open_sample_per_creator_and_product on sample_request (creator_id, product_id)
  where state in ('PENDING', 'APPROVED', 'SHIPPED', 'CONTENT_DUE');
create unique index one_sample_per_place_of_a_creator on sample_request (creator_id, product_id, place)
  where state not in ('REJECTED', 'WITHDRAWN', 'NOT_SHIPPED');
create index sample_request_of_brand on sample_request (brand_id, id desc);
create index sample_request_of_creator on sample_request (creator_id, id desc);
create index sample_request_to_wake on sample_request (wake_at) where wake_at is not null;
create index sample_request_on_the_way on sample_request (id) where state in ('SHIPPED', 'CONTENT_DUE', 'OVERDUE');

-- Personal data, by itself: no query of requests meets it by accident.
create table sample_address (
  request_id uuid primary key references sample_request,
  recipient text not null check (length(recipient) between 1 and 100),
  phone text not null check (length(phone) between 5 and 30),
  region text not null check (length(region) between 1 and 200),
  lines text[] not null check (cardinality(lines) between 1 and 4)
);

-- An order fulfils a sample: its columns never change once a line is placed, so that no event moves the index.
create index order_line_of_creator_and_product on order_line (creator_id, product_id, placed_at)
  where creator_id is not null;
`;
