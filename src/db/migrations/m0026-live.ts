import { appendOnly } from '../rights.ts';

/**
 * The carts of live sessions, with prices and stock that are theirs alone, and what order lines hold of it. Why the stock is
 * set aside, and why lines have a table of their own for it, stands in docs/decisions/live.md.
 */
export const live = /* sql */ `
create table live_item (
  id uuid primary key,
  live_session_id uuid not null references live_session,
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  position int not null check (position >= 1),
  pinned boolean not null default false,
  added_at timestamptz not null,
  -- An item is in the cart over [added_at, removed_at).
  removed_at timestamptz check (removed_at >= added_at),
  check (not pinned or removed_at is null)
);
create unique index one_item_per_product_in_a_cart on live_item (live_session_id, product_id) where removed_at is null;
create unique index one_pinned_item_per_session on live_item (live_session_id) where pinned;
create index live_item_of_session on live_item (live_session_id, position, id) where removed_at is null;
create index live_item_of_brand on live_item (brand_id, id desc);

create table live_offer (
  id uuid primary key,
  item_id uuid not null references live_item,
  live_session_id uuid not null references live_session,
  brand_id uuid not null references brand,
  sku_id uuid not null references sku,
  currency text not null,
  price_minor bigint not null check (price_minor between 1 and 1000000000000000),
  -- Since when the price is this one.
  priced_at timestamptz not null,
  stock int not null check (stock between 0 and 1000000000),
  taken int not null default 0 check (taken between 0 and stock),
  pay_within_minutes int not null check (pay_within_minutes between 1 and 1440),
  made_at timestamptz not null,
  -- From here on it sells nothing: what was not taken went back to the stock of the SKU.
  closed_at timestamptz check (closed_at >= made_at),
  unique (item_id, sku_id)
);
create index live_offer_of_session on live_offer (live_session_id, sku_id);

-- The lines that were placed in a session while it ran, and what each holds of an offer's stock.
create table live_line (
  brand_id uuid not null,
  line_id uuid not null,
  live_session_id uuid not null,
  offer_id uuid,
  held int not null check (held >= 0),
  -- When what it holds comes back if it is not paid by then.
  due_at timestamptz,
  primary key (brand_id, line_id),
  check (held = 0 or offer_id is not null),
  check (due_at is null or held > 0)
);
create index live_line_of_session on live_line (live_session_id);
create index live_line_of_offer on live_line (offer_id) where offer_id is not null;
create index live_line_due on live_line (due_at) where due_at is not null;

-- Products that were listed in a session, for it alone. One that was never listed in the pool is sold nowhere else.
create table live_flash (
  product_id uuid primary key references product,
  live_session_id uuid not null references live_session,
  photo_url text not null check (length(photo_url) between 1 and 500),
  listed_at timestamptz not null
);

create table live_plan (
  id uuid primary key,
  creator_id uuid not null references creator,
  live_session_id uuid unique references live_session,
  created_at timestamptz not null
);
create index live_plan_of_creator on live_plan (creator_id, id desc);

create table live_plan_version (
  plan_id uuid not null references live_plan,
  version int not null check (version >= 1),
  title text not null check (length(title) between 1 and 100),
  starts_at timestamptz not null,
  planned_minutes int not null check (planned_minutes between 1 and 1440),
  currency text not null,
  budget_minor bigint not null check (budget_minor >= 0),
  -- Product, audience, price and stock of each.
  merchandise jsonb not null,
  gifts text[] not null check (cardinality(gifts) <= 20),
  highlights jsonb not null,
  made_at timestamptz not null,
  primary key (plan_id, version)
);

-- What the platform of a session says of its viewers.
create table live_audience (
  live_session_id uuid primary key references live_session,
  viewers bigint not null check (viewers >= 0),
  reported_at timestamptz not null
);
${appendOnly(['live_plan_version'])}`;
