/**
 * The rules of the alliance for what a member sees, once more in plain SQL, as somebody would write them by hand for these
 * three questions. Rate locks, tiers and rates of boosted orders are left out: the data of the benchmark has none.
 * `viewer` is SQL for the party that asks, a creator or an agency, and the other arguments are aliases of tables.
 */

const endOf = (e: string, g: string, f: string, fg: string): string => `least(
  ${e}.ends_at, case when ${g}.closes_at is not null then greatest(${g}.closes_at, ${e}.committed_until) end,
  ${f}.ends_at, case when ${fg}.closes_at is not null then greatest(${fg}.closes_at, ${f}.committed_until) end)`;

const termsOf = (enrolment: string, alias: string): string => `left join lateral (
  select v.* from enrolment_terms v where v.enrolment_id = ${enrolment}.id and v.valid_from <= now()
    and (v.valid_to is null or v.valid_to > v.valid_from) order by v.valid_from desc limit 1) ${alias} on true`;

const enrolments = `enrolment e
  join recruiting_campaign g on g.id = e.campaign_id
  left join enrolment f on f.id = e.parent_id
  left join recruiting_campaign fg on fg.id = f.campaign_id
  ${termsOf('e', 'm')} ${termsOf('f', 'fm')}`;

const end = endOf('e', 'g', 'f', 'fg');

/** The plans on product `p` that are open to the viewer, newest first. */
export const visiblePlans = (viewer: string): string => `
  select l.id, l.kind, l.title, t.commission_bp
  from plan l
  left join plan_terms t on t.plan_id = l.id and tstzrange(t.valid_from, t.valid_to) @> now()
  where l.product_id = p.id and (l.kind = 'OPEN' or l.brand_id = ${viewer} or exists (
    select from plan_creator c where c.plan_id = l.id and c.creator_id = ${viewer}
      and (not c.dropped or c.closes_at > now())))
  order by l.id desc limit 5`;

/** The running campaigns that the viewer may pick product `p` from, newest first. */
export const openEnrolments = (viewer: string): string => `
  select e.id, coalesce(m.commission_bp, fm.commission_bp) as commission_bp, m.service_fee_bp, y.name as agency_name
  from ${enrolments} join party y on y.id = e.agency_id
  where e.product_id = p.id and e.state = 'APPROVED' and g.opens_at <= now() and coalesce(${end} > now(), true)
    and (g.access <> 'NAMED_CREATORS' or e.brand_id = ${viewer} or e.agency_id = ${viewer} or exists (
      select from campaign_party v where v.campaign_id = g.id and v.party_id = ${viewer}))
  order by e.id desc`;

/** Of the waterfall of line `l` what a payee sees: its own node, who pays it, and whom it pays. */
export const visibleNodes = (viewer: string): string => `
  select n.node_no, n.role, n.gross_minor, y.name as payee_name, y.kind as payee_kind,
    case when n.payee_id = ${viewer} or d.is_paid_by_viewer then n.rate_bp end as rate_bp,
    case when n.payee_id = ${viewer} then n.net_minor end as net_minor
  from waterfall_node n
  join party y on y.id = n.payee_id
  cross join lateral (select
    exists (select from waterfall_node o where o.brand_id = n.brand_id and o.line_id = n.line_id
      and o.node_no = n.parent_no and o.payee_id = ${viewer}) as is_paid_by_viewer,
    exists (select from waterfall_node o where o.brand_id = n.brand_id and o.line_id = n.line_id
      and o.parent_no = n.node_no and o.payee_id = ${viewer}) as pays_viewer) d
  where n.brand_id = l.brand_id and n.line_id = l.id
    and (n.payee_id = ${viewer} or d.is_paid_by_viewer or d.pays_viewer)
  order by n.node_no`;

/** The sum check of line `l`: what all payees keep is what the brand pays. */
export const sumsUp = `
  select coalesce(sum(case when n.parent_no is null then n.gross_minor else 0 end - n.net_minor), 0) = 0 as sums_up
  from waterfall_node n where n.brand_id = l.brand_id and n.line_id = l.id`;

/** The creators whom an agency manages now, with what it may see. */
export const managedBy = (agency: string): string => `
  select c.contract_id, c.creator_id, c.visibility from contract_terms c
  where c.agency_id = ${agency} and tstzrange(c.valid_from, c.valid_to) @> now()`;

/** The offer that applies to item `i` of a showcase. */
export const winningOffer = `
  select o.kind, o.commission_bp, o.service_fee_bp from (
    select case p.kind when 'EXCLUSIVE' then 1 when 'TARGETED' then 2 when 'SHOP_TARGETED' then 4 else 5 end as rank,
      p.kind, t.commission_bp, 0 as service_fee_bp, t.id as terms_id
    from (select * from plan where product_id = i.product_id
      union all select * from plan where brand_id = i.brand_id and kind = 'SHOP_TARGETED') p
    join plan_terms t on t.plan_id = p.id and t.valid_from <= now() and (t.valid_to is null or t.valid_to > now())
    where p.opens_at <= now() and (p.closes_at is null or p.closes_at > now()) and (p.kind = 'OPEN' or exists (
      select from plan_creator c where c.plan_id = p.id and c.creator_id = i.creator_id
        and c.opens_at <= now() and (c.closes_at is null or c.closes_at > now())))
    union all
    select 3, 'CAMPAIGN', coalesce(fm.commission_bp, m.commission_bp), coalesce(fm.service_fee_bp, m.service_fee_bp),
      coalesce(fm.id, m.id)
    from ${enrolments}
    where e.id = i.enrolment_id and e.product_id = i.product_id and e.state in ('APPROVED', 'ENDED')
      and g.pays = 'SERVICE_FEE' and m.id is not null and greatest(g.opens_at, fg.opens_at) <= now()
      and coalesce(least(m.valid_to, fm.valid_to, ${end}) > now(), true)) o
  where not exists (select from party_block b where b.blocker_id = i.brand_id and b.blocked_id = i.creator_id
    and b.takes_effect_at <= now() and (b.lifted_at is null or b.lifted_at > now()))
  order by o.rank, o.commission_bp desc, o.terms_id limit 1`;
