/** Terms in full: tiers, a rate for boosted orders, creators named over intervals, rates kept after a cut. */
export const plans = /* sql */ `
create function rises(numbers int[]) returns boolean language sql immutable strict parallel safe as $$
  select coalesce(bool_and(numbers[i] < numbers[i + 1]), true) from generate_series(1, cardinality(numbers) - 1) i
$$;

alter table plan_terms
  add column boost_bp int check (boost_bp between 1 and 9000),
  add column tier_after int[] not null default '{}',
  add column tier_bp int[] not null default '{}',
  add constraint tiers_have_a_count_and_a_rate check (cardinality(tier_after) = cardinality(tier_bp)),
  add constraint tiers_are_few check (cardinality(tier_after) <= 10),
  add constraint tier_counts_rise check (rises(array[0] || tier_after)),
  add constraint tier_rates_only_rise check (rises(array[commission_bp] || tier_bp)),
  add constraint tier_rates_have_a_ceiling check (tier_bp = '{}' or 9000 >= tier_bp[cardinality(tier_bp)]);

-- An end that comes sooner than the one announced leaves a lock. A naming may end by itself, before its plan.
alter table plan add column announced_closes_at timestamptz;
update plan set announced_closes_at = closes_at;

alter table plan_creator
  drop constraint plan_creator_pkey,
  add primary key (plan_id, creator_id, opens_at),
  add column dropped boolean not null default false,
  add check (closes_at >= opens_at);

create table plan_tally (
  plan_id uuid not null references plan,
  creator_id uuid not null references creator,
  at timestamptz not null,
  lines bigint not null check (lines > 0),
  primary key (plan_id, creator_id, at)
);

create table rate_lock (
  id uuid primary key,
  kind text not null check (kind in ('EXCLUSIVE', 'TARGETED', 'CAMPAIGN', 'SHOP_TARGETED', 'OPEN')),
  offer_id uuid not null,
  terms_id uuid not null,
  brand_id uuid not null references brand,
  product_id uuid references product,
  creator_id uuid references creator,
  locked_from timestamptz not null,
  locked_until timestamptz not null,
  check ((kind = 'SHOP_TARGETED') = (product_id is null)),
  check (locked_until >= locked_from)
);
create index rate_lock_of_product on rate_lock (product_id, locked_until) where product_id is not null;
create index rate_lock_of_shop on rate_lock (brand_id, locked_until) where product_id is null;
create index rate_lock_of_brand on rate_lock (brand_id, locked_until, id);
create index rate_lock_of_offer on rate_lock (offer_id, locked_from);

create index showcase_history on showcase_item (creator_id, product_id, picked_at);
create index promotion_link_history on promotion_link (creator_id, enrolment_id, created_at)
  where enrolment_id is not null;
create index showcase_of_product on showcase_item (product_id, creator_id) where removed_at is null;

alter table order_line add column boosted boolean not null default false;
alter table frozen_terms add column settled_lines int not null default 0;
`;
