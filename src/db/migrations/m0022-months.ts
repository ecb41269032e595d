import { APP_ROLE, appendOnly } from '../rights.ts';

/** Tables whose rows lie in months, with the column that tells the month of a row by the time in its id. */
const MONTHLY = [
  ['order_event', 'line_id'],
  ['order_line', 'id'],
  ['frozen_terms', 'line_id'],
  ['waterfall_node', 'line_id'],
  ['commission_step', 'line_id'],
  ['commission_entry', 'line_id'],
  ['line_settlement', 'line_id'],
  ['click', 'id'],
] as const;

/** Those of them whose rows are never changed. */
const FROZEN = ['frozen_terms', 'commission_step', 'commission_entry', 'line_settlement'];

/** What makes months, and puts them away. Every one of these wants the owner's rights. */
const FUNCTIONS = /* sql */ `
-- The tables that lie in months, in the order in which they are locked.
create function monthly_tables() returns table (name text, key text, no int) language sql immutable as $$
  select * from (values ${MONTHLY.map(([name, key], no) => `('${name}', '${key}', ${no})`).join(', ')}) t
$$;

-- The smallest id of version 7 that can be made at a time: the bound between two months.
create function first_id_at(at timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- The month, such as 2026_11, in which an id of version 7 was made, by UTC; null for other ids.
create function month_of_id(id uuid) returns text language sql immutable as $$
  select case when substr(id::text, 15, 1) = '7' then
    to_char(to_timestamp(('x' || lpad(translate(left(id::text, 13), '-', ''), 16, '0'))::bit(64)::bigint / 1000)
      at time zone 'UTC', 'YYYY_MM') end
$$;

create function start_of_month(month text) returns timestamptz language sql immutable as $$
  select make_timestamptz(split_part(month, '_', 1)::int, split_part(month, '_', 2)::int, 1, 0, 0, 0, 'UTC')
$$;

-- A partition is written through its parent only, whose rights are then asked: it gives none itself. Where there is no
-- role to have rights, a trigger refuses statements that name the partition; those that name the parent do not fire it.
create function guard_partition(part regclass) returns void language plpgsql as $$
begin
  if exists (select from pg_roles where rolname = '${APP_ROLE}' and pg_has_role(oid, 'MEMBER')) then
    execute format('revoke all on %s from ${APP_ROLE}', part);
  else
    execute format('create trigger parent_only before insert or update or delete or truncate on %s
      for each statement execute function refuse_change()', part);
  end if;
end $$;

-- Makes a table part of its parent. Rows of the month that the default partition has caught move in before. The check on
-- the table says what the bounds say, so that PostgreSQL reads nothing of it to believe them.
create function attach_partition(parent text, key text, month text) returns void language plpgsql as $$
declare
  part text := parent || '_' || month;
  low uuid := first_id_at(start_of_month(month));
  high uuid := first_id_at(start_of_month(month) + interval '1 month');
  is_guarded boolean := exists (select from pg_trigger where tgname = 'parent_only' and tgrelid = part::regclass);
begin
  if is_guarded then
    execute format('alter table %I disable trigger parent_only', parent || '_default');
    execute format('alter table %I disable trigger parent_only', part);
  end if;
  execute format('lock table %I in access exclusive mode', parent || '_default');
  execute format('with moved as (delete from %I where %I >= %L and %I < %L returning *) insert into %I select * from moved',
    parent || '_default', key, low, key, high, part);
  if is_guarded then
    execute format('alter table %I enable trigger parent_only', parent || '_default');
    execute format('alter table %I enable trigger parent_only', part);
  end if;
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, low, high);
end $$;

-- Makes a month of one table, if it is not there, attached or detached. Gives whether it was made.
create function ensure_month(parent text, key text, month text) returns boolean language plpgsql as $$
declare part text := parent || '_' || month;
begin
  if to_regclass(part) is not null then return false; end if;
  -- Two processes may come to it at once; and a month that is put away meanwhile is there by then.
  perform pg_advisory_xact_lock(7246005);
  if to_regclass(part) is not null or exists (select from detached_month d where d.month = ensure_month.month) then
    return false;
  end if;
  execute format('create table %I (like %I including all)', part, parent);
  execute format('alter table %I add constraint in_its_month check (%I is not null and %I >= %L and %I < %L)', part, key, key,
    first_id_at(start_of_month(month)), key, first_id_at(start_of_month(month) + interval '1 month'));
  perform guard_partition(part::regclass);
  perform attach_partition(parent, key, month);
  return true;
end $$;

-- Makes the months from one time to another in all tables at once, for bulk loads; gives how many partitions were made.
create function ensure_months(since timestamptz, until timestamptz) returns int language sql as $$
  select count(*) filter (where ensure_month(name, key, month))::int
  from (select name, key, to_char(m, 'YYYY_MM') as month from monthly_tables(),
      generate_series(date_trunc('month', since at time zone 'UTC'), until at time zone 'UTC', interval '1 month') m
    order by m, no) asked
$$;
`;

