/** Exports in bulk, each with its file in pieces: there is no state outside PostgreSQL. */
export const bulk = /* sql */ `
create table bulk_export (
  id uuid primary key,
  party_id uuid not null references party,
  -- Whoever has asked for it: it reads as this caller, as far as they may read when it runs.
  issuer text,
  subject text,
  api_key_id uuid references api_key,
  query text not null check (length(query) between 1 and 16000),
  state text not null check (state in ('WAITING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED')),
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  expires_at timestamptz,
  rows_so_far bigint not null default 0 check (rows_so_far >= 0),
  size_bytes bigint not null default 0 check (size_bytes >= 0),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  error_code text,
  error_message text,
  -- By which the addresses of its file are signed.
  secret bytea not null check (length(secret) >= 32),
  -- Where it goes on when a worker is lost: after this cursor, with so many rows in so many chunks.
  cursor text,
  kept_rows bigint not null default 0,
  kept_chunks int not null default 0,
  -- How often it was begun since it last came further.
  attempts int not null default 0,
  -- By the time of the database, also in a sandbox: it is about processes.
  lease_id uuid,
  leased_until timestamptz,
  check ((api_key_id is null) = (subject is not null and issuer is not null)),
  check ((state = 'RUNNING') = (lease_id is not null and leased_until is not null)),
  check (state <> 'COMPLETED' or (sha256 is not null and expires_at is not null)),
  check (state <> 'FAILED' or (error_code is not null and error_message is not null))
);
create unique index one_export_runs_per_organisation on bulk_export (party_id) where state = 'RUNNING';
create index bulk_export_to_run on bulk_export (id) where state in ('WAITING', 'RUNNING');
create index bulk_export_of_party on bulk_export (party_id, id desc);
create index bulk_export_to_expire on bulk_export (expires_at) where state = 'COMPLETED';

-- A piece of a file: one member of its gzip.
create table bulk_chunk (
  export_id uuid not null references bulk_export,
  number int not null check (number > 0),
  data bytea not null,
  primary key (export_id, number)
);
-- It is compressed already.
alter table bulk_chunk alter column data set storage external;
`;
