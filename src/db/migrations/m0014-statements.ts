/**
 * Statements of a party and month. What a statement holds are figures and the places of its transfers in the ledger;
 * the transfers themselves stand there and are never copied.
 */
export const statements = /* sql */ `
-- The months of the alliance's time zone, each with the last number given out in it.
create table statement_month (
  month text primary key check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  last_number int not null default 0 check (last_number >= 0),
  -- Set when every party has its statement; none is added any more.
  completed_at timestamptz,
  check (ends_at > starts_at)
);

create table statement (
  id uuid primary key,
  number text not null unique check (number ~ '^GA-[0-9]{4}-[0-9]{2}-[0-9]{6,}$'),
  party_id uuid not null references party,
  party_name text not null,
  currency text not null,
  month text not null references statement_month,
  opening_minor bigint not null,
  closing_minor bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  constraint one_statement_per_party_currency_and_month unique (party_id, currency, month)
);
create index statement_of_party on statement (party_id, number desc);

create table statement_account (
  statement_id uuid not null references statement,
  account_id uuid not null references ledger_account,
  kind text not null,
  first_posting bigint not null check (first_posting > 0),
  -- One less than the first where nothing was posted.
  last_posting bigint not null check (last_posting >= first_posting - 1),
  opening_minor bigint not null,
  in_minor bigint not null check (in_minor >= 0),
  out_minor bigint not null check (out_minor >= 0),
  closing_minor bigint not null,
  lines_sha256 text not null check (lines_sha256 ~ '^[0-9a-f]{64}$'),
  primary key (statement_id, account_id),
  unique (statement_id, kind),
  constraint a_statement_adds_up check (opening_minor + in_minor - out_minor = closing_minor)
);
create index statement_account_of_account on statement_account (account_id, last_posting desc);

create table statement_total (
  statement_id uuid not null,
  account_id uuid not null,
  kind text not null,
  transfers bigint not null check (transfers > 0),
  in_minor bigint not null check (in_minor >= 0),
  out_minor bigint not null check (out_minor >= 0),
  primary key (statement_id, account_id, kind),
  foreign key (statement_id, account_id) references statement_account
);

-- By which all server processes sign the addresses of files: 244 random bits, made here once.
create table statement_key (
  id int primary key default 1 check (id = 1),
  secret bytea not null check (length(secret) >= 32)
);
insert into statement_key (secret)
  values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- From a transfer that came after settlement to the step of the line.
create index commission_step_of_transaction on commission_step (brand_id, transaction_id) where transaction_id is not null;
`;
