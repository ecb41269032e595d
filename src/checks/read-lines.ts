import { sql } from 'kysely';
import type { Database, Sql } from '../db/database.ts';
import type { LineRow, OrderEvent } from '../features/order/index.ts';
import { LINE_COLUMNS } from '../features/order/line-store.ts';
import { select } from '../graphql/loaders.ts';
import { NO_ID } from '../kernel/ids.ts';
import type { FrozenRates, KeptLine, KeptNode, KeptStep } from './prove-line.ts';

/** A place in the order of all lines. */
export interface LinePlace {
  readonly brandId: string;
  readonly lineId: string;
}

/** Before the first line. */
export const START: LinePlace = { brandId: NO_ID, lineId: NO_ID };

type OfLine<Row> = Row & { readonly lineId: string };

/** The next lines after a place with all that is kept of them, as they stood at one moment. */
export function readKeptLines(database: Database, after: LinePlace, count: number): Promise<KeptLine[]> {
  return database.transaction(async (tx) => {
    // Orders may come in meanwhile; a line and its entries are to be of one state.
    await tx.rows(sql`set transaction isolation level repeatable read, read only`);
    const lines = await tx.rows(sql<LineRow>`
      select ${select('t', LINE_COLUMNS)} from order_line t
      where (t.brand_id, t.id) > (${after.brandId}, ${after.lineId}) order by t.brand_id, t.id limit ${count}`);
    const last = lines.at(-1);
    if (last === undefined) return [];
    return gather(tx, lines, { after, upTo: { brandId: last.brandId, lineId: last.id } });
  });
}

interface Range {
  readonly after: LinePlace;
  readonly upTo: LinePlace;
}

/** Every table lies in the order of brand and line, so that a stretch of lines is a stretch of each. */
const within = ({ after, upTo }: Range, alias = 't') => {
  const place = sql.raw(`(${alias}.brand_id, ${alias}.line_id)`);
  return sql`${place} > (${after.brandId}, ${after.lineId}) and ${place} <= (${upTo.brandId}, ${upTo.lineId})`;
};

async function gather(tx: Sql, lines: readonly LineRow[], range: Range): Promise<KeptLine[]> {
  const frozen = new Map((await readFrozen(tx, range)).map((row) => [row.lineId, row]));
  const nodes = Map.groupBy(await readNodes(tx, range), ({ lineId }) => lineId);
  const steps = Map.groupBy(await readSteps(tx, range), ({ lineId }) => lineId);
  const entries = Map.groupBy(await readEntries(tx, range), ({ lineId }) => lineId);
  const events = Map.groupBy(await readEvents(tx, range), ({ lineId }) => lineId);
  return lines.map((line) => ({
    line,
    frozen: frozen.get(line.id),
    nodes: nodes.get(line.id) ?? [],
    steps: withEntries(steps.get(line.id) ?? [], entries.get(line.id) ?? []),
    events: events.get(line.id) ?? [],
  }));
}

function readFrozen(tx: Sql, range: Range): Promise<OfLine<FrozenRates>[]> {
  return tx.rows(sql<OfLine<FrozenRates>>`
    select t.line_id as "lineId", t.platform_discount_in_base as "platformDiscountInBase",
      t.creator_discount_in_base as "creatorDiscountInBase", t.technical_fee_bp as "technicalFeeBp",
      coalesce(e.commission_bp, p.commission_bp) as "commissionBp", p.boost_bp as "boostBp",
      coalesce(p.tier_after, '{}') as "tierAfter", coalesce(p.tier_bp, '{}') as "tierBp",
      t.settled_lines as "settledLines", t.creator_part_bp as "creatorPartBp", c.share_bp as "contractShareBp",
      e.service_fee_bp as "serviceFeeBp", s.service_fee_bp as "secondFeeBp"
    from frozen_terms t
    left join plan_terms p on p.id = t.plan_terms_id
    left join enrolment_terms e on e.id = t.enrolment_terms_id
    left join enrolment_terms s on s.id = t.second_terms_id
    left join contract_terms c on c.id = t.contract_terms_id
    where ${within(range)}`);
}

function readNodes(tx: Sql, range: Range): Promise<OfLine<KeptNode>[]> {
  return tx.rows(sql<OfLine<KeptNode>>`
    select t.line_id as "lineId", t.node_no as "nodeNo", t.parent_no as "parentNo", t.payee_id as "payeeId", t.role,
      t.rate_bp as "rateBp", t.applies_to as "of", t.gross_minor as "grossMinor", t.net_minor as "netMinor"
    from waterfall_node t where ${within(range)} order by t.brand_id, t.line_id, t.node_no`);
}

type StepRow = Omit<KeptStep, 'entries'>;
interface EntryRow {
  readonly stepNo: number;
  readonly nodeNo: number;
  readonly netMinor: bigint;
}

function readSteps(tx: Sql, range: Range): Promise<OfLine<StepRow>[]> {
  return tx.rows(sql<OfLine<StepRow>>`
    select t.line_id as "lineId", t.step_no as "stepNo", t.kind, t.event_id as "eventId",
      t.occurred_at as "occurredAt", t.refunded_minor as "refundedMinor", t.refunded_quantity as "refundedQuantity",
      t.remaining_base_minor as "remainingBaseMinor"
    from commission_step t where ${within(range)} order by t.brand_id, t.line_id, t.step_no`);
}

function readEntries(tx: Sql, range: Range): Promise<OfLine<EntryRow>[]> {
  return tx.rows(sql<OfLine<EntryRow>>`
    select t.line_id as "lineId", t.step_no as "stepNo", t.node_no as "nodeNo", t.net_minor as "netMinor"
    from commission_entry t where ${within(range)}`);
}

function withEntries(steps: readonly StepRow[], entries: readonly EntryRow[]): KeptStep[] {
  return steps.map((step) => {
    const posted: (bigint | undefined)[] = [];
    for (const entry of entries) if (entry.stepNo === step.stepNo) posted[entry.nodeNo] = entry.netMinor;
    return { ...step, entries: posted };
  });
}

type EventRow = Omit<OrderEvent, 'refund' | 'placed' | 'source'> & {
  readonly lineId: string;
  readonly amount: string | null;
  readonly quantity: string | null;
};

/** The events that count on the lines; of what they say only the refunds, which no column of the line repeats. */
async function readEvents(tx: Sql, range: Range): Promise<OfLine<OrderEvent>[]> {
  const rows = await tx.rows(sql<EventRow>`
    select t.line_id as "lineId", t.event_id as "eventId", t.brand_id as "brandId", t.kind, t.order_no as "orderNo",
      t.line_no as "lineNo", t.occurred_at as "occurredAt",
      case when t.kind = 'REFUNDED' then t.content #>> '{refund,amountMinor}' end as amount,
      case when t.kind = 'REFUNDED' then t.content #>> '{refund,quantity}' end as quantity
    from order_event t where ${within(range)}`);
  return rows.map(({ amount, quantity, ...event }) => ({
    ...event,
    source: '',
    refund: amount === null ? undefined : { amountMinor: BigInt(amount), quantity: Number(quantity) },
  }));
}
