import { appendOnly } from '../rights.ts';

/**
 * Source goods: what products say of where they come from, with the evidence, and the closings of outside shops. Both
 * hold over half-open intervals; see docs/decisions/source.md.
 */
export const source = /* sql */ `
create table source_story (
  id uuid primary key,
  product_id uuid not null references product,
  brand_id uuid not null references brand,
  version int not null check (version > 0),
  kind text not null check (kind in ('FACTORY', 'ORIGIN', 'BELT')),
  place text not null check (length(place) between 1 and 200),
  about text not null check (length(about) <= 2000),
  belt_id uuid references industrial_belt,
  -- The agency of the belt, which confirms it.
  agency_id uuid references agency,
  live_base_id uuid references live_base,
  state text not null check (state in ('SUBMITTED', 'CONFIRMED', 'VERIFIED', 'REJECTED', 'WITHDRAWN', 'SUPERSEDED',
    'EXPIRED', 'REVOKED', 'LEFT_BELT')),
  submitted_by uuid not null references party,
  submitted_at timestamptz not null,
  confirmed_at timestamptz check (confirmed_at >= submitted_at),
  -- In force over [verified_at, least(expires_at, ended_at)).
  verified_at timestamptz check (verified_at >= coalesce(confirmed_at, submitted_at)),
  -- When the first of its documents ends.
  expires_at timestamptz check (expires_at > coalesce(verified_at, submitted_at)),
  ended_at timestamptz check (ended_at >= coalesce(verified_at, confirmed_at, submitted_at)),
  reason text check (length(reason) between 1 and 500),
  unique (product_id, version),
  check ((belt_id is null) = (agency_id is null)),
  check (kind <> 'BELT' or belt_id is not null),
  check (live_base_id is null or belt_id is not null),
  check ((state in ('SUBMITTED', 'CONFIRMED', 'VERIFIED')) = (ended_at is null)),
  check (state <> 'CONFIRMED' or confirmed_at is not null),
  check (confirmed_at is null or belt_id is not null),
  -- What names a belt is not verified before the agency of the belt stands for it.
  check (verified_at is null or (belt_id is null) = (confirmed_at is null)),
  check (state not in ('VERIFIED', 'SUPERSEDED', 'EXPIRED', 'REVOKED') or verified_at is not null),
  check (state not in ('SUBMITTED', 'CONFIRMED', 'REJECTED', 'WITHDRAWN') or verified_at is null),
  check ((state in ('REJECTED', 'REVOKED')) = (reason is not null)),
  constraint source_stories_follow_each_other
    exclude using gist (product_id with =, tstzrange(verified_at, least(expires_at, ended_at)) with &&)
    where (verified_at is not null)
);
create unique index one_source_story_waits_per_product on source_story (product_id)
  where state in ('SUBMITTED', 'CONFIRMED');
create unique index one_source_story_verified_per_product on source_story (product_id) where state = 'VERIFIED';
create index source_story_of_product on source_story (product_id, id desc);
create index source_story_of_brand on source_story (brand_id, id desc);
create index source_story_of_agency on source_story (agency_id, id desc) where agency_id is not null;
create index source_story_waiting on source_story (id) where state in ('SUBMITTED', 'CONFIRMED');
create index source_story_expiring on source_story (expires_at) where state = 'VERIFIED' and expires_at is not null;

-- What proves it. The files lie elsewhere: here stand their hashes, so that nobody can put another file in their place.
create table source_document (
  id uuid primary key,
  story_id uuid not null references source_story,
  position int not null check (position > 0),
  kind text not null check (kind in ('BUSINESS_LICENCE', 'FACTORY_AUDIT', 'ORIGIN_CERTIFICATE',
    'GEOGRAPHICAL_INDICATION', 'TEST_REPORT', 'PHOTOGRAPH', 'OTHER')),
  title text not null check (length(title) between 1 and 200),
  issuer text not null check (length(issuer) between 1 and 200),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  url text check (length(url) <= 500),
  issued_at timestamptz not null,
  expires_at timestamptz check (expires_at > issued_at),
  unique (story_id, position),
  unique (story_id, sha256)
);
${appendOnly(['source_document'])}

-- An outside shop is closed over [valid_from, valid_to): no product of it is listed, and none stands in the pool.
create table outside_closing (
  id uuid primary key,
  source text not null check (source in ('TAOBAO', 'TMALL', 'JD', 'PINDUODUO', 'YOUZAN', 'MOKUAI')),
  version int not null check (version > 0),
  reason text not null check (length(reason) between 1 and 500),
  announced_at timestamptz not null,
  valid_from timestamptz not null check (valid_from >= announced_at),
  valid_to timestamptz check (valid_to >= valid_from),
  unique (source, version),
  constraint outside_closings_follow_each_other exclude using gist (source with =, tstzrange(valid_from, valid_to) with &&)
);
create index outside_closing_by_beginning on outside_closing (valid_from);

-- What a closing takes out of the pool.
create index product_of_outside_source on product (source, id) where state = 'LISTED' and source <> 'OWN_SHOP';

-- The kind of the verified source story of the product, if it has one.
alter table pool_entry add column source_kind text;
create index pool_of_source_goods on pool_entry (score desc, product_id desc) where source_kind is not null;
create index pool_of_outside_source on pool_entry (source) where source <> 'OWN_SHOP';
`;
