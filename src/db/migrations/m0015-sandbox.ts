/**
 * What an alliance has only when it is a sandbox: the time that it goes by, the moves of it that were asked for, and the
 * stories that were run.
 */
export const sandbox = /* sql */ `
-- One row in a sandbox, none in any other alliance.
create table sandbox_clock (
  is_one boolean primary key default true check (is_one),
  started_at timestamptz not null,
  now timestamptz not null check (now >= started_at)
);

create function sandbox_clock_moves() returns trigger language plpgsql as $$
begin
  if new.now < old.now then
    raise exception 'the clock of a sandbox never goes back' using errcode = '23514', constraint = 'sandbox_clock_goes_forward';
  end if;
  perform pg_notify('sandbox_clock', '');
  return new;
end $$;
create trigger sandbox_clock_moves before update on sandbox_clock for each row execute function sandbox_clock_moves();

create table sandbox_move (
  id uuid primary key,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reached_at timestamptz,
  check (to_at > from_at),
  check (reached_at >= from_at and reached_at <= to_at)
);

create table sandbox_story_run (
  id uuid primary key,
  story text not null,
  began_at timestamptz not null,
  ended_at timestamptz not null check (ended_at >= began_at),
  brand_id uuid not null references brand,
  line_id uuid not null,
  steps jsonb not null
);
`;
