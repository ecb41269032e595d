/**
 * From estimated to payable: what of a line is due, what was settled, what was taken back, what is kept in reserve; and
 * the totals of ledger accounts by which money is followed from where it came in to where it went out.
 */
export const settlement = /* sql */ `
alter table alliance_policy
  add column reserve_bp int not null default 0 check (reserve_bp between 0 and 10000),
  add column reserve_days int not null default 0 check (reserve_days between 0 and 365),
  add column recovery_bp int not null default 10000 check (recovery_bp between 1 and 10000),
  add column payout_schedule text not null default 'NONE' check (payout_schedule in ('NONE', 'DAILY', 'WEEKLY', 'MONTHLY')),
  add column payout_minimum_minor bigint not null default 0 check (payout_minimum_minor between 0 and 1000000000000000),
  add column withholding_creator_bp int not null default 0 check (withholding_creator_bp between 0 and 9999),
  add column withholding_agency_bp int not null default 0 check (withholding_agency_bp between 0 and 9999);

alter table frozen_terms
  add column holding_days int not null default 7,
  add column reserve_bp int not null default 0,
  add column reserve_days int not null default 0;
update frozen_terms f set holding_days = p.holding_days from alliance_policy p where p.id = f.policy_id;

-- The ledger transaction of a step that was posted after settlement; null on the estimated track.
alter table commission_step add column transaction_id uuid;

-- Received lines that wait for settlement, and only they: a queue that stays as short as the holding days are.
create table line_due (
  brand_id uuid not null,
  line_id uuid not null,
  due_at timestamptz not null,
  open_cases int not null default 0 check (open_cases >= 0),
  reserve_bp int not null,
  reserve_days int not null,
  primary key (brand_id, line_id)
);
create index line_due_next on line_due (brand_id, due_at, line_id) where open_cases = 0;
insert into line_due (brand_id, line_id, due_at, reserve_bp, reserve_days)
  select l.brand_id, l.id, l.received_at + make_interval(hours => 24 * f.holding_days), 0, 0
  from order_line l join frozen_terms f on f.brand_id = l.brand_id and f.line_id = l.id
  where l.creator_id is not null and l.state = 'RECEIVED' and l.paid_at is not null;

create table settlement_run (
  id uuid primary key,
  as_of timestamptz not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  check (ended_at >= started_at)
);

-- A batch is settled in one transaction of the database; its id is that of its transaction in the ledger.
create table settlement_batch (
  id uuid primary key,
  run_id uuid not null references settlement_run,
  settled_at timestamptz not null,
  lines int not null check (lines > 0)
);
create index settlement_batch_of_run on settlement_batch (run_id, id);

-- Each line once, by its key. The first so many of its steps were settled then; what comes later is posted by itself.
create table line_settlement (
  brand_id uuid not null,
  line_id uuid not null,
  batch_id uuid not null,
  steps int not null,
  settled_at timestamptz not null,
  primary key (brand_id, line_id)
);
create index line_settlement_of_batch on line_settlement (brand_id, batch_id, line_id);

create table clawback (
  id uuid primary key,
  brand_id uuid not null references brand,
  line_id uuid not null,
  step_no int not null,
  payee_id uuid not null references party,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  taken_minor bigint not null default 0 check (taken_minor >= 0),
  offset_minor bigint not null default 0 check (offset_minor >= 0),
  written_off_minor bigint not null default 0 check (written_off_minor >= 0),
  state text not null check (state in ('WAITING', 'TAKEN', 'OFFSET', 'WRITTEN_OFF')),
  transaction_id uuid not null,
  reason text check (length(reason) between 1 and 500),
  posted_at timestamptz not null,
  closed_at timestamptz,
  unique (brand_id, line_id, step_no, payee_id),
  constraint no_more_is_recovered_than_was_taken_back check (taken_minor + offset_minor + written_off_minor <= amount_minor),
  constraint only_what_is_recovered_is_closed
    check ((state = 'WAITING') = (taken_minor + offset_minor + written_off_minor < amount_minor)),
  check ((state = 'WAITING') = (closed_at is null)),
  check ((state = 'WRITTEN_OFF') = (reason is not null))
);
create index clawback_waiting on clawback (payee_id, currency, id) where state = 'WAITING';
create index clawback_of_payee on clawback (payee_id, id);

create table clawback_recovery (
  clawback_id uuid not null references clawback,
  no int not null check (no > 0),
  kind text not null check (kind in ('TAKEN', 'OFFSET', 'WRITTEN_OFF')),
  amount_minor bigint not null check (amount_minor > 0),
  transaction_id uuid not null,
  posted_at timestamptz not null,
  primary key (clawback_id, no)
);

create table reserve (
  id uuid primary key,
  payee_id uuid not null references party,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  kept_at timestamptz not null,
  release_at timestamptz not null,
  transaction_id uuid not null,
  released_at timestamptz,
  release_transaction_id uuid,
  check ((released_at is null) = (release_transaction_id is null))
);
create index reserve_held on reserve (release_at, id) where released_at is null;
create index reserve_of_payee on reserve (payee_id, id);

create table after_sales_case (
  brand_id uuid not null,
  id uuid not null,
  line_id uuid not null,
  kind text not null check (kind in ('RETURN', 'REFUND_ONLY', 'EXCHANGE', 'DISPUTE')),
  reason text not null check (length(reason) between 1 and 500),
  opened_by uuid not null references party,
  opened_at timestamptz not null,
  outcome text check (outcome in ('REFUNDED', 'REJECTED', 'WITHDRAWN', 'REPLACED')),
  note text check (length(note) between 1 and 500),
  closed_at timestamptz,
  primary key (brand_id, id),
  check ((outcome is null) = (closed_at is null)),
  check (closed_at >= opened_at)
);
create index after_sales_case_of_line on after_sales_case (brand_id, line_id, id);

-- The ledger transaction that paid for a milestone's work.
alter table engagement_milestone add column payment_id uuid unique;

-- What brands have paid in and taken out again, each with the reference by which the bank knows it. Its id is that of its
-- transaction in the ledger; the same money is never entered twice, whoever enters it.
create table escrow_movement (
  id uuid primary key,
  brand_id uuid not null references brand,
  kind text not null check (kind in ('DEPOSIT', 'WITHDRAWAL')),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  reference text not null check (length(reference) between 1 and 100),
  made_at timestamptz not null,
  constraint a_reference_moves_money_once unique (brand_id, kind, reference)
);

-- What has come in to an account in all: less the balance, it is what has gone out. By both totals money is followed
-- first in, first out. No account is posted to before the time of its last posting.
alter table ledger_account
  add column in_minor bigint not null default 0 check (in_minor >= 0),
  add column last_posted_at timestamptz;
alter table ledger_transfer
  add column from_out_minor bigint not null,
  add column to_in_minor bigint not null;
create index ledger_transfer_out_total on ledger_transfer (from_account_id, from_out_minor);

-- Each line that is placed asks for the plans of its whole shop; of a shop's thousand plans few or none are of that kind.
create index plan_of_shop on plan (brand_id) where kind = 'SHOP_TARGETED';
`;
