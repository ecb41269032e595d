import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import { isSold } from '../order/index.ts';
import type { BoostState, EndedBecause } from './boost-state.ts';

/** A boost; amounts in minor units of its currency. */
export interface BoostRow {
  readonly id: string;
  readonly payerId: string;
  readonly payerKind: 'BRAND' | 'CREATOR';
  readonly productId: string;
  readonly brandId: string;
  readonly currency: string;
  readonly budgetMinor: bigint;
  readonly bidMinor: bigint;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly fromHour: number;
  readonly untilHour: number;
  readonly state: BoostState;
  readonly spentMinor: bigint;
  readonly postedMinor: bigint;
  readonly exposures: bigint;
  readonly thousandths: number;
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBecause: EndedBecause | null;
}

const COLUMNS = [
  'id',
  'payerId',
  'payerKind',
  'productId',
  'brandId',
  'currency',
  'budgetMinor',
  'bidMinor',
  'startsAt',
  'endsAt',
  'fromHour',
  'untilHour',
  'state',
  'spentMinor',
  'postedMinor',
  'exposures',
  'thousandths',
  'createdAt',
  'pausedAt',
  'endedAt',
  'endedBecause',
] as const;

/** SQL: boosts `t` under the given condition, locked or not. */
export const boostsWhere = (where: RawBuilder<unknown>) =>
  sql<BoostRow>`select ${select('t', COLUMNS)} from boost t where ${where}`;

export const boostById = rowById<BoostRow>({ name: 'boostById', table: 'boost', columns: COLUMNS });

/** The boosts that a party has bought, newest first. */
export const boostsOfPayer = newestOf<BoostRow>({
  name: 'boostsOfPayer',
  table: 'boost',
  key: 'payerId',
  columns: COLUMNS,
});

/** What orders a boost has won so far; amounts in minor units of its currency. */
export interface BoostFiguresRow {
  readonly boostId: string;
  readonly currency: string;
  readonly spentMinor: bigint;
  readonly orders: number;
  readonly units: number;
  readonly returnedLines: number;
  readonly gmvMinor: bigint;
  readonly refundedMinor: bigint;
}

/**
 * SQL: the lines `l` that a boost `b` has won: marked as boosted by the shop, of its product, placed while it ran, and of a
 * boost of a creator credited to that creator; sold.
 */
const WON = sql`l.brand_id = b.brand_id and l.product_id = b.product_id and l.boosted and l.currency = b.currency
  and l.placed_at >= b.starts_at and l.placed_at < least(b.ends_at, b.ended_at)
  and (b.payer_kind = 'BRAND' or l.creator_id = b.payer_id)
  and ${isSold('l')}`;

export const figuresOfBoost = oneByKey<BoostFiguresRow>({
  name: 'figuresOfBoost',
  columns: ['currency', 'spentMinor', 'orders', 'units', 'returnedLines', 'gmvMinor', 'refundedMinor'],
  read: (ids, { sql: db }) =>
    db.rows(sql<BoostFiguresRow>`
      select b.id as "boostId", b.currency, b.spent_minor as "spentMinor", c.*
      from boost b cross join lateral (
        select count(distinct (l.brand_id, l.source_id, l.order_no))::int as orders,
          coalesce(sum(l.quantity), 0)::int as units,
          count(*) filter (where l.refunded_minor > 0)::int as "returnedLines",
          coalesce(sum(l.goods_paid_minor), 0)::bigint as "gmvMinor",
          coalesce(sum(l.refunded_minor), 0)::bigint as "refundedMinor"
        from order_line l where ${WON}) c
      where b.id = any(${ids}::uuid[])`),
  keyOf: ({ boostId }) => boostId,
});

/** What was shown of a boost, and what that has cost. */
export interface ChargeRow {
  readonly boostId: string;
  readonly eventId: string;
  readonly exposures: number;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly costMinor: bigint;
  readonly chargedMinor: bigint;
  readonly shownAt: Date;
}

/** The charges of a boost, what was shown last first. */
export const chargesOfBoost = pageByKey<ChargeRow>({
  name: 'chargesOfBoost',
  columns: [
    'boostId',
    'eventId',
    'exposures',
    'currency',
    'priceMinor',
    'costMinor',
    'chargedMinor',
    'shownAt',
  ],
  read: (keys, page, _filter, { sql: db }) => {
    const places = [
      { sql: sql`c.shown_at`, type: 'timestamptz' },
      { sql: sql`c.event_id`, type: 'text' },
    ] as const;
    const { where, order } = keyset(places, 'desc', page);
    return db.rows(sql<ChargeRow>`
      select b.id as "boostId", b.currency, r.* from boost b
      cross join lateral (
        select c.event_id as "eventId", c.exposures, c.price_minor as "priceMinor", c.cost_minor as "costMinor",
          c.charged_minor as "chargedMinor", c.shown_at as "shownAt"
        from boost_charge c where c.boost_id = b.id and ${where} order by ${order} ${limitOf(page)}) r
      where b.id = any(${keys}::uuid[]) order by r."shownAt" desc, r."eventId" desc`);
  },
  keyOf: ({ boostId }) => boostId,
  cursorOf: ({ shownAt, eventId }) => [shownAt, eventId],
});
