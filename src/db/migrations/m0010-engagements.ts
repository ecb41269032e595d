/** Content engagements 磁力聚星 with their milestones, and the money that is held for each. */
export const engagements = /* sql */ `
create table engagement (
  id uuid primary key,
  brand_id uuid not null references brand,
  provider_id uuid not null references party,
  provider_kind text not null check (provider_kind in ('CREATOR', 'AGENCY')),
  title text not null check (length(title) between 1 and 100),
  brief text not null check (length(brief) between 1 and 5000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  review_days int not null check (review_days between 1 and 30),
  change_rounds int not null check (change_rounds between 0 and 5),
  offered_at timestamptz not null,
  lapses_at timestamptz not null,
  answered_at timestamptz,
  note text check (length(note) between 1 and 500),
  check (lapses_at > offered_at),
  check (answered_at >= offered_at)
);
create index engagement_of_brand on engagement (brand_id, id);
create index engagement_of_provider on engagement (provider_id, id);
create index engagement_unanswered on engagement (lapses_at) where answered_at is null;

create table engagement_product (
  engagement_id uuid not null references engagement,
  product_id uuid not null references product,
  primary key (engagement_id, product_id)
);

create table engagement_milestone (
  id uuid primary key,
  engagement_id uuid not null references engagement,
  no int not null check (no between 1 and 20),
  kind text not null
    check (kind in ('PLANNING', 'SCRIPT', 'SHOOTING', 'PRODUCT_SELECTION', 'LIVE_MONITORING', 'OTHER')),
  title text not null check (length(title) between 1 and 100),
  price_minor bigint not null check (price_minor between 1 and 1000000000000000),
  due_at timestamptz not null,
  state text not null check (state in ('OFFERED', 'DECLINED', 'WITHDRAWN', 'LAPSED', 'ACCEPTED', 'DELIVERED',
    'DISPUTED', 'CANCELLED', 'ACCEPTED_BY_BRAND', 'RESOLVED', 'PAID')),
  since timestamptz not null,
  answer_due_at timestamptz,
  changes_asked int not null default 0 check (changes_asked between 0 and 5),
  cancel_asked_by text check (cancel_asked_by in ('BRAND', 'PROVIDER')),
  cancel_reason text check (length(cancel_reason) between 1 and 500),
  dispute_reason text check (length(dispute_reason) between 1 and 2000),
  to_provider_minor bigint check (to_provider_minor between 0 and price_minor),
  resolution text check (length(resolution) between 1 and 2000),
  due_told_at timestamptz,
  overdue_told_at timestamptz,
  answer_told_at timestamptz,
  unique (engagement_id, no),
  constraint only_what_is_delivered_waits_for_an_answer check ((state = 'DELIVERED') = (answer_due_at is not null)),
  constraint a_dispute_has_a_reason check (state not in ('DISPUTED', 'RESOLVED') or dispute_reason is not null),
  constraint a_resolution_has_a_reason
    check (state <> 'RESOLVED' or (to_provider_minor is not null and resolution is not null)),
  constraint only_undelivered_work_is_asked_to_be_cancelled check (cancel_asked_by is null or state = 'ACCEPTED')
);
create index milestone_waiting on engagement_milestone (answer_due_at) where state = 'DELIVERED';
create index milestone_at_work on engagement_milestone (due_at) where state = 'ACCEPTED';

create table engagement_delivery (
  milestone_id uuid not null references engagement_milestone,
  round int not null check (round between 1 and 6),
  note text not null check (length(note) between 1 and 2000),
  links text[] not null check (cardinality(links) <= 20),
  delivered_at timestamptz not null,
  changes_note text check (length(changes_note) between 1 and 2000),
  changes_asked_at timestamptz,
  primary key (milestone_id, round),
  check ((changes_note is null) = (changes_asked_at is null))
);

-- Each entry begins where the one before it ended, by its foreign key: so what is held is what was released and returned
-- and what is still held, nothing is released twice, and nothing falls below zero.
create table engagement_entry (
  milestone_id uuid not null references engagement_milestone,
  no int not null check (no between 1 and 3),
  kind text not null check (kind in ('HELD', 'RELEASED', 'RETURNED')),
  amount_minor bigint not null check (amount_minor > 0),
  held_before_minor bigint not null check (held_before_minor >= 0),
  held_after_minor bigint not null check (held_after_minor >= 0),
  previous_no int generated always as (nullif(no - 1, 0)) stored,
  at timestamptz not null,
  primary key (milestone_id, no),
  unique (milestone_id, no, held_after_minor),
  constraint money_is_held_first check ((no = 1) = (kind = 'HELD') and (no > 1 or held_before_minor = 0)),
  constraint what_is_held_adds_up check
    (held_after_minor = held_before_minor + case kind when 'HELD' then amount_minor else -amount_minor end),
  constraint an_entry_begins_where_the_last_one_ended foreign key (milestone_id, previous_no, held_before_minor)
    references engagement_entry (milestone_id, no, held_after_minor)
);
`;