/** What is left of a month when its tables are gone: its bounds, and the sums by which the books still add up. */
const DETACHED = /* sql */ `
create table detached_month (
  month text primary key check (month ~ '^[0-9]{4}_(0[1-9]|1[0-2])$'),
  first_id uuid not null,
  end_id uuid not null,
  lines bigint not null,
  detached_at timestamptz not null
);
create table detached_amount (
  month text not null references detached_month on delete cascade,
  transaction_id uuid not null,
  brand_id uuid not null,
  payee_id uuid not null,
  currency text not null,
  amount_minor bigint not null,
  primary key (month, transaction_id, brand_id, payee_id, currency)
);
create table detached_batch (
  month text not null references detached_month on delete cascade,
  batch_id uuid not null,
  lines int not null,
  primary key (month, batch_id)
);
`;

/** What holds a line and an event to be kept once, whatever month they lie in. */
const KEYS = /* sql */ `
create table order_line_key (
  brand_id uuid not null,
  source_id uuid not null,
  order_no text not null,
  line_no int not null,
  line_id uuid not null,
  primary key (brand_id, source_id, order_no, line_no)
);
insert into order_line_key select brand_id, source_id, order_no, line_no, id from order_line;

create table order_event_key (
  source_id uuid not null,
  event_id text not null,
  content_hash bytea not null,
  primary key (source_id, event_id)
);
insert into order_event_key select source_id, event_id, content_hash from order_event;

-- An event lies with its line, and while it waits for one in no month.
alter table order_event add column line_id uuid;
update order_event e set line_id = k.line_id from order_line_key k
  where k.brand_id = e.brand_id and k.source_id = e.source_id and k.order_no = e.order_no and k.line_no = e.line_no
    and not e.waiting;
alter table order_event
  drop constraint order_event_pkey,
  drop column content_hash,
  add constraint waits_while_it_has_no_line check (waiting = (line_id is null));
drop index order_event_of_line;
create index order_event_of_line on order_event (brand_id, line_id);
create index order_event_waiting_for on order_event (source_id, order_no, line_no) where waiting;
alter table order_line drop constraint order_line_brand_id_source_id_order_no_line_no_key;
`;

/** Turns tables into partitioned ones under their old names, with their columns, checks, indexes and rights. */
const SPLIT = /* sql */ `
do $$
declare
  t record;
  made text[];
  key_made text;
  one text;
begin
  for t in select name, key from monthly_tables() order by no loop
    made := array(select pg_get_indexdef(indexrelid) from pg_index where indrelid = t.name::regclass and not indisprimary);
    key_made := (select pg_get_constraintdef(oid) from pg_constraint where conrelid = t.name::regclass and contype = 'p');
    foreach one in array array(
      select c.relname from pg_index x join pg_class c on c.oid = x.indexrelid where x.indrelid = t.name::regclass)
    loop
      execute format('alter index %I rename to %I', one, one || '_before');
    end loop;
    execute format('alter table %I rename to %I', t.name, t.name || '_before');
    execute format('create table %I (like %I including defaults including constraints) partition by range (%I)',
      t.name, t.name || '_before', t.key);
    execute format('create table %I partition of %I default', t.name || '_default', t.name);
    if key_made is not null then execute format('alter table %I add %s', t.name, key_made); end if;
    -- They name the table by the name that the new one has now.
    foreach one in array made loop
      execute one;
    end loop;
    perform guard_partition((t.name || '_default')::regclass);
  end loop;
end $$;
`;

const MOVE = /* sql */ `
-- Ids of other versions than 7, which nobody but a test has, stay in the default partitions.
do $$
declare
  t record;
  m text;
  months text[] := '{}';
  found text[];
begin
  for t in select name, key from monthly_tables() order by no loop
    execute format('select array(select distinct month_of_id(%I) from %I where %I is not null)', t.key, t.name || '_before', t.key)
      into found;
    months := months || found;
  end loop;
  -- Near to now: what is later or much earlier than the alliance can be has no time in its id.
  for m in select distinct u from unnest(months) u
    where u between '2000_01' and to_char(now() at time zone 'UTC' + interval '1 year', 'YYYY_MM') order by 1
  loop
    perform ensure_months(start_of_month(m), start_of_month(m));
  end loop;
  -- The worker makes further ones; a database that is made for a moment is not made slower by them.
  perform ensure_months(now(), date_trunc('month', now()) + interval '1 month 1 day');
  for t in select name from monthly_tables() order by no loop
    execute format('insert into %I select * from %I', t.name, t.name || '_before');
    execute format('drop table %I', t.name || '_before');
    execute format('analyze %I', t.name);
  end loop;
end $$;
`;

/** Lines, what hangs on them, and clicks lie in months. Why it is so stands in docs/decisions/partitions.md. */
export const months = [
  FUNCTIONS,
  DETACHED,
  KEYS,
  SPLIT,
  MOVE,
  appendOnly([
    ...FROZEN,
    'order_line_key',
    'order_event_key',
    'detached_month',
    'detached_amount',
    'detached_batch',
  ]),
  /* sql */ `
do $$
begin
  if exists (select from pg_roles where rolname = '${APP_ROLE}' and pg_has_role(oid, 'MEMBER')) then
    -- What excuses a line from being there is written by whoever puts months away, with the owner's rights.
    revoke insert on detached_month, detached_amount, detached_batch from ${APP_ROLE};
  end if;
end $$;`,
].join('\n');
