import { APP_ROLE } from '../rights.ts';

const FILLED = [
  'plan_terms_id',
  'enrolment_terms_id',
  'second_terms_id',
  'creator_part_bp',
  'settled_lines',
  'contract_terms_id',
  'evidence',
  'candidates',
];

const KEPT = [
  'brand_id',
  'line_id',
  'policy_id',
  'platform_discount_in_base',
  'creator_discount_in_base',
  'technical_fee_bp',
  'holding_days',
  'reserve_bp',
  'reserve_days',
  'frozen_at',
];

/**
 * Claims of creators on order lines that are credited to nobody; see docs/decisions/attribution-claims.md. The frozen terms of such
 * a line may be filled in once: they name no terms before, and nothing else of them changes.
 */
export const attributionClaims = /* sql */ `
create table attribution_claim (
  id uuid primary key,
  brand_id uuid not null references brand,
  line_id uuid not null,
  creator_id uuid not null references creator,
  order_no text not null,
  line_no int not null,
  statement text not null check (length(statement) between 1 and 2000),
  evidence_urls text[] not null,
  state text not null check (state in ('OPEN', 'UPHELD', 'DISMISSED')),
  opened_at timestamptz not null,
  decided_at timestamptz check (decided_at >= opened_at),
  decided_by text check (decided_by in ('BRAND', 'OPERATOR', 'ANOTHER_CLAIM')),
  note text check (length(note) between 1 and 2000),
  constraint one_attribution_claim_per_line_and_creator unique (brand_id, line_id, creator_id),
  check ((state = 'OPEN') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null))
);
create index attribution_claim_of_brand on attribution_claim (brand_id, id desc);
create index attribution_claim_of_creator on attribution_claim (creator_id, id desc);
create index attribution_claim_open on attribution_claim (id) where state = 'OPEN';
create unique index one_upheld_claim_per_line on attribution_claim (brand_id, line_id) where state = 'UPHELD';

alter table order_line drop constraint order_line_attribution_check;
alter table order_line add constraint order_line_attribution_check
  check (attribution in ('LINK', 'CLICK', 'LIVE_SESSION', 'CLAIM', 'NONE'));

create function fill_frozen_terms_once() returns trigger language plpgsql as $$
begin
  if old.plan_terms_id is null and old.enrolment_terms_id is null
    and num_nonnulls(new.plan_terms_id, new.enrolment_terms_id) = 1
    and to_jsonb(old) - array[${FILLED.map((name) => `'${name}'`).join(', ')}]
      = to_jsonb(new) - array[${FILLED.map((name) => `'${name}'`).join(', ')}] then
    return new;
  end if;
  raise exception 'permission denied for table frozen_terms: its rows are never changed' using errcode = '42501';
end $$;
drop trigger if exists append_only on frozen_terms;

do $$
begin
  if exists (select from pg_roles where rolname = '${APP_ROLE}' and pg_has_role(oid, 'MEMBER')) then
    grant update (${FILLED.join(', ')}) on frozen_terms to ${APP_ROLE};
    create trigger fill_once before update on frozen_terms for each row when (current_user = '${APP_ROLE}')
      execute function fill_frozen_terms_once();
  else
    create trigger fill_once before update on frozen_terms for each row execute function fill_frozen_terms_once();
    create trigger append_only before update of ${KEPT.join(', ')} or delete or truncate on frozen_terms
      for each statement execute function refuse_change();
  end if;
end $$;
`;
