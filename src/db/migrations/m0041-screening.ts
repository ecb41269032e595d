import { appendOnly } from '../rights.ts';
import { FIRST_CLAIM_RULES } from './m0025-rules.ts';

const EVERY_PART = { near: [], within: 0, unless: [], onlyCategoryIds: [], exceptCategoryIds: [] };
const FIRST_RULES = JSON.stringify(FIRST_CLAIM_RULES.map((rule) => ({ ...EVERY_PART, ...rule })));

/**
 * The screening of claims: rules in versions over half-open intervals, what they or members have found in texts, what was
 * decided on it, and the penalties with their appeals; see docs/decisions/screening.md.
 */
export const screening = /* sql */ `
create table claim_rules (
  id uuid primary key,
  version int not null unique,
  rules jsonb not null check (jsonb_typeof(rules) = 'array'),
  valid_from timestamptz not null,
  valid_to timestamptz,
  check (valid_to >= valid_from),
  constraint claim_rules_follow_each_other exclude using gist (tstzrange(valid_from, valid_to) with &&)
);
insert into claim_rules values (gen_random_uuid(), 1, '${FIRST_RULES.replaceAll("'", "''")}', '2000-01-01T00:00:00Z', null);

-- What is wrong with the text of a product, of the plan of a live session or of a live session.
create table claim_finding (
  id uuid primary key,
  product_id uuid references product,
  live_plan_id uuid references live_plan,
  live_session_id uuid references live_session,
  -- Whose text it is.
  party_id uuid not null references party,
  -- SHA-256 of the text: what is decided is decided on this one.
  text_hash text not null,
  state text not null check (state in ('OPEN', 'UPHELD', 'DISMISSED', 'SUPERSEDED')),
  severity text not null check (severity in ('BLOCK', 'REVIEW')),
  -- The version of the rules that has found the hits; null while only members have reported it.
  rules_version int references claim_rules (version),
  hits jsonb not null,
  found_at timestamptz not null,
  decided_at timestamptz check (decided_at >= found_at),
  reason text check (length(reason) between 1 and 500),
  check (num_nonnulls(product_id, live_plan_id, live_session_id) = 1),
  check ((rules_version is null) = (hits = '[]')),
  check ((state = 'OPEN') = (decided_at is null)),
  check ((state in ('UPHELD', 'DISMISSED')) = (reason is not null))
);
-- A text has one finding open at most: what else is found in it, or reported of it, is added to that one.
create unique index one_open_finding_per_product on claim_finding (product_id) where state = 'OPEN';
create unique index one_open_finding_per_live_plan on claim_finding (live_plan_id) where state = 'OPEN';
create unique index one_open_finding_per_live_session on claim_finding (live_session_id) where state = 'OPEN';
create index claim_finding_of_product on claim_finding (product_id, id desc) where product_id is not null;
create index claim_finding_of_live_plan on claim_finding (live_plan_id, id desc) where live_plan_id is not null;
create index claim_finding_of_live_session on claim_finding (live_session_id, id desc) where live_session_id is not null;
create index claim_finding_of_party on claim_finding (party_id, id desc);
create index claim_finding_open on claim_finding (id) where state = 'OPEN';

create table claim_report (
  id uuid primary key,
  finding_id uuid not null references claim_finding,
  reporter_id uuid not null references party,
  -- The same text is reported once by each.
  subject_id uuid not null,
  text_hash text not null,
  words text not null check (length(words) between 1 and 1000),
  reported_at timestamptz not null,
  constraint one_report_per_text unique (reporter_id, subject_id, text_hash)
);
create index claim_report_of_reporter on claim_report (reporter_id, id desc);
create index claim_report_by_day on claim_report (reporter_id, reported_at);
create index claim_report_of_finding on claim_report (finding_id, id desc);

-- What became of a report is what became of its finding.
create view claim_report_outcome as
  select r.id, r.finding_id, r.reporter_id, r.words, r.reported_at, f.state, f.decided_at, f.product_id, f.live_plan_id,
    f.live_session_id
  from claim_report r join claim_finding f on f.id = r.finding_id;

create table claim_penalty (
  id uuid primary key,
  finding_id uuid not null references claim_finding,
  party_id uuid not null references party,
  kind text not null check (kind in ('WARNING', 'SUSPENDED', 'EXPELLED')),
  given_at timestamptz not null,
  -- A suspension holds over [given_at, ends_at), an expulsion without end; either until it is lifted.
  ends_at timestamptz check (ends_at > given_at),
  lifted_at timestamptz check (lifted_at >= given_at),
  appeal_state text check (appeal_state in ('OPEN', 'GRANTED', 'REJECTED')),
  appeal_text text check (length(appeal_text) between 1 and 2000),
  appealed_at timestamptz check (appealed_at >= given_at),
  appeal_note text check (length(appeal_note) between 1 and 500),
  appeal_decided_at timestamptz check (appeal_decided_at >= appealed_at),
  constraint one_penalty_per_finding unique (finding_id),
  check ((kind = 'SUSPENDED') = (ends_at is not null)),
  check ((appeal_state is null) = (appeal_text is null)),
  check ((appeal_state is null) = (appealed_at is null)),
  check ((coalesce(appeal_state, 'OPEN') = 'OPEN') = (appeal_decided_at is null)),
  check ((appeal_decided_at is null) = (appeal_note is null)),
  check ((lifted_at is not null) = (appeal_state is not distinct from 'GRANTED'))
);
create index claim_penalty_of_party on claim_penalty (party_id, id desc);
create index claim_penalty_holding on claim_penalty (party_id) where kind <> 'WARNING' and lifted_at is null;
create index claim_appeal_open on claim_penalty (id) where appeal_state = 'OPEN';
${appendOnly(['claim_report'])}
`;
