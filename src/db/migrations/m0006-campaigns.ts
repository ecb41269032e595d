/** Recruiting campaigns in full: places, commitment, spread, second-level agencies, decisions on enrolments. */
export const campaigns = /* sql */ `
alter table recruiting_campaign
  add column pays text not null default 'SERVICE_FEE' check (pays in ('SERVICE_FEE', 'SPREAD')),
  add column commitment_days int not null default 0 check (commitment_days between 0 and 365),
  add column places int check (places > 0),
  add column places_taken int not null default 0 check (places_taken >= 0),
  add column second_level_open boolean not null default false,
  add column closed_at timestamptz,
  add constraint a_campaign_takes_no_more_than_its_places check (places_taken <= places),
  add constraint spread_has_no_second_level check (pays = 'SERVICE_FEE' or not second_level_open),
  add constraint spread_has_no_service_fee check (pays = 'SERVICE_FEE' or min_service_fee_bp = 0),
  add constraint a_closed_campaign_has_an_end check (closed_at is null or closes_at is not null);
create index recruiting_campaign_open on recruiting_campaign (id) where closes_at is null;
create index campaign_of_category on campaign_category (category_id, campaign_id);

-- level and parent_level make the foreign key refuse an enrolment below one that itself stands below another.
alter table enrolment
  drop constraint enrolment_state_check,
  add constraint enrolment_state_check
    check (state in ('PENDING', 'APPROVED', 'REJECTED', 'REJECTED_FOR_GOOD', 'WITHDRAWN', 'ENDED')),
  add column decided_at timestamptz,
  add column committed_until timestamptz,
  add column leave_asked_by uuid references party,
  add column leave_asked_at timestamptz,
  add column leave_agreed_by uuid[] not null default '{}',
  add column ends_at timestamptz,
  add column level smallint not null generated always as (case when parent_id is null then 1 else 2 end) stored,
  add column parent_level smallint generated always as (case when parent_id is not null then 1 end) stored,
  add unique (id, level),
  add constraint at_most_two_agency_levels foreign key (parent_id, parent_level) references enrolment (id, level),
  add constraint who_asked_to_leave_did_so_at_a_time check ((leave_asked_by is null) = (leave_asked_at is null)),
  add constraint who_agrees_to_leave_was_asked check (leave_asked_by is not null or leave_agreed_by = '{}');
create index enrolment_of_campaign on enrolment (campaign_id, id);
create index enrolment_of_parent on enrolment (parent_id) where parent_id is not null;
create index enrolment_of_agency on enrolment (agency_id, id);
create index enrolment_ending on enrolment (campaign_id, ends_at) where state = 'APPROVED' and ends_at is not null;
drop index one_live_enrolment_per_product;
create unique index one_live_enrolment_or_a_refusal_for_good
  on enrolment (campaign_id, product_id) where state in ('PENDING', 'APPROVED', 'REJECTED_FOR_GOOD');

-- A second-level agency sets its part of the fee only: the commission is the first agency's.
alter table enrolment_terms alter column commission_bp drop not null;

-- What a bulk call on enrolments answered for each of them, to be given again when the call is repeated.
create table enrolment_batch (
  id uuid primary key,
  campaign_id uuid not null references recruiting_campaign,
  answers jsonb not null,
  created_at timestamptz not null
);

alter table promotion_link
  add column creator_part_bp int check (creator_part_bp between 1 and 9000),
  add constraint a_part_is_of_an_enrolment check (creator_part_bp is null or enrolment_id is not null);
create index promotion_link_of_enrolment on promotion_link (enrolment_id, id) where enrolment_id is not null;

create index frozen_terms_of_enrolment on frozen_terms (enrolment_terms_id, brand_id) where enrolment_terms_id is not null;

-- What the brand pays is the first agency's version; the second-level agency's own one stands beside it.
alter table frozen_terms
  add column second_terms_id uuid,
  add column creator_part_bp int;
create index frozen_terms_of_second on frozen_terms (second_terms_id, brand_id) where second_terms_id is not null;
update frozen_terms f set second_terms_id = f.enrolment_terms_id, enrolment_terms_id = first.id
from enrolment_terms t
join enrolment e on e.id = t.enrolment_id
join enrolment_terms first on first.enrolment_id = e.parent_id and first.version = 1
where t.id = f.enrolment_terms_id;
`;
