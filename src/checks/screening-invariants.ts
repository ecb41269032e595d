import type { Invariant } from './invariant.ts';

/** What must hold of the screening of claims: what penalties and reports stand on, and what they keep out of the pool. */
export const SCREENING: readonly Invariant[] = [
  {
    name: 'penalties-stand-on-upheld-findings',
    holds: 'A penalty was given for a finding that was upheld, to whoever wrote the text.',
    sql: /* sql */ `
      select 'penalty ' || p.id || ' of party ' || p.party_id || ': finding ' || f.id || ' of party ' || f.party_id || ' is '
        || f.state as message
      from claim_penalty p join claim_finding f on f.id = p.finding_id
      where f.state <> 'UPHELD' or f.party_id <> p.party_id`,
  },
  {
    name: 'reports-are-of-the-text-of-their-finding',
    holds: 'What a member has reported is the text that its finding is about, and not the reporter’s own.',
    sql: /* sql */ `
      select 'report ' || r.id || ': text ' || r.text_hash || ' of ' || r.subject_id || ', finding ' || f.id || ': text '
        || f.text_hash || ' of ' || coalesce(f.product_id, f.live_plan_id, f.live_session_id) as message
      from claim_report r join claim_finding f on f.id = r.finding_id
      where r.text_hash <> f.text_hash or r.reporter_id = f.party_id
        or r.subject_id <> coalesce(f.product_id, f.live_plan_id, f.live_session_id)`,
  },
  {
    name: 'expelled-brands-have-nothing-listed',
    holds: 'A brand that is expelled for exaggeration has no product in the pool.',
    sql: /* sql */ `
      select 'brand ' || p.brand_id || ': product ' || p.id || ' is ' || p.state as message
      from product p
      where (p.state = 'LISTED' or exists (select from pool_entry e where e.product_id = p.id))
        and exists (select from claim_penalty y
          where y.party_id = p.brand_id and y.kind = 'EXPELLED' and y.lifted_at is null)`,
  },
];
