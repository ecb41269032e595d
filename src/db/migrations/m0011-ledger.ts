/**
 * The ledger: accounts of parties, and transfers between two of them, each of which balances by construction. A
 * transfer carries the balance of both its accounts after it, so that no balance ever needs a sum.
 */
export const ledger = /* sql */ `
create table ledger_account (
  id uuid primary key,
  party_id uuid not null references party,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  kind text not null check (kind in ('ESCROW', 'PAYABLE', 'RESERVE', 'RECEIVABLE', 'REVENUE', 'SUBSIDY', 'PAYOUT_CLEARING',
    'CASH', 'WITHHOLDING')),
  balance_minor bigint not null default 0,
  postings bigint not null default 0 check (postings >= 0),
  unique (party_id, currency, kind),
  unique (id, currency)
);

create table ledger_transfer (
  transaction_id uuid not null,
  transfer_no int not null check (transfer_no > 0),
  kind text not null,
  from_account_id uuid not null,
  to_account_id uuid not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  from_posting bigint not null,
  from_balance_minor bigint not null,
  to_posting bigint not null,
  to_balance_minor bigint not null,
  brand_id uuid references brand,
  occurred_at timestamptz not null,
  posted_at timestamptz not null,
  primary key (transaction_id, transfer_no),
  check (from_account_id <> to_account_id),
  -- Both accounts are of the transfer's currency: nothing is ever converted.
  foreign key (from_account_id, currency) references ledger_account (id, currency),
  foreign key (to_account_id, currency) references ledger_account (id, currency)
);
create unique index ledger_transfer_out on ledger_transfer (from_account_id, from_posting);
create unique index ledger_transfer_in on ledger_transfer (to_account_id, to_posting);
create index ledger_transfer_out_by_time on ledger_transfer (from_account_id, posted_at, from_posting);
create index ledger_transfer_in_by_time on ledger_transfer (to_account_id, posted_at, to_posting);
`;
