import { appendOnly } from '../rights.ts';

/**
 * Official events: their products, the order lines that count for them, what the alliance gives on each line out of a budget,
 * and the boards of who sold most. All that is counted of an event changes under the lock of its row.
 */
export const officialEvents = /* sql */ `
create table official_event (
  id uuid primary key,
  code text not null,
  name text not null check (length(name) between 1 and 100),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  register_from timestamptz not null,
  register_until timestamptz not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- What comes back by then does not count.
  closes_at timestamptz not null,
  category_ids uuid[] not null,
  min_commission_bp int not null check (min_commission_bp between 0 and 9000),
  -- How often its boards have changed.
  moves bigint not null default 0,
  opened_at timestamptz not null,
  cancelled_at timestamptz,
  closed_at timestamptz,
  constraint one_official_event_per_code unique (code),
  check (register_from < register_until and register_until <= starts_at and starts_at < ends_at and ends_at <= closes_at),
  check (cancelled_at is null or closed_at is null)
);
create index official_event_to_close on official_event (closes_at) where closed_at is null and cancelled_at is null;

-- What the alliance gives on order lines: SUBSIDY to the brand, BONUS to the creator.
create table event_purse (
  event_id uuid not null references official_event,
  kind text not null check (kind in ('SUBSIDY', 'BONUS')),
  rate_bp int not null check (rate_bp between 1 and 9000),
  cap_minor bigint check (cap_minor > 0),
  budget_minor bigint not null check (budget_minor > 0),
  granted_minor bigint not null default 0 check (granted_minor >= 0),
  released_minor bigint not null default 0 check (released_minor >= 0),
  primary key (event_id, kind),
  constraint no_purse_is_overspent check (granted_minor + released_minor <= budget_minor)
);

create table event_prize (
  event_id uuid not null references official_event,
  board text not null check (board in ('CREATORS', 'BRANDS')),
  rank int not null check (rank between 1 and 100),
  amount_minor bigint not null check (amount_minor > 0),
  primary key (event_id, board, rank)
);

create table event_product (
  id uuid primary key,
  event_id uuid not null references official_event,
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  -- The time of the event, for the constraint below and for one look-up by product.
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('REGISTERED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'REMOVED', 'CANCELLED')),
  note text check (length(note) between 1 and 500),
  registered_at timestamptz not null,
  reviewed_at timestamptz,
  removed_at timestamptz,
  constraint one_registration_per_product unique (event_id, product_id),
  check ((state = 'REMOVED') = (removed_at is not null)),
  check (state not in ('REJECTED', 'REMOVED') or note is not null),
  -- An order counts for one event at most.
  constraint one_official_event_at_a_time exclude using gist (product_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state in ('REGISTERED', 'APPROVED'))
);
create index event_product_of_brand on event_product (brand_id, id desc);
create index event_product_taking_part on event_product (product_id) where state in ('APPROVED', 'REMOVED');
create index event_product_by_event on event_product (event_id, state, id);

-- An order line that was placed in an event, with what of it counts.
create table event_line (
  brand_id uuid not null,
  line_id uuid not null,
  event_id uuid not null references official_event,
  creator_id uuid not null,
  net_minor bigint not null default 0 check (net_minor >= 0),
  primary key (brand_id, line_id)
);
create index event_line_of_event on event_line (event_id);

-- What a purse gives on a line: all that is due, or what was left of the budget.
create table event_grant (
  brand_id uuid not null,
  line_id uuid not null,
  kind text not null,
  event_id uuid not null,
  -- In the order in which they were granted.
  no bigint generated always as identity,
  due_minor bigint not null,
  granted_minor bigint not null check (granted_minor between 0 and due_minor),
  posted_minor bigint not null default 0 check (posted_minor >= 0),
  postings int not null default 0,
  settled boolean not null default false,
  primary key (brand_id, line_id, kind),
  foreign key (brand_id, line_id) references event_line,
  foreign key (event_id, kind) references event_purse
);
create index event_grant_short on event_grant (event_id, kind, no) where granted_minor < due_minor;
create index event_grant_to_post on event_grant (no) where settled and kind = 'SUBSIDY' and posted_minor <> granted_minor;

-- What each party has sold in an event, less what came back.
create table event_tally (
  event_id uuid not null references official_event,
  board text not null check (board in ('CREATORS', 'BRANDS')),
  party_id uuid not null references party,
  net_minor bigint not null default 0 check (net_minor >= 0),
  primary key (event_id, board, party_id)
);
create index event_tally_by_rank on event_tally (event_id, board, net_minor desc, party_id desc);

-- How the boards stood when the event was closed, for those who won something.
create table event_award (
  event_id uuid not null references official_event,
  board text not null,
  party_id uuid not null references party,
  rank int not null,
  net_minor bigint not null,
  amount_minor bigint not null check (amount_minor > 0),
  primary key (event_id, board, party_id)
);
${appendOnly(['event_prize', 'event_award'])}
`;
