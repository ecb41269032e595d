import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { lockStock } from '../../db/locks.ts';
import { newId } from '../../kernel/ids.ts';
import { commissionBase, goodsPaid } from './commission-base.ts';
import { type FrozenTerms, freezeTerms, insertFrozenTerms } from './freeze-terms.ts';
import {
  baseLeft,
  type LineFacts,
  type LineStep,
  NOTHING_YET,
  refundedOf,
  stateOf,
  takeEvents,
} from './line-life.ts';
import { insertLines, type LineRow, updateLines } from './line-store.ts';
import type { OrderEvent, PlacedDetail } from './order-event.ts';

/** A line that events have moved, for whoever posts its commission. */
export interface LineChange {
  readonly line: LineRow;
  /** What had happened to it before. */
  readonly before: LineFacts;
  /** How many steps were taken before these. */
  readonly stepsBefore: number;
  readonly steps: readonly LineStep[];
  /** The terms frozen just now, for a line that was just placed. */
  readonly placed?: FrozenTerms;
}

export interface SkuRef {
  readonly id: string;
  readonly brandId: string;
  readonly productId: string;
  readonly code: string;
  readonly currency: string;
  /** Days from receipt until due, by the product's category; null where that names none. */
  readonly holdingDays: number | null;
}

/** A line to place: its PLACED event, all its events so far, and the SKU that it names. */
export interface PlacedLine {
  readonly event: OrderEvent;
  readonly sourceId: string;
  readonly events: readonly OrderEvent[];
  readonly sku: SkuRef;
}

/** A line that stands, and its new events. */
export interface MovedLine {
  readonly line: LineRow;
  readonly events: readonly OrderEvent[];
}

/**
 * Enters lines with their frozen terms, moves others by their new events, and reserves or releases the stock of all of
 * them at once: SKUs that were locked in two goes could make two batches wait for each other.
 */
export async function changeLines(
  tx: Tx,
  placed: readonly PlacedLine[],
  moved: readonly MovedLine[],
  now: Date,
): Promise<LineChange[]> {
  const changes = [...(await enterLines(tx, placed)), ...moved.map(move)];
  const lines = await reserve(
    tx,
    changes.map(({ line }) => line),
  );
  const changed = changes.map((change, i): LineChange => ({ ...change, line: lines[i] as LineRow }));
  const entered = changed.flatMap(({ line, placed: terms }) =>
    terms === undefined ? [] : [{ line, terms }],
  );
  await insertLines(
    tx,
    entered.map(({ line }) => line),
  );
  await insertFrozenTerms(
    tx,
    entered.map(({ line, terms }) => ({ ...line, terms })),
    now,
  );
  await updateLines(
    tx,
    changed.filter(({ placed: terms }) => terms === undefined).map(({ line }) => line),
  );
  return changed;
}

async function enterLines(tx: Tx, placed: readonly PlacedLine[]): Promise<LineChange[]> {
  if (placed.length === 0) return [];
  const terms = await freezeTerms(
    tx,
    placed.map(({ event, sku }) => ({
      brandId: event.brandId,
      productId: sku.productId,
      categoryHoldingDays: sku.holdingDays,
      placedAt: event.occurredAt,
      ...detailOf(event),
    })),
  );
  return placed.map((line, i) => enter(line, terms[i] as FrozenTerms));
}

const detailOf = ({ placed }: OrderEvent): PlacedDetail => placed as PlacedDetail;

function enter({ event, sourceId, events, sku }: PlacedLine, terms: FrozenTerms): LineChange {
  const {
    skuCode: _code,
    linkCode: _link,
    liveSessionId: _session,
    currency: _currency,
    ...detail
  } = detailOf(event);
  const baseMinor = commissionBase(detail, terms.policy);
  const amounts = { baseMinor, goodsPaidMinor: goodsPaid(detail), quantity: detail.quantity };
  const { facts, steps } = takeEvents(NOTHING_YET, amounts, events);
  const { brandId, orderNo, lineNo, occurredAt } = event;
  const line: LineRow = {
    brandId,
    id: newId(),
    sourceId,
    orderNo,
    lineNo,
    productId: sku.productId,
    skuId: sku.id,
    creatorId: terms.creatorId,
    attribution: terms.creatorId === null ? 'NONE' : (terms.evidence.method ?? 'NONE'),
    unattributedReason: terms.reason,
    reserved: 0,
    currency: sku.currency,
    placedAt: occurredAt,
    ...detail,
    ...amounts,
    ...standing(facts, amounts),
    steps: steps.length,
  };
  return { line, before: NOTHING_YET, stepsBefore: 0, steps, placed: terms };
}

/** What the facts make of a line. */
function standing(facts: LineFacts, amounts: Pick<LineRow, 'baseMinor' | 'goodsPaidMinor' | 'quantity'>) {
  const state = stateOf(facts);
  return {
    ...facts,
    state,
    refundedMinor: refundedOf(facts, amounts),
    remainingBaseMinor: baseLeft(facts, amounts),
  };
}

function move({ line: before, events }: MovedLine): LineChange {
  const { facts, steps } = takeEvents(before, before, events);
  const line = { ...before, ...standing(facts, before), steps: before.steps + steps.length };
  return { line, before, stepsBefore: before.steps, steps };
}

/**
 * Brings what lines have reserved to what they need: all pieces while they live, none once cancelled. A shop may have
 * sold more than it has: then what is there is reserved, and stock stays at 0.
 */
async function reserve(tx: Tx, lines: readonly LineRow[]): Promise<LineRow[]> {
  const need = ({ state, quantity }: LineRow): number => (state === 'CANCELLED' ? 0 : quantity);
  const changing = lines.filter((line) => need(line) !== line.reserved);
  if (changing.length === 0) return [...lines];
  const stock = await lockStock(tx, [...new Set(changing.map(({ skuId }) => skuId))]);
  const before = new Map(stock);
  const settle = (line: LineRow): LineRow => {
    const free = stock.get(line.skuId);
    if (free === undefined || need(line) === line.reserved) return line;
    const wanted = BigInt(need(line) - line.reserved);
    const got = wanted > free ? free : wanted;
    stock.set(line.skuId, free - got);
    return { ...line, reserved: line.reserved + Number(got) };
  };
  // What some lines give back is there for the others of the batch.
  const reserved = lines.map((line) => (need(line) < line.reserved ? settle(line) : line)).map(settle);
  const changed = [...stock].filter(([id, left]) => left !== before.get(id));
  if (changed.length > 0) {
    await tx.rows(sql`
      update sku s set stock = v.stock
      from unnest(${changed.map(([id]) => id)}::uuid[], ${changed.map(([, left]) => left)}::bigint[]) v (id, stock)
      where s.id = v.id`);
  }
  return reserved;
}
