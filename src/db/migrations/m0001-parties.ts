/** Who takes part: parties, users and their roles, keys, the alliance's policies, the audit log. */
export const parties = /* sql */ `
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create table party (
  id uuid primary key,
  kind text not null check (kind in ('ALLIANCE', 'BRAND', 'AGENCY', 'CREATOR')),
  name text not null check (length(name) between 1 and 200),
  created_at timestamptz not null
);
create unique index party_one_alliance on party (kind) where kind = 'ALLIANCE';

create table app_user (
  id uuid primary key,
  issuer text not null,
  subject text not null,
  name text not null,
  created_at timestamptz not null,
  unique (issuer, subject)
);

create table membership (
  id uuid primary key,
  user_id uuid not null references app_user,
  party_id uuid not null references party,
  role text not null check (role in ('OWNER', 'MANAGER', 'VIEWER')),
  created_at timestamptz not null,
  unique (user_id, party_id)
);
create index membership_of_party on membership (party_id);

create table api_key (
  id uuid primary key,
  party_id uuid not null references party,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_of_party on api_key (party_id, id);

create table alliance (
  id uuid primary key references party,
  time_zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null
);

create table alliance_policy (
  id uuid primary key,
  version int not null unique,
  preset text not null,
  platform_discount_in_base boolean not null,
  creator_discount_in_base boolean not null,
  technical_fee_bp int not null check (technical_fee_bp between 0 and 10000),
  holding_days int not null check (holding_days between 0 and 365),
  rate_lock_days int not null check (rate_lock_days between 0 and 365),
  attribution_window_days int not null check (attribution_window_days between 1 and 365),
  valid_from timestamptz not null,
  valid_to timestamptz,
  constraint policy_versions_follow_each_other exclude using gist (tstzrange(valid_from, valid_to) with &&)
);

create table idempotency_key (
  owner_id uuid not null,
  operation text not null,
  key text not null,
  request_hash bytea not null,
  result_id text,
  created_at timestamptz not null,
  primary key (owner_id, operation, key)
);

create table audit_entry (
  id uuid primary key,
  at timestamptz not null,
  user_id uuid,
  api_key_id uuid,
  party_id uuid,
  operation text not null,
  target text,
  address text,
  outcome text not null
);
create index audit_entry_of_party on audit_entry (party_id, id);

create table agency (
  id uuid primary key references party,
  services text[] not null,
  certification text not null check (certification in ('APPLIED', 'APPROVED', 'REJECTED')),
  certified_until timestamptz,
  city text not null,
  about text not null,
  check (services <@ array['RECRUITING', 'CREATOR_MANAGEMENT', 'CONTENT', 'BELT_BASE']),
  check (certification <> 'APPROVED' or certified_until is not null)
);

create table industrial_belt (
  id uuid primary key,
  name text not null unique,
  region text not null,
  agency_id uuid not null references agency,
  about text not null
);

create table brand (
  id uuid primary key references party,
  kind text not null check (kind in ('BRAND', 'FACTORY', 'ORIGIN', 'BELT_MERCHANT')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  city text not null,
  about text not null,
  belt_id uuid references industrial_belt,
  restricted boolean not null default false,
  check (kind <> 'BELT_MERCHANT' or belt_id is not null)
);
create index brand_of_belt on brand (belt_id, id) where belt_id is not null;

create table creator (
  id uuid primary key references party,
  tier text not null check (tier in ('ORDINARY', 'WAIST', 'HEAD')),
  city text not null,
  about text not null,
  followers bigint not null check (followers >= 0)
);

create table creator_contract (
  id uuid primary key,
  agency_id uuid not null references agency,
  creator_id uuid not null references creator,
  created_at timestamptz not null
);
create index creator_contract_of_agency on creator_contract (agency_id, id);
create index creator_contract_of_creator on creator_contract (creator_id, id);

create table contract_terms (
  id uuid primary key,
  contract_id uuid not null references creator_contract,
  agency_id uuid not null references agency,
  creator_id uuid not null references creator,
  share_bp int not null check (share_bp between 0 and 10000),
  visibility text[] not null check (visibility <@ array['SHOWCASE', 'ORDERS', 'EARNINGS']),
  valid_from timestamptz not null,
  valid_to timestamptz,
  check (valid_to > valid_from),
  constraint one_managing_agency_at_a_time
    exclude using gist (creator_id with =, tstzrange(valid_from, valid_to) with &&)
);
create index contract_terms_of_contract on contract_terms (contract_id, valid_from);
create index contract_terms_of_agency on contract_terms (agency_id, creator_id);
`;
