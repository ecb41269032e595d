/** Servers keep the names of parties and categories, and hear here that one was changed. */
export const names = /* sql */ `
create function tell_names() returns trigger language plpgsql as $$
begin
  perform pg_notify('names', '');
  return null;
end $$;

create trigger name_of_party after update of name on party
  for each statement execute function tell_names();
create trigger name_of_category after update of name_zh, name_en on category
  for each statement execute function tell_names();
`;
