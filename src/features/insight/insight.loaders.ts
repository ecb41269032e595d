import { type RawBuilder, sql } from 'kysely';
import { type Actor, isOperator, partyIds } from '../../graphql/actor.ts';
import { checkDays, type Days, daysAsked } from '../../graphql/asked-days.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { failure } from '../../graphql/errors.ts';
import { type PageByKey, pageByKey, type ReadScope } from '../../graphql/loaders.ts';
import { MOST_DAYS } from './days.types.ts';
import type { LiveSums } from './factors.ts';
import { total } from './recount-days.ts';

/** By what figures are put together. */
export type InsightBy = 'DAY' | 'WEEK' | 'EVENT' | 'PERIOD';

export interface InsightFilter extends Days {
  readonly by: InsightBy;
}

/** The figures of a party over some days, in one currency; amounts in minor units. */
export interface InsightRow {
  readonly subjectId: string;
  readonly by: InsightBy;
  readonly groupKey: string;
  readonly currency: string;
  /** The days, both included, as `2026-06-18`. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly eventId: string | null;
  readonly eventCode: string | null;
  readonly orders: bigint;
  readonly lines: bigint;
  readonly units: bigint;
  readonly returnedLines: bigint;
  readonly cancelledLines: bigint;
  readonly gmvMinor: bigint;
  readonly refundedMinor: bigint;
  readonly commissionAccruedMinor: bigint;
  readonly commissionMinor: bigint;
  readonly feeAccruedMinor: bigint;
  readonly feeMinor: bigint;
  readonly selfBroadcastMinor: bigint;
  readonly publicTrafficMinor: bigint;
  readonly distributionMinor: bigint;
  readonly privateTrafficMinor: bigint;
  readonly channelExclusiveMinor: bigint;
  readonly buyers: bigint;
  readonly repeatBuyers: bigint;
  /** Of a creator. */
  readonly followers: bigint | null;
  /** Of the sessions of a creator, or of all; null where there are none of which all is known. */
  readonly live: (LiveSums & { readonly sessions: number }) | null;
  readonly countedAt: Date | null;
}

const SUMS = {
  orders: 'orders',
  lines: 'lines',
  units: 'units',
  returnedLines: 'returned_lines',
  cancelledLines: 'cancelled_lines',
  gmvMinor: 'gmv_minor',
  refundedMinor: 'refunded_minor',
  commissionAccruedMinor: 'commission_accrued_minor',
  commissionMinor: 'commission_minor',
  feeAccruedMinor: 'fee_accrued_minor',
  feeMinor: 'fee_minor',
  selfBroadcastMinor: 'self_broadcast_minor',
  publicTrafficMinor: 'public_traffic_minor',
  distributionMinor: 'distribution_minor',
  privateTrafficMinor: 'private_traffic_minor',
  channelExclusiveMinor: 'channel_exclusive_minor',
} as const;

