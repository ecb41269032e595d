/** Certificates of agencies as facts with dates, belts and live bases, members. */
export const certification = /* sql */ `
create table certification_window (
  id uuid primary key,
  title text not null check (length(title) between 1 and 200),
  about text not null,
  services text[] not null check (cardinality(services) > 0),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  min_staff int not null check (min_staff between 0 and 1000000),
  min_finished_cases int not null check (min_finished_cases between 0 and 1000000),
  founded_before date,
  office_needed boolean not null,
  certificate_months int not null check (certificate_months between 1 and 120),
  check (services <@ array['RECRUITING', 'CREATOR_MANAGEMENT', 'CONTENT', 'BELT_BASE']),
  check (closes_at >= opens_at)
);

create table certification_application (
  id uuid primary key,
  window_id uuid not null references certification_window,
  agency_id uuid not null references agency,
  services text[] not null check (cardinality(services) > 0),
  staff int not null check (staff >= 0),
  finished_cases int not null check (finished_cases >= 0),
  founded_on date not null,
  office_address text,
  statement text not null,
  state text not null check (state in ('APPLIED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
  applied_at timestamptz not null,
  decided_at timestamptz,
  reasons text[] not null,
  check ((state = 'APPLIED') = (decided_at is null)),
  constraint a_rejection_has_reasons check ((state = 'REJECTED') = (cardinality(reasons) > 0))
);
create unique index one_undecided_application_per_agency
  on certification_application (agency_id) where state = 'APPLIED';
create index certification_application_of_agency on certification_application (agency_id, id);
create index certification_application_of_window on certification_application (window_id, id);

-- One row a service: a renewal begins where the old certificate ends, so two never hold at once.
create table agency_certificate (
  id uuid primary key,
  agency_id uuid not null references agency,
  service text not null check (service in ('RECRUITING', 'CREATOR_MANAGEMENT', 'CONTENT', 'BELT_BASE')),
  application_id uuid references certification_application,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  reminded_days int,
  expiry_seen_at timestamptz,
  check (valid_to > valid_from),
  constraint one_certificate_per_service_at_a_time
    exclude using gist (agency_id with =, service with =, tstzrange(valid_from, valid_to) with &&)
);
create index agency_certificate_of_agency on agency_certificate (agency_id, id);
create index agency_certificate_by_end on agency_certificate (valid_to) where expiry_seen_at is null;

create table agency_suspension (
  id uuid primary key,
  agency_id uuid not null references agency,
  reason text not null check (length(reason) between 1 and 500),
  suspended_at timestamptz not null,
  ends_at timestamptz,
  reinstated_at timestamptz,
  end_seen_at timestamptz,
  check (ends_at > suspended_at),
  check (reinstated_at >= suspended_at),
  constraint one_suspension_at_a_time
    exclude using gist (agency_id with =, tstzrange(suspended_at, least(ends_at, reinstated_at)) with &&)
);
create index agency_suspension_of_agency on agency_suspension (agency_id, id);
create index agency_suspension_running on agency_suspension (ends_at) where end_seen_at is null;

insert into agency_certificate (id, agency_id, service, valid_from, valid_to, reminded_days, expiry_seen_at)
  select gen_random_uuid(), a.id, s, p.created_at, a.certified_until, null, null
  from agency a join party p using (id) cross join unnest(a.services) s
  where a.certification = 'APPROVED' and a.certified_until > p.created_at;
alter table agency drop column certification, drop column certified_until;

create table agency_figures (
  agency_id uuid primary key references agency,
  creators int not null,
  campaigns int not null,
  products int not null,
  order_lines bigint,
  gmv_minor bigint,
  currency text not null,
  counted_at timestamptz not null,
  check ((order_lines is null) = (gmv_minor is null))
);

create table belt_join (
  id uuid primary key,
  belt_id uuid not null references industrial_belt,
  brand_id uuid not null references brand,
  state text not null check (state in ('ASKED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
  message text not null,
  reason text,
  asked_at timestamptz not null,
  decided_at timestamptz,
  check ((state = 'ASKED') = (decided_at is null)),
  constraint who_declines_says_why check ((state = 'DECLINED') = (reason is not null))
);
create unique index one_open_request_per_brand on belt_join (brand_id) where state = 'ASKED';
create index belt_join_of_belt on belt_join (belt_id, id);
create index belt_join_of_brand on belt_join (brand_id, id);
create index industrial_belt_of_agency on industrial_belt (agency_id, id);

create table live_base (
  id uuid primary key,
  belt_id uuid not null references industrial_belt,
  name text not null,
  city text not null,
  address text not null,
  rooms int not null check (rooms between 1 and 10000),
  state text not null check (state in ('OPEN', 'CLOSED')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  check ((state = 'CLOSED') = (closed_at is not null))
);
create index live_base_of_belt on live_base (belt_id, id);
create unique index one_open_live_base_of_a_name on live_base (belt_id, name) where state = 'OPEN';
`;
