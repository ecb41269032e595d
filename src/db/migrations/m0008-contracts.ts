/** Contracts in full: proposals, numbered versions, what may be seen part by part, ending. */
export const contracts = /* sql */ `
alter table contract_terms
  drop constraint contract_terms_visibility_check,
  drop constraint contract_terms_check,
  add column version int not null default 1 check (version > 0),
  add constraint what_may_be_seen_is_of_known_parts check
    (visibility <@ array['SHOWCASE', 'LINKS', 'SAMPLES', 'ENGAGEMENTS', 'ORDERS', 'EARNINGS']),
  -- A version that never came into force stays with an empty interval.
  add constraint terms_do_not_end_before_they_begin check (valid_to >= valid_from);
update contract_terms t set version = n.no
  from (select id, row_number() over (partition by contract_id order by valid_from) no from contract_terms) n
  where n.id = t.id and n.no > 1;
-- Whoever agreed to SHOWCASE has so far agreed to the links, too.
update contract_terms set visibility = array_append(visibility, 'LINKS') where 'SHOWCASE' = any(visibility);
create unique index one_version_of_a_number on contract_terms (contract_id, version);
`;
