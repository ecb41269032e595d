import { appendOnly } from '../rights.ts';

/**
 * Boosts: exposure that a brand or a creator buys for a product, out of a budget that was put aside in the ledger; see
 * docs/decisions/boost.md.
 */
export const boosts = /* sql */ `
alter table ledger_account drop constraint ledger_account_kind_check;
alter table ledger_account add constraint ledger_account_kind_check check (kind in ('ESCROW', 'PAYABLE', 'RESERVE',
  'RECEIVABLE', 'REVENUE', 'SUBSIDY', 'PAYOUT_CLEARING', 'CASH', 'WITHHOLDING', 'BOOST'));

create table boost (
  id uuid primary key,
  payer_id uuid not null references party,
  payer_kind text not null check (payer_kind in ('BRAND', 'CREATOR')),
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  budget_minor bigint not null check (budget_minor > 0),
  -- The most that a thousand exposures may cost.
  bid_minor bigint not null check (bid_minor > 0),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- The hours of the alliance's day in which it is shown: from one until before the other, over midnight where it is less.
  from_hour int not null check (from_hour between 0 and 23),
  until_hour int not null check (until_hour between 1 and 24 and until_hour <> from_hour),
  state text not null check (state in ('ACTIVE', 'PAUSED', 'ENDED')),
  spent_minor bigint not null default 0 check (spent_minor between 0 and budget_minor),
  -- What of it the ledger has.
  posted_minor bigint not null default 0 check (posted_minor between 0 and spent_minor),
  exposures bigint not null default 0 check (exposures >= 0),
  -- Thousandths of a minor unit that charges have left over, for the next one.
  thousandths int not null default 0 check (thousandths between 0 and 999),
  created_at timestamptz not null,
  paused_at timestamptz,
  ended_at timestamptz,
  ended_because text check (ended_because in ('BUDGET_SPENT', 'TIME_OVER', 'STOPPED')),
  check ((state = 'PAUSED') = (paused_at is not null)),
  check ((state = 'ENDED') = (ended_at is not null) and (ended_at is null) = (ended_because is null)),
  check (state <> 'ENDED' or posted_minor = spent_minor),
  -- An order that a boost has won is won by one of its payer.
  constraint one_boost_at_a_time exclude using gist (payer_id with =, product_id with =,
    tstzrange(starts_at, greatest(starts_at, least(ends_at, ended_at))) with &&)
);
create index boost_of_payer on boost (payer_id, id desc);
create index boost_to_end on boost (ends_at) where state <> 'ENDED';
create index boost_to_post on boost (id) where posted_minor < spent_minor;

-- What was shown of it and what that has cost, as it was reported; written once.
create table boost_charge (
  boost_id uuid not null references boost,
  event_id text not null check (length(event_id) between 1 and 100),
  exposures int not null check (exposures > 0),
  price_minor bigint not null check (price_minor >= 0),
  cost_minor bigint not null check (cost_minor >= 0),
  charged_minor bigint not null check (charged_minor between 0 and cost_minor),
  shown_at timestamptz not null,
  charged_at timestamptz not null,
  primary key (boost_id, event_id)
);
create index boost_charge_by_time on boost_charge (boost_id, shown_at desc, event_id desc);

-- When it was not shown; the pause that goes on stands with the boost.
create table boost_pause (
  boost_id uuid not null references boost,
  paused_at timestamptz not null,
  resumed_at timestamptz not null check (resumed_at >= paused_at),
  primary key (boost_id, paused_at)
);

create index order_line_boosted on order_line (brand_id, product_id, placed_at) where boosted;

${appendOnly(['boost_charge', 'boost_pause'])}
`;
