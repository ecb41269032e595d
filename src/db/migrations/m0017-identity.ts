import { appendOnly } from '../rights.ts';

/** Keys that are replaced one by another, the audit log as its readers need it, and the limit of failed logins. */
export const identity = /* sql */ `
alter table api_key
  add column replaces_id uuid references api_key check (replaces_id <> id),
  add column expires_at timestamptz;
-- Two keys live at once for a rotation and never three: whoever rotates twice at one moment is left with one new key.
create unique index api_key_replaced_once on api_key (replaces_id) where revoked_at is null;

-- It held the bare id of the object; since now the global one.
alter table audit_entry rename column target to object;
alter table audit_entry
  -- Somebody without an account here, as their token names them.
  add column subject text,
  add column request_id uuid,
  add column error_types text[] not null default '{}',
  add column input_fields text[] not null default '{}',
  -- Failed logins stand together, those of one address and minute.
  add column attempts int not null default 1 check (attempts > 0),
  add check (outcome in ('DONE', 'REPEATED', 'REFUSED', 'FAILED')) not valid;
drop index audit_entry_of_party;
create index audit_entry_by_time on audit_entry (at, id);
create index audit_entry_by_operation on audit_entry (operation, at, id);
create index audit_entry_by_object on audit_entry (object, at, id) where object is not null;
create index audit_entry_by_key on audit_entry (api_key_id, at, id) where api_key_id is not null;
create index audit_entry_by_user on audit_entry (user_id, at, id) where user_id is not null;

-- Whose log an entry stands in: an operator's act is also in that of the owner of what it was done to.
create table audit_concern (
  party_id uuid not null,
  at timestamptz not null,
  entry_id uuid not null,
  operation text not null,
  primary key (party_id, at, entry_id)
);
create index audit_concern_by_operation on audit_concern (party_id, operation, at, entry_id);
create index audit_concern_by_entry on audit_concern (entry_id);
insert into audit_concern select party_id, at, id, operation from audit_entry where party_id is not null;
${appendOnly(['audit_concern'])}

-- When all failed logins of an address, or on a key, are worn off. By the time of the database, which all servers share.
create table failed_login_limit (
  who text primary key,
  clear_at timestamptz not null
);
create index failed_login_limit_clear on failed_login_limit (clear_at);
`;
