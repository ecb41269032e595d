/** Recruiting campaigns in full: places, commitment, spread, second-level agencies, decisions on enrolments. */
export const campaigns = /* sql */ `
alter table recruiting_campaign
  add column pays text not null default 'SERVICE_FEE' check (pays in ('SERVICE_FEE', 'SPREAD')),
  add column commitment_days int not null default 0 check (commitment_days between 0 and 365),
  add column places int check (places > 0),
  add column places_taken int not null default 0 check (places_taken >= 0),
  add column second_level_open boolean not null default false,
  add constraint a_campaign_takes_no_more_than_its_places check (places_taken <= places),
  add constraint spread_has_no_second_level check (pays = 'SERVICE_FEE' or not second_level_open);
create index recruiting_campaign_open on recruiting_campaign (id) where closes_at is null;

alter table enrolment
  drop constraint enrolment_state_check,
  add constraint enrolment_state_check
    check (state in ('PENDING', 'APPROVED', 'REJECTED', 'REJECTED_FOR_GOOD', 'WITHDRAWN', 'ENDED')),
  add column decided_at timestamptz,
  add column committed_until timestamptz,
  add column leave_asked_by uuid references party,
  add column leave_asked_at timestamptz,
  add column ends_at timestamptz,
  add constraint who_asked_to_leave_did_so_at_a_time check ((leave_asked_by is null) = (leave_asked_at is null));
create index enrolment_of_parent on enrolment (parent_id) where parent_id is not null;
create index enrolment_of_agency on enrolment (agency_id, id);
create unique index rejected_for_good_stays_so
  on enrolment (campaign_id, product_id) where state = 'REJECTED_FOR_GOOD';

-- A second-level agency sets its part of the fee only: the commission is the first agency's.
alter table enrolment_terms alter column commission_bp drop not null;

alter table promotion_link
  add column creator_part_bp int check (creator_part_bp between 1 and 9000),
  add constraint a_part_is_of_an_enrolment check (creator_part_bp is null or enrolment_id is not null);

-- What the brand pays is the first agency's version; the second-level agency's own one stands beside it.
alter table frozen_terms
  add column second_terms_id uuid,
  add column creator_part_bp int;
update frozen_terms f set second_terms_id = f.enrolment_terms_id, enrolment_terms_id = first.id
from enrolment_terms t
join enrolment e on e.id = t.enrolment_id
join enrolment_terms first on first.enrolment_id = e.parent_id and first.version = 1
where t.id = f.enrolment_terms_id;
`;
