import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { inMonthsOf } from '../../db/months.ts';
import { select, snake } from '../../graphql/loaders.ts';
import type { AttributionMethod, UnattributedReason } from './attribute-line.ts';
import type { LineFacts, LineState } from './line-life.ts';

/** An order line as it stands in its table. */
export interface LineRow extends LineFacts {
  readonly brandId: string;
  readonly id: string;
  readonly sourceId: string;
  readonly orderNo: string;
  readonly lineNo: number;
  readonly productId: string;
  readonly skuId: string;
  readonly creatorId: string | null;
  readonly attribution: AttributionMethod | 'NONE';
  readonly unattributedReason: UnattributedReason | null;
  readonly state: LineState;
  readonly quantity: number;
  readonly reserved: number;
  readonly buyerRef: string;
  /** Whether the order was won by a boost. */
  readonly boosted: boolean;
  readonly currency: string;
  readonly itemTotalMinor: bigint;
  readonly brandDiscountMinor: bigint;
  readonly platformDiscountMinor: bigint;
  readonly creatorDiscountMinor: bigint;
  readonly freightMinor: bigint;
  readonly taxMinor: bigint;
  readonly goodsPaidMinor: bigint;
  readonly baseMinor: bigint;
  readonly remainingBaseMinor: bigint;
  readonly refundedMinor: bigint;
  /** How many steps its commission has taken. */
  readonly steps: number;
  readonly placedAt: Date;
}

/** Each column with the type that PostgreSQL reads its array as, and whether it may change after the line was placed. */
const COLUMNS = {
  brandId: ['uuid', false],
  id: ['uuid', false],
  sourceId: ['uuid', false],
  orderNo: ['text', false],
  lineNo: ['int', false],
  productId: ['uuid', false],
  skuId: ['uuid', false],
  creatorId: ['uuid', false],
  attribution: ['text', false],
  unattributedReason: ['text', false],
  state: ['text', true],
  quantity: ['int', false],
  reserved: ['int', true],
  buyerRef: ['text', false],
  boosted: ['boolean', false],
  currency: ['text', false],
  itemTotalMinor: ['bigint', false],
  brandDiscountMinor: ['bigint', false],
  platformDiscountMinor: ['bigint', false],
  creatorDiscountMinor: ['bigint', false],
  freightMinor: ['bigint', false],
  taxMinor: ['bigint', false],
  goodsPaidMinor: ['bigint', false],
  baseMinor: ['bigint', false],
  remainingBaseMinor: ['bigint', true],
  refundReportedMinor: ['bigint', true],
  refundReportedQuantity: ['bigint', true],
  refundedMinor: ['bigint', true],
  steps: ['int', true],
  placedAt: ['timestamptz', false],
  paidAt: ['timestamptz', true],
  shippedAt: ['timestamptz', true],
  receivedAt: ['timestamptz', true],
  cancelledAt: ['timestamptz', true],
} as const satisfies Record<keyof LineRow, readonly [string, boolean]>;

export const LINE_COLUMNS = Object.keys(COLUMNS) as (keyof LineRow)[];
const CHANGING = LINE_COLUMNS.filter((name) => COLUMNS[name][1]);

export interface LinePlace {
  readonly brandId: string;
  readonly sourceId: string;
  readonly orderNo: string;
  readonly lineNo: number;
}

/** What a line holds of a live session's own stock; none of it for lines that were placed in no session. */
export interface LiveHold {
  /** The session in which it was placed, while it ran. */
  readonly liveSessionId: string | null;
  readonly liveOfferId: string | null;
  /** How many of the pieces that it has reserved are the offer's. */
  readonly liveHeld: number;
}

/** A line with what it holds of a live session, and what moves with it beside its commission. */
export type StockedLine = LineRow &
  LiveHold & {
    /** Whether it may count for an official event. */
    readonly inEvent: boolean;
    /** Whether it came by the link of another buyer. */
    readonly isShared: boolean;
  };

/** The lines at some places, and the places of lines whose month is detached. */
export interface LinesThere {
  readonly lines: readonly StockedLine[];
  readonly detached: readonly LinePlace[];
}

/** Reads the lines that stand at these places. Two statements: the first tells the ids, by which the second knows the months. */
export async function readLines(tx: Sql, places: readonly LinePlace[]): Promise<LinesThere> {
  const keys = await tx.rows(sql<LinePlace & { readonly lineId: string }>`
    select brand_id as "brandId", source_id as "sourceId", order_no as "orderNo", line_no as "lineNo", line_id as "lineId"
    from unnest(${places.map(({ brandId }) => brandId)}::uuid[], ${places.map(({ sourceId }) => sourceId)}::uuid[],
      ${places.map(({ orderNo }) => orderNo)}::text[], ${places.map(({ lineNo }) => lineNo)}::int[])
      p (brand_id, source_id, order_no, line_no)
    join order_line_key using (brand_id, source_id, order_no, line_no)`);
  if (keys.length === 0) return { lines: [], detached: [] };
  const ids = keys.map(({ lineId }) => lineId);
  const lines = await tx.rows(sql<StockedLine>`
    select ${select('t', LINE_COLUMNS)}, v.live_session_id as "liveSessionId", v.offer_id as "liveOfferId",
      coalesce(v.held, 0) as "liveHeld", e.event_id is not null as "inEvent",
      r.line_id is not null as "isShared"
    from unnest(${keys.map(({ brandId }) => brandId)}::uuid[], ${ids}::uuid[]) k (brand_id, id)
    join order_line t using (brand_id, id)
    left join live_line v on v.brand_id = t.brand_id and v.line_id = t.id
    left join event_line e on e.brand_id = t.brand_id and e.line_id = t.id
    left join share_reward r on r.brand_id = t.brand_id and r.line_id = t.id
    where ${inMonthsOf(sql`t.id`, ids)}`);
  const there = new Set(lines.map(({ id }) => id));
  return { lines, detached: keys.filter(({ lineId }) => !there.has(lineId)) };
}

/** Enters new lines, with their keys, by which no other batch enters them again. One statement. */
export async function insertLines(tx: Sql, lines: readonly LineRow[]): Promise<void> {
  if (lines.length === 0) return;
  const columns = sql.join(LINE_COLUMNS.map((name) => sql.id(snake(name))));
  await tx.rows(sql`
    with l (${columns}) as (select * from unnest(${arrays(lines, LINE_COLUMNS)})),
    kept as (insert into order_line_key (brand_id, source_id, order_no, line_no, line_id)
      select brand_id, source_id, order_no, line_no, id from l)
    insert into order_line (${columns}) select * from l`);
}

/** Writes what may change of lines. One statement. */
export async function updateLines(tx: Sql, lines: readonly LineRow[]): Promise<void> {
  if (lines.length === 0) return;
  const names = ['brandId', 'id', ...CHANGING] as const;
  await tx.rows(sql`
    update order_line t set ${sql.join(CHANGING.map((name) => sql`${sql.id(snake(name))} = ${sql.ref(`v.${snake(name)}`)}`))}
    from unnest(${arrays(lines, names)}) v (${sql.join(names.map((name) => sql.id(snake(name))))})
    where t.brand_id = v.brand_id and t.id = v.id and ${inMonthsOf(
      sql`t.id`,
      lines.map(({ id }) => id),
    )}`);
}

const arrays = (lines: readonly LineRow[], names: readonly (keyof LineRow)[]) =>
  sql.join(names.map((name) => sql`${lines.map((line) => line[name])}::${sql.raw(COLUMNS[name][0])}[]`));
