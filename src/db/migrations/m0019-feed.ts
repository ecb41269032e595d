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

-- For whom an event is: one row each of its parties, so that each reads along its own. Deleted with the event.
create table outbox_audience (
  party_id uuid not null,
  xid bigint not null,
  event_id uuid not null,
  primary key (party_id, xid, event_id)
);
insert into outbox_audience select unnest(party_ids), xid, id from outbox_event;
`;
