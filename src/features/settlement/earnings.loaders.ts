import { type RawBuilder, sql } from 'kysely';
import { type Actor, isOperator, partyIds } from '../../graphql/actor.ts';
import { checkDays, type Days, daysAsked } from '../../graphql/asked-days.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { failure } from '../../graphql/errors.ts';
import { type Key, type PageByKey, pageByKey } from '../../graphql/loaders.ts';
import { isSold } from '../order/index.ts';

/** By what earnings are put together. */
export type EarningsBy = 'DAY' | 'PLAN' | 'PRODUCT' | 'CONTENT' | 'CAMPAIGN';

export interface EarningsFilter extends Days {
  readonly by: EarningsBy;
}

/** What came of one day, plan, product, content or campaign, on both tracks; amounts in minor units. */
export interface EarningsRow {
  readonly partyId: string;
  readonly by: EarningsBy;
  /** The day, or the id of what it is; empty where lines have no such thing. */
  readonly groupKey: string;
  readonly currency: string;
  readonly lines: number;
  /** Null where the caller may not see the orders. */
  readonly gmvMinor: bigint | null;
  readonly estimatedMinor: bigint;
  readonly settledMinor: bigint;
}

const MOST_DAYS = 92;

/** SQL: what a line `l` of shares `n` with frozen terms `f` belongs to, by each way of putting together. */
const GROUPS: Readonly<Record<EarningsBy, RawBuilder<unknown>>> = {
  DAY: sql`(l.placed_at at time zone z.time_zone)::date`,
  PLAN: sql`(select t.plan_id from plan_terms t where t.id = f.plan_terms_id)`,
  PRODUCT: sql`l.product_id`,
  // A click tells its link; a session counts only where it is one of the creator who is credited.
  CONTENT: sql`coalesce(
    (select s.id from live_session s where s.id = (f.evidence ->> 'liveSessionId')::uuid and s.creator_id = l.creator_id),
    (f.evidence ->> 'linkId')::uuid,
    (select c.link_id from click c where c.brand_id = f.brand_id and c.id = (f.evidence ->> 'clickId')::uuid))`,
  // A second-level agency is paid by its own enrolment.
  CAMPAIGN: sql`(select e.campaign_id from enrolment_terms t join enrolment e on e.id = t.enrolment_id
    where t.id = case when n.is_second then f.second_terms_id else f.enrolment_terms_id end)`,
};

/** SQL: the days as moments: from the midnight before the first until the one after the last. */
const span = (filter: EarningsFilter, now: Date) => sql`(select time_zone,
  first::timestamp at time zone time_zone as since, (last + 1)::timestamp at time zone time_zone as until
  from ${daysAsked(filter, now)})`;

/** SQL: whether the caller sees the orders of party `k`: its own, or those of a creator whose contract opens them. */
const seesOrders = (
  actor: Actor,
  now: Date,
) => sql`(${isOperator(actor)} or k.id = any(${partyIds(actor)}::uuid[])
  or exists (select from contract_terms v where v.creator_id = k.id and v.agency_id = any(${partyIds(actor)}::uuid[])
    and 'ORDERS' = any(v.visibility) and tstzrange(v.valid_from, v.valid_to) @> ${now}::timestamptz))`;

/**
 * What parties earn or pay, put together, with one statement for all of them. `shares` is SQL: of each line of party `k`
 * within the days `z`, its ids, the `amount` of the party, and whether it is paid as a second-level agency.
 */
const groupsOf = (name: string, shares: RawBuilder<unknown>): PageByKey<EarningsRow, EarningsFilter> =>
  pageByKey<EarningsRow, EarningsFilter>({
    name,
    columns: ['by', 'groupKey', 'currency', 'lines', 'gmvMinor', 'estimatedMinor', 'settledMinor'],
    read: (parties: readonly Key[], page, filter, { sql: db, actor, now }) => {
      checkDays(filter, MOST_DAYS);
      const { where, order } = placeIn(filter.by, page);
      return db.rows(sql<EarningsRow>`
        select k.id as "partyId", r.by, r.group_key as "groupKey", r.currency, r.lines::int as lines,
          case when ${seesOrders(actor, now)} then r.gmv end as "gmvMinor", r.estimated as "estimatedMinor",
          r.settled as "settledMinor"
        from unnest(${parties}::uuid[]) k (id)
        cross join ${span(filter, now)} z
        cross join lateral (
          select * from (
            select ${filter.by}::text as by, coalesce(${GROUPS[filter.by]}::text, '') as group_key, l.currency,
              count(*) as lines, sum(l.goods_paid_minor)::bigint as gmv,
              coalesce(sum(n.amount) filter (where s.line_id is null), 0)::bigint as estimated,
              coalesce(sum(n.amount) filter (where s.line_id is not null), 0)::bigint as settled
            from (${shares}) n
            join order_line l on l.brand_id = n.brand_id and l.id = n.line_id
              and ${isSold('l')}
            join frozen_terms f on f.brand_id = n.brand_id and f.line_id = n.line_id
            left join line_settlement s on s.brand_id = n.brand_id and s.line_id = n.line_id
            group by 2, 3) g
          where ${where} order by ${order} ${limitOf(page)}) r
        order by r.group_key, r.currency`);
    },
    keyOf: ({ partyId }) => partyId,
    cursorOf: ({ by, groupKey, currency }) => [by, groupKey, currency],
  });

/** What payees earn: the nets of their nodes, clawbacks included. */
export const earningsOfPayee = groupsOf(
  'earningsOfPayee',
  sql`select w.brand_id, w.line_id, sum(w.net_minor) as amount, bool_or(w.role = 'SECOND_RECRUITER') as is_second
    from waterfall_node w where w.payee_id = k.id and w.placed_at >= z.since and w.placed_at < z.until
    group by w.brand_id, w.line_id`,
);

/** What brands pay: the gross of those whom they pay themselves, which is the nets of all. */
export const costsOfBrand = groupsOf(
  'costsOfBrand',
  sql`select w.brand_id, w.line_id, sum(w.gross_minor) as amount, false as is_second
    from order_line o join waterfall_node w on w.brand_id = o.brand_id and w.line_id = o.id and w.parent_no is null
    where o.brand_id = k.id and o.placed_at >= z.since and o.placed_at < z.until
    group by w.brand_id, w.line_id`,
);

/** The keyset of the groups. A cursor of one way of putting together fits no other. */
function placeIn(by: EarningsBy, page: Page) {
  if (page.after !== undefined && page.after[0] !== by)
    throw failure('BAD_USER_INPUT', 'The cursor in "after" belongs to another "by".');
  const columns = ['by', 'group_key', 'currency'].map((column) => ({
    sql: sql.ref(`g.${column}`),
    type: 'text' as const,
  }));
  return keyset(columns, 'asc', page);
}
