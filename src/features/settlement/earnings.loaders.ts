import { type RawBuilder, sql } from 'kysely';
import { keyset, type Page } from '../../graphql/connection.ts';
import { failure } from '../../graphql/errors.ts';
import { type Key, pageByKey, type ReadScope } from '../../graphql/loaders.ts';

/** By what earnings are put together. */
export const EARNINGS_BY = ['DAY', 'PLAN', 'PRODUCT', 'CONTENT', 'CAMPAIGN'] as const;
export type EarningsBy = (typeof EARNINGS_BY)[number];

export interface EarningsFilter {
  readonly by: EarningsBy;
  /** Days of the alliance's time zone by their dates, both included. */
  readonly from: Date;
  readonly to: Date;
}

/** What came of one day, plan, product, content or campaign, on both tracks. */
export interface EarningsRow {
  readonly partyId: string;
  /** The day, or the id of what it is; empty where lines have no such thing. */
  readonly groupKey: string;
  readonly by: EarningsBy;
  readonly currency: string;
  readonly lines: number;
  readonly estimatedMinor: bigint;
  readonly settledMinor: bigint;
}

const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

/** What each way of putting together takes of a line `l`, its frozen terms `f` and the versions behind them. */
const GROUPS: Readonly<Record<EarningsBy, RawBuilder<string>>> = {
  DAY: sql`(l.placed_at at time zone z.time_zone)::date::text`,
  PLAN: sql`coalesce((select p.plan_id::text from plan_terms p where p.id = f.plan_terms_id), '')`,
  PRODUCT: sql`l.product_id::text`,
  CONTENT: sql`coalesce(f.evidence ->> 'liveSessionId', f.evidence ->> 'linkId', '')`,
  CAMPAIGN: sql`coalesce((select e.campaign_id::text from enrolment_terms t join enrolment e on e.id = t.enrolment_id
    where t.id = f.enrolment_terms_id), '')`,
};

interface Source {
  /** The rows `n` of a party `k`, with `amount`, `brand_id`, `line_id` and `placed_at`. */
  readonly nodes: RawBuilder<unknown>;
}

function read(source: Source) {
  return (keys: readonly Key[], page: Page, filter: EarningsFilter, { sql: db }: ReadScope) => {
    checkDays(filter);
    const columns = [
      { sql: sql`g.group_key`, type: 'text' },
      { sql: sql`g.currency`, type: 'text' },
    ] as const;
    const { where, order } = keyset(columns, 'asc', page);
    return db.rows(sql<EarningsRow>`
      select k.id as "partyId", r.group_key as "groupKey", ${filter.by}::text as by, r.currency, r.lines::int as lines,
        r.estimated as "estimatedMinor", r.settled as "settledMinor"
      from unnest(${keys}::uuid[]) k (id)
      cross join (select time_zone, (${dayOf(filter.from)}::date)::timestamp at time zone time_zone as first,
        (${dayOf(filter.to)}::date + 1)::timestamp at time zone time_zone as last from alliance) z
      cross join lateral (
        select * from (
          select ${GROUPS[filter.by]} as group_key, l.currency, count(distinct l.id) as lines,
            coalesce(sum(n.amount) filter (where s.line_id is null), 0)::bigint as estimated,
            coalesce(sum(n.amount) filter (where s.line_id is not null), 0)::bigint as settled
          from (${source.nodes}) n
          join order_line l on l.brand_id = n.brand_id and l.id = n.line_id
          join frozen_terms f on f.brand_id = n.brand_id and f.line_id = n.line_id
          left join line_settlement s on s.brand_id = n.brand_id and s.line_id = n.line_id
          group by 1, 2) g
        where ${where} order by ${order} limit ${page.first + 1}) r
      order by r.group_key, r.currency`);
  };
}

const common = {
  columns: ['groupKey', 'by', 'currency', 'lines', 'estimatedMinor', 'settledMinor'],
  keyOf: ({ partyId }: EarningsRow) => partyId,
  cursorOf: ({ groupKey, currency }: EarningsRow) => [groupKey, currency],
};

/** What payees earn: the nets of their nodes. */
export const earningsOfPayee = pageByKey<EarningsRow, EarningsFilter>({
  name: 'earningsOfPayee',
  ...common,
  read: read({
    nodes: sql`select w.brand_id, w.line_id, w.net_minor as amount from waterfall_node w
      where w.payee_id = k.id and w.placed_at >= z.first and w.placed_at < z.last`,
  }),
});

/** What brands pay: the gross of whoever they pay themselves. */
export const costsOfBrand = pageByKey<EarningsRow, EarningsFilter>({
  name: 'costsOfBrand',
  ...common,
  read: read({
    nodes: sql`select w.brand_id, w.line_id, w.gross_minor as amount
      from order_line o join waterfall_node w on w.brand_id = o.brand_id and w.line_id = o.id and w.parent_no is null
      where o.brand_id = k.id and o.placed_at >= z.first and o.placed_at < z.last`,
  }),
});

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** Throws BAD_USER_INPUT for days that lie the wrong way round, or for too many of them. */
function checkDays({ from, to }: EarningsFilter): void {
  const days = (to.getTime() - from.getTime()) / DAY_MS + 1;
  if (days >= 1 && days <= MOST_DAYS) return;
  throw failure('BAD_USER_INPUT', `"from" and "to" are days, 1 to ${MOST_DAYS} of them with both.`);
}
