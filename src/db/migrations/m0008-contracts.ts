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
create index contract_terms_newest_contract on contract_terms (agency_id, contract_id);

alter table creator_contract
  add column end_asked_by uuid references party,
  add column end_asked_at timestamptz,
  add column end_reason text,
  add column ended_at timestamptz,
  add constraint who_asked_for_the_end_did_so_at_a_time check ((end_asked_by is null) = (end_asked_at is null)),
  add constraint a_reason_is_of_a_request check (end_reason is null or end_asked_by is not null);
create index creator_contract_not_ended on creator_contract (id) where ended_at is null;

create table contract_proposal (
  id uuid primary key,
  kind text not null check (kind in ('INVITATION', 'CHANGE')),
  state text not null check (state in ('PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LAPSED')),
  agency_id uuid not null references agency,
  creator_id uuid not null references creator,
  contract_id uuid references creator_contract,
  proposed_by uuid not null references party,
  share_bp int not null check (share_bp between 0 and 10000),
  visibility text[] not null
    check (visibility <@ array['SHOWCASE', 'LINKS', 'SAMPLES', 'ENGAGEMENTS', 'ORDERS', 'EARNINGS']),
  starts_at timestamptz,
  ends_at timestamptz,
  message text not null,
  decline_reason text,
  proposed_at timestamptz not null,
  lapses_at timestamptz not null,
  decided_at timestamptz,
  check (ends_at > starts_at),
  check (lapses_at > proposed_at),
  constraint one_of_the_sides_proposes check (proposed_by in (agency_id, creator_id)),
  constraint agencies_invite check (kind = 'CHANGE' or proposed_by = agency_id),
  constraint a_change_is_of_a_contract check (kind = 'INVITATION' or contract_id is not null),
  constraint what_is_accepted_has_a_contract check (state <> 'ACCEPTED' or contract_id is not null),
  constraint what_is_decided_was_so_at_a_time check ((state = 'PROPOSED') = (decided_at is null)),
  constraint who_declines_may_say_why check (decline_reason is null or state = 'DECLINED')
);
create unique index one_open_invitation_per_agency_and_creator
  on contract_proposal (agency_id, creator_id) where kind = 'INVITATION' and state = 'PROPOSED';
create unique index one_open_change_per_contract
  on contract_proposal (contract_id) where kind = 'CHANGE' and state = 'PROPOSED';
create index contract_proposal_due on contract_proposal (lapses_at) where state = 'PROPOSED';
create index contract_proposal_of_agency on contract_proposal (agency_id, id);
create index contract_proposal_of_creator on contract_proposal (creator_id, id);
create index contract_proposal_of_contract on contract_proposal (contract_id, id) where contract_id is not null;
`;
