/** What parties are told, written with what it tells; and whom a party has blocked. */
export const outbox = /* sql */ `
create table outbox_event (
  id uuid primary key,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  at timestamptz not null,
  subject_type text not null,
  subject_id uuid not null,
  brand_id uuid,
  party_ids uuid[] not null check (cardinality(party_ids) between 1 and 1000),
  data jsonb not null
);
create index outbox_event_by_transaction on outbox_event (xid, id);

create table party_block (
  id uuid primary key,
  blocker_id uuid not null references party,
  blocked_id uuid not null references party,
  reason text not null check (length(reason) between 1 and 500),
  blocked_at timestamptz not null,
  takes_effect_at timestamptz not null,
  running_until timestamptz not null,
  lifted_at timestamptz,
  check (blocker_id <> blocked_id),
  check (takes_effect_at >= blocked_at),
  check (running_until >= takes_effect_at),
  check (lifted_at >= blocked_at),
  constraint one_block_at_a_time
    exclude using gist (blocker_id with =, blocked_id with =, tstzrange(blocked_at, lifted_at) with &&)
);
create index party_block_of_blocked on party_block (blocked_id, blocker_id);
`;
