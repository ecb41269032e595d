/**
 * Money on its way out: where payees are paid, payouts with every answer to them, files for the bank, and which periods
 * of the schedule are done.
 */
export const payouts = /* sql */ `
-- An account of a payee, or of the alliance the one that it pays from. Never changed: another one takes its place.
create table payout_method (
  id uuid primary key,
  party_id uuid not null references party,
  kind text not null check (kind in ('BANK', 'PROVIDER')),
  holder text not null check (length(holder) between 1 and 70),
  country text not null check (country ~ '^[A-Z]{2}$'),
  account_number text not null check (length(account_number) between 4 and 64),
  is_iban boolean not null,
  bic text,
  clearing_code text,
  set_at timestamptz not null,
  retired_at timestamptz,
  check (retired_at >= set_at)
);
create unique index one_payout_method_at_a_time on payout_method (party_id) where retired_at is null;
create index payout_method_of_party on payout_method (party_id, id);

-- A file for the bank, byte by byte as it was made.
create table payout_batch (
  id uuid primary key,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  payouts int not null check (payouts > 0),
  total_minor bigint not null check (total_minor > 0),
  xml text not null,
  made_at timestamptz not null
);

create table payout (
  id uuid primary key,
  payee_id uuid not null references party,
  method_id uuid not null references payout_method,
  route text not null check (route in ('BANK', 'PROVIDER')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  gross_minor bigint not null,
  withholding_bp int not null check (withholding_bp between 0 and 9999),
  withheld_minor bigint not null check (withheld_minor >= 0),
  net_minor bigint not null check (net_minor > 0),
  -- The period of the schedule that it is for; null where it was asked for.
  period text,
  state text not null check (state in ('REQUESTED', 'SENT', 'CONFIRMED', 'FAILED')),
  batch_id uuid references payout_batch,
  failure_code text,
  failure_detail text,
  contradicted boolean not null default false,
  -- How many times it has come to an end, by an answer or by correction: each is one transaction of the ledger.
  endings int not null default 0 check (endings >= 0),
  answers int not null default 0 check (answers >= 0),
  requested_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  -- When the provider is to be called next, and how often that was done without anything final.
  next_call_at timestamptz not null,
  calls int not null default 0,
  constraint withheld_and_net_are_gross check (withheld_minor + net_minor = gross_minor),
  check ((state = 'REQUESTED') = (sent_at is null)),
  check ((state in ('CONFIRMED', 'FAILED')) = (ended_at is not null)),
  check ((state in ('CONFIRMED', 'FAILED')) = (endings > 0)),
  check (batch_id is null or route = 'BANK')
);
create unique index one_scheduled_payout_per_period on payout (payee_id, currency, period) where period is not null;
create index payout_of_payee on payout (payee_id, id);
create index payout_of_batch on payout (batch_id, id) where batch_id is not null;
create index payout_by_state on payout (state, id);
create index payout_contradicted on payout (id) where contradicted;
create index payout_for_bank on payout (currency, id) where state = 'REQUESTED' and route = 'BANK';
create index payout_to_call on payout (next_call_at, id) where state in ('REQUESTED', 'SENT') and route = 'PROVIDER';

-- What was said of a payout, in the order in which it came; never changed.
create table payout_answer (
  payout_id uuid not null references payout,
  no int not null check (no > 0),
  source text not null check (source in ('SEND', 'POLL', 'CALLBACK', 'BANK_FILE')),
  said text not null check (said in ('PENDING', 'CONFIRMED', 'FAILED')),
  code text check (length(code) <= 35),
  detail text check (length(detail) <= 500),
  effect text not null check (effect in ('APPLIED', 'REPEATED', 'STALE', 'CONTRADICTS')),
  received_at timestamptz not null,
  primary key (payout_id, no)
);

-- What an operator has decided where answers contradict each other; never changed.
create table payout_correction (
  payout_id uuid not null references payout,
  no int not null check (no > 0),
  to_state text not null check (to_state in ('CONFIRMED', 'FAILED')),
  reason text not null check (length(reason) between 1 and 500),
  corrected_at timestamptz not null,
  primary key (payout_id, no)
);

-- The transactions of the ledger that a payout has: 0 is the request, each further one an end of it; never changed.
create table payout_posting (
  payout_id uuid not null references payout,
  no int not null check (no >= 0),
  transaction_id uuid not null unique,
  primary key (payout_id, no)
);

-- The periods whose payouts have all been made.
create table payout_period (
  period text primary key,
  finished_at timestamptz not null
);
`;
