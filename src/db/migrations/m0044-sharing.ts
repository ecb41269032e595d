import { appendOnly } from '../rights.ts';

/**
 * Sharing by buyers (KOC): what a brand gives for it, who shares, by which links, and what each order has brought; see
 * docs/decisions/sharing.md.
 */
export const sharing = /* sql */ `
alter table ledger_account drop constraint ledger_account_kind_check;
alter table ledger_account add constraint ledger_account_kind_check check (kind in ('ESCROW', 'PAYABLE', 'RESERVE',
  'RECEIVABLE', 'REVENUE', 'SUBSIDY', 'PAYOUT_CLEARING', 'CASH', 'WITHHOLDING', 'BOOST', 'SHARES'));

-- What a brand gives to who shares, of the commission base, in versions. 0 ends it.
create table sharing_terms (
  id uuid primary key,
  brand_id uuid not null references brand,
  rate_bp int not null check (rate_bp between 0 and 1000),
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  set_at timestamptz not null,
  constraint one_sharing_rate_at_a_time exclude using gist (brand_id with =, tstzrange(valid_from, valid_to) with &&)
);

-- A buyer who shares, as one source of orders of the brand knows them.
create table sharer (
  id uuid primary key,
  brand_id uuid not null references brand,
  source_id uuid not null references order_source,
  buyer_ref text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- What was put aside for them so far, less what came back; and what of it they were given. It may be more: what comes
  -- back later is made good by what they are rewarded next.
  rewarded_minor bigint not null default 0 check (rewarded_minor >= 0),
  credited_minor bigint not null default 0 check (credited_minor >= 0),
  created_at timestamptz not null,
  stopped_at timestamptz,
  stop_reason text check (length(stop_reason) between 1 and 500),
  constraint one_sharer_per_buyer unique (brand_id, source_id, buyer_ref),
  check ((stopped_at is null) = (stop_reason is null))
);
create index sharer_of_brand on sharer (brand_id, id desc);

create table share_link (
  id uuid primary key,
  sharer_id uuid not null references sharer,
  brand_id uuid not null references brand,
  product_id uuid not null references product,
  -- The order line by which the sharer has bought it.
  line_id uuid not null,
  code text not null unique,
  created_at timestamptz not null,
  constraint one_share_link_per_product unique (sharer_id, product_id)
);

-- What an order line brings to whoever shared, or why it brings nothing.
create table share_reward (
  brand_id uuid not null,
  line_id uuid not null,
  share_link_id uuid references share_link,
  refused text check (refused in ('UNKNOWN_LINK', 'OTHER_PRODUCT', 'OWN_ORDER', 'STOPPED', 'SENT_BACK', 'NOT_OFFERED')),
  rate_bp int not null check (rate_bp between 0 and 1000),
  due_minor bigint not null default 0 check (due_minor >= 0),
  posted_minor bigint not null default 0 check (posted_minor >= 0),
  postings int not null default 0,
  -- From when on it is posted: once the goods were kept for the holding days of the line.
  ready_at timestamptz,
  primary key (brand_id, line_id),
  check ((refused is null) = (rate_bp > 0)),
  check (refused is not null or share_link_id is not null)
);
create index share_reward_of_link on share_reward (share_link_id, line_id);
create index share_reward_to_post on share_reward (ready_at) where due_minor <> posted_minor;

-- What sharers were given in the shop, as the brand has reported it.
create table share_credit (
  id uuid primary key,
  sharer_id uuid not null references sharer,
  amount_minor bigint not null check (amount_minor > 0),
  credited_at timestamptz not null
);
create index share_credit_of_sharer on share_credit (sharer_id, id desc);
${appendOnly(['share_credit'])}
`;
