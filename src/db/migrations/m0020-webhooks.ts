/** Where events are sent to, what was sent, and what became of it. All times are those of the machine, also in a sandbox. */
export const webhooks = /* sql */ `
create table webhook_endpoint (
  id uuid primary key,
  party_id uuid not null references party,
  url text not null check (length(url) between 8 and 2000),
  description text not null check (length(description) <= 200),
  -- All kinds when null.
  kinds text[] check (cardinality(kinds) between 1 and 200),
  state text not null check (state in ('ENABLED', 'DISABLED', 'REMOVED')),
  created_at timestamptz not null,
  disabled_at timestamptz,
  disabled_because text check (disabled_because in ('REQUEST', 'GONE', 'FAILING')),
  -- The place in the feed up to which events have become deliveries.
  place_xid bigint not null,
  place_id uuid not null,
  -- Since when nothing could be delivered, how often in a row, and until when it is left alone.
  failing_since timestamptz,
  consecutive_failures int not null default 0 check (consecutive_failures >= 0),
  -- Whether the last attempt went well: only then several are under way at once.
  is_proven boolean not null default false,
  retry_at timestamptz,
  check ((state = 'DISABLED') = (disabled_at is not null and disabled_because is not null))
);
create index webhook_endpoint_of_party on webhook_endpoint (party_id, id desc) where state <> 'REMOVED';
create index webhook_endpoint_enabled on webhook_endpoint (id) where state = 'ENABLED';

-- Sealed where the configuration has a key: see docs/decisions/webhooks.md.
create table webhook_secret (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint,
  sealed bytea not null,
  created_at timestamptz not null,
  -- Until when it signs beside a newer one; null for the newest.
  retires_at timestamptz check (retires_at >= created_at)
);
create unique index one_newest_secret on webhook_secret (endpoint_id) where retires_at is null;
create index webhook_secret_of_endpoint on webhook_secret (endpoint_id, created_at desc);

create table webhook_delivery (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint,
  party_id uuid not null references party,
  -- Null for a ping. Events are kept longer than deliveries.
  event_id uuid,
  message_id text not null,
  kind text not null,
  state text not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
  attempts int not null default 0 check (attempts >= 0),
  created_at timestamptz not null,
  first_attempt_at timestamptz,
  next_attempt_at timestamptz not null,
  leased_until timestamptz,
  ended_at timestamptz,
  check ((state = 'PENDING') = (ended_at is null)),
  constraint one_delivery_per_event unique (endpoint_id, event_id)
);
create index webhook_delivery_pending on webhook_delivery (endpoint_id, next_attempt_at, id) where state = 'PENDING';
create index webhook_delivery_of_endpoint on webhook_delivery (endpoint_id, id desc);
create index webhook_delivery_ended on webhook_delivery (ended_at) where state <> 'PENDING';

create table webhook_attempt (
  id uuid primary key,
  delivery_id uuid not null references webhook_delivery on delete cascade,
  at timestamptz not null,
  duration_ms int not null check (duration_ms >= 0),
  status int,
  error text
);
create index webhook_attempt_of_delivery on webhook_attempt (delivery_id, id desc);
`;