/** Of which rows the figures of a subject `k` are made. */
interface Subject {
  readonly name: string;
  /** SQL: the rows `d` of a table, of days or buyers, that count for `k`, up to a condition that is still open. */
  readonly rows: (table: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** SQL: whether session `s` is one of `k`; none where its viewers are not its business. */
  readonly hosts?: RawBuilder<unknown>;
  /** Of fewer brands nothing is shown, but to operators. */
  readonly fewestBrands?: number;
}

/** SQL: what the rows `d` are put together by, as text that sorts by time. */
const GROUPS: Readonly<Record<InsightBy, RawBuilder<unknown>>> = {
  DAY: sql`d.day::text`,
  WEEK: sql`date_trunc('week', d.day)::date::text`,
  EVENT: sql`coalesce((select to_char(e.starts_at, 'YYYY-MM-DD HH24:MI:SS') from official_event e where e.id = d.event_id), '')
    || ' ' || d.event_id`,
  PERIOD: sql`''::text`,
};

/** SQL: the days of a group `g`: of those that were asked for, as many as belong to it. */
const SPANS: Readonly<Record<InsightBy, readonly [first: RawBuilder<unknown>, last: RawBuilder<unknown>]>> = {
  DAY: [sql`g.group_key::date`, sql`g.group_key::date`],
  WEEK: [sql`greatest(g.group_key::date, z.first)`, sql`least(g.group_key::date + 6, z.last)`],
  EVENT: [
    sql`greatest((e.starts_at at time zone z.time_zone)::date, z.first)`,
    sql`least(((e.ends_at - interval '1 microsecond') at time zone z.time_zone)::date, z.last)`,
  ],
  PERIOD: [sql`z.first`, sql`z.last`],
};

const ofEvent = (by: InsightBy): RawBuilder<unknown> =>
  by === 'EVENT' ? sql`d.event_id is not null` : sql`d.event_id is null`;

/** SQL: the distinct buyers of a group `g` of subject `k`, and those who came again. */
const buyers = ({ rows }: Subject, by: InsightBy): RawBuilder<unknown> => sql`
  cross join lateral (
    select count(*) as buyers, count(*) filter (where b.orders > 1) as "repeatBuyers" from (
      select d.reporter_id, d.buyer_ref, sum(d.orders) as orders from ${rows(sql`insight_buyer`)}
        and ${ofEvent(by)} and d.event_id is not distinct from g."eventId" and d.currency = g.currency
        and d.day between x.first and x.last group by 1, 2) b) b`;

/**
 * SQL: what is known of the sessions of `k` that began on the days of a group `g` and of which all is reported. What platforms
 * tell of viewers is the host's, and no part that a contract opens.
 */
const sessions = (hosts: RawBuilder<unknown>, actor: Actor): RawBuilder<unknown> => sql`
  left join lateral (
    select jsonb_build_object('sessions', count(*), 'viewers', sum(a.viewers)::text,
      'watchedSeconds', sum(a.watched_seconds)::text, 'buyers', sum(coalesce(i.buyers, 0))::text,
      'orders', sum(coalesce(i.orders, 0))::text, 'gmvMinor', sum(coalesce(i.gmv, 0))::text) as live
    from live_session s join live_audience a on a.live_session_id = s.id and a.watched_seconds is not null
    left join lateral (select sum(orders) as orders, sum(buyers) as buyers, sum(gmv_minor) as gmv from insight_session
      where live_session_id = s.id and currency = g.currency) i on true
    where ${hosts} and (${isOperator(actor)} or k.id = any(${partyIds(actor)}::uuid[]))
      and s.started_at >= x.first::timestamp at time zone z.time_zone
      and s.started_at < (x.last + 1)::timestamp at time zone z.time_zone) v on true`;

type LiveText = Record<keyof LiveSums, string | null> & { readonly sessions: number };
type RawRow = Omit<InsightRow, 'live'> & { readonly live?: LiveText | null };

function toRow({ live, ...row }: RawRow): InsightRow {
  const sum = (name: keyof LiveSums): bigint => BigInt(live?.[name] ?? 0);
  if (live === undefined) return row as InsightRow;
  const known = live !== null && live.sessions > 0;
  return {
    ...row,
    live: known
      ? {
          sessions: live.sessions,
          viewers: sum('viewers'),
          watchedSeconds: sum('watchedSeconds'),
          buyers: sum('buyers'),
          orders: sum('orders'),
          gmvMinor: sum('gmvMinor'),
        }
      : null,
  };
}

/** The figures of subjects, what is earliest first. One statement; buyers and sessions are read where they are asked for. */
const insightOf = (subject: Subject): PageByKey<InsightRow, InsightFilter> =>
  pageByKey<InsightRow, InsightFilter>({
    name: subject.name,
    columns: [
      ...['subjectId', 'by', 'groupKey', 'currency', 'fromDay', 'toDay', 'eventId', 'eventCode'],
      ...Object.keys(SUMS),
      ...['buyers', 'repeatBuyers', 'followers', 'live', 'countedAt'],
    ],
    read: async (keys, page, filter, scope) => {
      checkDays(filter, MOST_DAYS);
      const rows = await scope.sql.rows(statementOf(subject, keys as readonly string[], page, filter, scope));
      return rows.map(toRow);
    },
    keyOf: ({ subjectId }) => subjectId,
    cursorOf: ({ by, groupKey, currency }) => [by, groupKey, currency],
  });

function statementOf(
  subject: Subject,
  keys: readonly string[],
  page: Page,
  filter: InsightFilter,
  { actor, now, columns }: ReadScope,
): RawBuilder<RawRow> {
  const { by } = filter;
  const { where, order } = placeIn(by, page);
  const asks = (...names: string[]) => columns === undefined || names.some((name) => columns.has(name));
  const asksBuyers = asks('buyers', 'repeatBuyers');
  const asksLive = asks('live') && subject.hosts !== undefined && by !== 'EVENT';
  const sums = Object.entries(SUMS).map(
    ([name, column]) => sql`${total(sql.ref(`d.${column}`))} as ${sql.id(name)}`,
  );
  const [first, last] = SPANS[by];
  const fewest = isOperator(actor) ? 0 : (subject.fewestBrands ?? 0);
  return sql<RawRow>`
    select k.id as "subjectId", ${by}::text as by, g.*, g.group_key as "groupKey", x.first::text as "fromDay",
      x.last::text as "toDay", e.code as "eventCode", (select followers from creator c where c.id = k.id) as followers,
      (select counted_at from insight_state) as "countedAt"
      ${asksBuyers ? sql`, b.*` : sql``}, ${asksLive ? sql`v.live` : sql`null::jsonb as live`}
    from unnest(${keys}::uuid[]) k (id)
    cross join ${daysAsked(filter, now)}
    cross join lateral (
      select * from (
        select ${GROUPS[by]} as group_key, d.event_id as "eventId", d.currency, ${sql.join(sums)}
        from ${subject.rows(sql`insight_day`)} and ${ofEvent(by)} and d.day between z.first and z.last
        group by 1, 2, 3 having count(distinct d.brand_id) >= ${fewest}) g
      where ${where} order by ${order} ${limitOf(page)}) g
    left join official_event e on e.id = g."eventId"
    cross join lateral (select ${first} as first, ${last} as last) x
    ${asksBuyers ? buyers(subject, by) : sql``}
    ${asksLive && subject.hosts !== undefined ? sessions(subject.hosts, actor) : sql``}
    order by g.group_key, g.currency`;
}

/** The keyset of the groups. A cursor of one way of putting together fits no other. */
function placeIn(by: InsightBy, page: Page) {
  if (page.after !== undefined && page.after[0] !== by)
    throw failure('BAD_USER_INPUT', 'The cursor in "after" belongs to another "by".');
  const rest = page.after?.slice(1);
  const columns = ['group_key', 'currency'].map((column) => ({
    sql: sql.ref(`g.${column}`),
    type: 'text' as const,
  }));
  return keyset(columns, 'asc', rest === undefined ? page : { ...page, after: rest });
}

/** The rows of one brand, creator or agency: those that are its own. */
const own = (table: RawBuilder<unknown>) => sql`${table} d where d.subject_id = k.id`;

export const insightOfBrand = insightOf({ name: 'insightOfBrand', rows: own });
export const insightOfCreator = insightOf({
  name: 'insightOfCreator',
  rows: own,
  hosts: sql`s.creator_id = k.id`,
});
export const insightOfAgency = insightOf({ name: 'insightOfAgency', rows: own });

/**
 * Those of the brands that belong to a belt now, from the day on which each has joined. With two brands each could take off
 * its own and know the other's, and with one the figures are those of that one: of fewer than three nothing is shown.
 */
export const insightOfBelt = insightOf({
  name: 'insightOfBelt',
  rows: (table) => sql`brand m join ${table} d on d.subject_id = m.id and d.brand_id = m.id
    where m.belt_id = k.id and d.day >= coalesce((
      select max((j.decided_at at time zone z.time_zone)::date) from belt_join j
      where j.brand_id = m.id and j.belt_id = m.belt_id and j.state = 'ACCEPTED'), '-infinity')`,
  fewestBrands: 3,
});

/** Those of all brands. */
export const insightOfAlliance = insightOf({
  name: 'insightOfAlliance',
  rows: (table) => sql`alliance a join ${table} d on d.subject_id = d.brand_id where a.id = k.id`,
  hosts: sql`true`,
});
