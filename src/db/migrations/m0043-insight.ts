/**
 * Insight: what was sold, by the alliance's days, for each brand, creator and agency. All of it can be counted anew from
 * the order lines, and is, for each day of a brand on which a line has changed; see docs/decisions/insight.md.
 */
const FIGURES = /* sql */ `
  orders int not null,
  lines int not null,
  units bigint not null,
  returned_lines int not null,
  cancelled_lines int not null,
  gmv_minor bigint not null,
  refunded_minor bigint not null,
  -- What a brand pays for the lines, what a payee keeps of them: when they were paid for, and net of returns.
  commission_accrued_minor bigint not null,
  commission_minor bigint not null,
  fee_accrued_minor bigint not null,
  fee_minor bigint not null,
  -- The GMV by the path on which each line came.
  self_broadcast_minor bigint not null,
  public_traffic_minor bigint not null,
  distribution_minor bigint not null,
  private_traffic_minor bigint not null,
  channel_exclusive_minor bigint not null`;

export const insight = /* sql */ `
-- Up to which place of the feed the changes of lines were noted, and when everything noted was last counted.
create table insight_state (
  is_one boolean primary key default true check (is_one),
  xid bigint,
  id uuid,
  counted_at timestamptz,
  check ((xid is null) = (id is null))
);
insert into insight_state default values;

-- Days of a brand that are to be counted anew.
create table insight_dirty (
  brand_id uuid not null,
  day date not null,
  primary key (brand_id, day)
);

-- Who is a brand and a creator at once, since when and until when: one person acts for both.
create table insight_host (
  brand_id uuid not null references brand,
  creator_id uuid not null references creator,
  since timestamptz not null,
  until timestamptz check (until >= since),
  primary key (brand_id, creator_id, since)
);
create unique index insight_host_now on insight_host (brand_id, creator_id) where until is null;

-- The lines of a brand that were placed on a day, for one party: the brand itself, or whoever is paid from them. A row
-- without an event counts all of them, one with an event those that count for it.
create table insight_day (
  brand_id uuid not null,
  day date not null,
  subject_id uuid not null,
  event_id uuid,
  currency text not null,${FIGURES},
  unique nulls not distinct (brand_id, day, subject_id, event_id, currency)
);
create index insight_day_of_subject on insight_day (subject_id, day) where event_id is null;
create index insight_day_of_event on insight_day (subject_id, event_id, day) where event_id is not null;
create index insight_day_of_alliance on insight_day (day, brand_id) where subject_id = brand_id and event_id is null;

-- The orders of a buyer in them, since buyers of a day cannot be added up.
create table insight_buyer (
  brand_id uuid not null,
  day date not null,
  subject_id uuid not null,
  event_id uuid,
  currency text not null,
  reporter_id uuid not null,
  buyer_ref text not null,
  orders int not null check (orders > 0),
  unique nulls not distinct (brand_id, day, subject_id, event_id, currency, reporter_id, buyer_ref)
);
create index insight_buyer_of_subject on insight_buyer (subject_id, day) where event_id is null;
create index insight_buyer_of_event on insight_buyer (subject_id, event_id, day) where event_id is not null;

-- The same lines by product, and by the creator who is credited, if one is.
create table insight_product (
  brand_id uuid not null,
  day date not null,
  product_id uuid not null,
  creator_id uuid,
  currency text not null,
  lines int not null,
  units bigint not null,
  returned_lines int not null,
  gmv_minor bigint not null,
  refunded_minor bigint not null,
  -- What the brand pays, in commission and service fee, and what the creator keeps: both net of returns.
  commission_minor bigint not null,
  fee_minor bigint not null,
  kept_minor bigint not null,
  unique nulls not distinct (brand_id, day, product_id, creator_id, currency)
);
create index insight_product_of_creator on insight_product (creator_id, day) where creator_id is not null;

-- What a brand has sold in a live session.
create table insight_session (
  brand_id uuid not null,
  live_session_id uuid not null references live_session,
  currency text not null,
  orders int not null,
  buyers int not null,
  gmv_minor bigint not null,
  primary key (brand_id, live_session_id, currency)
);
create index insight_session_by_session on insight_session (live_session_id);
create index live_session_by_start on live_session (creator_id, started_at);

-- How long all viewers of a session watched it together, as its platform says.
alter table live_audience add column watched_seconds bigint check (watched_seconds >= 0);
`;
