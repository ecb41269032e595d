/**
 * The outbox as a feed: its place in the one order, for whom each event is, and from where on events are kept. Why it is
 * so stands in docs/decisions/feed.md.
 */
export const feed = /* sql */ `
-- The one row that says how places are counted in this cluster, and up to which place events were deleted.
create table outbox_state (
  is_one boolean primary key default true check (is_one),
  -- Added to the id of a transaction: after a move to another cluster, where ids begin anew, places still go up.
  shift bigint not null,
  -- The cluster that the shift holds for.
  cluster text not null,
  deleted_xid bigint not null default 0,
  deleted_id uuid not null default '00000000-0000-0000-0000-000000000000'
);
insert into outbox_state (shift, cluster) values (0, '');

drop index outbox_event_by_transaction;
alter table outbox_event alter column xid drop default;
alter table outbox_event
  -- The transaction with the shift: the first part of the place in the order; the id is the second.
  alter column xid type bigint using xid::text::bigint,
  -- By the time of the database, also in a sandbox or a replay: for so long events are kept.
  add column written_at timestamptz not null default now();
create unique index outbox_event_by_place on outbox_event (xid, id);

-- For whom events are: the ids of all events of a transaction that are for a party, so that each reads along its own. An
-- intake of a thousand events writes a row for each party, not for each event and party.
create table outbox_audience (
  party_id uuid not null,
  xid bigint not null,
  -- The last of the events: whoever stands before it has not seen them all.
  last_id uuid not null,
  events int not null check (events > 0),
  event_ids uuid[] not null,
  primary key (party_id, xid, last_id)
);
create index outbox_audience_by_transaction on outbox_audience (xid);
insert into outbox_audience
  select party_id, xid, event_ids[cardinality(event_ids)], cardinality(event_ids), event_ids from (
    select unnest(party_ids) as party_id, xid, array_agg(id order by id) as event_ids from outbox_event group by 1, 2) a;
`;
