import { sql } from 'kysely';
import { manyByKey, oneByKey } from '../../graphql/loaders.ts';
import { isSold } from '../order/index.ts';

/** What came of a session so far, counted from its order lines. */
export interface LiveFiguresRow {
  readonly liveSessionId: string;
  /** As the creator has reported them; null before that. */
  readonly viewers: bigint | null;
  /** How long all of them watched together, where that was reported. */
  readonly watchedSeconds: bigint | null;
  readonly orders: number;
  readonly units: number;
  readonly unpaidLines: number;
  readonly cancelledLines: number;
  readonly returnedLines: number;
  /** Pieces that can be ordered at live prices now. */
  readonly stockLeft: bigint;
}

/** The money of a session in one currency, or of one product in it; in minor units. */
export interface LiveMoneyRow {
  readonly liveSessionId: string;
  readonly currency: string;
  readonly gmvMinor: bigint;
  readonly refundedMinor: bigint;
}

export interface LiveProductFiguresRow extends LiveMoneyRow {
  readonly productId: string;
  readonly orders: number;
  readonly units: number;
  readonly returnedLines: number;
}

const COUNTS = isSold('l');
const ORDERS = sql`count(distinct (l.brand_id, l.source_id, l.order_no)) filter (where ${COUNTS})::int as orders`;
const UNITS = sql`coalesce(sum(l.quantity) filter (where ${COUNTS}), 0)::int as units`;
const RETURNED = sql`count(l.id) filter (where ${COUNTS} and l.refunded_minor > 0)::int as "returnedLines"`;
const LINES = sql`live_line v join order_line l on l.brand_id = v.brand_id and l.id = v.line_id`;

export const figuresOfSession = oneByKey<LiveFiguresRow>({
  name: 'figuresOfLiveSession',
  columns: [
    'viewers',
    'watchedSeconds',
    'orders',
    'units',
    'unpaidLines',
    'cancelledLines',
    'returnedLines',
    'stockLeft',
  ],
  read: (ids, { sql: db }) =>
    db.rows(sql<LiveFiguresRow>`
      select k.id as "liveSessionId", a.viewers, a.watched_seconds as "watchedSeconds",
        coalesce((select sum(o.stock - o.taken) from live_offer o
          where o.live_session_id = k.id and o.closed_at is null), 0)::bigint as "stockLeft", c.*
      from unnest(${ids}::uuid[]) k (id) left join live_audience a on a.live_session_id = k.id
      cross join lateral (select ${ORDERS}, ${UNITS}, ${RETURNED},
          count(*) filter (where l.state = 'PLACED')::int as "unpaidLines",
          count(*) filter (where l.state = 'CANCELLED')::int as "cancelledLines"
        from ${LINES} where v.live_session_id = k.id) c`),
  keyOf: ({ liveSessionId }) => liveSessionId,
});

export const moneyOfSession = manyByKey<LiveMoneyRow>({
  name: 'moneyOfLiveSession',
  columns: ['currency', 'gmvMinor', 'refundedMinor'],
  read: (ids, { sql: db }) =>
    db.rows(sql<LiveMoneyRow>`
      select v.live_session_id as "liveSessionId", l.currency, sum(l.goods_paid_minor)::bigint as "gmvMinor",
        sum(l.refunded_minor)::bigint as "refundedMinor"
      from ${LINES} where v.live_session_id = any(${ids}::uuid[]) and ${COUNTS} group by 1, 2 order by 1, 2`),
  keyOf: ({ liveSessionId }) => liveSessionId,
});

/** The most products that figures are broken down into: those with the highest GMV. */
const MOST_PRODUCTS = 200;

export const productsOfSession = manyByKey<LiveProductFiguresRow>({
  name: 'productsOfLiveSession',
  columns: ['productId', 'orders', 'units', 'returnedLines', 'currency', 'gmvMinor', 'refundedMinor'],
  read: (ids, { sql: db }) =>
    db.rows(sql<LiveProductFiguresRow>`
      select c.* from unnest(${ids}::uuid[]) k (id)
      cross join lateral (select v.live_session_id as "liveSessionId", l.product_id as "productId", l.currency, ${ORDERS},
          ${UNITS}, ${RETURNED}, sum(l.goods_paid_minor)::bigint as "gmvMinor", sum(l.refunded_minor)::bigint as "refundedMinor"
        from ${LINES} where v.live_session_id = k.id and ${COUNTS}
        group by 1, 2, 3 order by sum(l.goods_paid_minor) desc, l.product_id limit ${MOST_PRODUCTS}) c`),
  keyOf: ({ liveSessionId }) => liveSessionId,
});
