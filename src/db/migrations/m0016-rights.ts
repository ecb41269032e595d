import { APP_ROLE, APPEND_ONLY_AT_FIRST, appendOnly } from '../rights.ts';

/**
 * The role of the application: all rights to the rows, none to the tables, and on what is append-only none to change
 * it. Roles belong to the whole server, so that the role may be there already, or just be made for another database.
 */
export const rights = /* sql */ `
do $$
begin
  if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
    begin
      create role ${APP_ROLE} nologin;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then raise notice 'role ${APP_ROLE} cannot be made: triggers refuse in its place';
    end;
  end if;
end $$;

do $$
begin
  if exists (select from pg_roles where rolname = '${APP_ROLE}' and not pg_has_role(oid, 'MEMBER')) then
    begin
      grant ${APP_ROLE} to current_user;
    exception
      when unique_violation or insufficient_privilege then null;
      -- "tuple concurrently updated": it is being granted for another database of this user.
      when internal_error then null;
    end;
  end if;
end $$;

do $$
declare here text := current_schema();
begin
  if exists (select from pg_roles where rolname = '${APP_ROLE}' and pg_has_role(oid, 'MEMBER')) then
    execute format('grant usage on schema %I to ${APP_ROLE}', here);
    execute format('grant select, insert, update, delete on all tables in schema %I to ${APP_ROLE}', here);
    execute format('grant usage, select, update on all sequences in schema %I to ${APP_ROLE}', here);
    execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to ${APP_ROLE}', here);
    execute format('alter default privileges in schema %I grant usage, select, update on sequences to ${APP_ROLE}', here);
  end if;
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'permission denied for table %: its rows are never changed', tg_table_name using errcode = '42501';
end $$;

${appendOnly(APPEND_ONLY_AT_FIRST)}`;
