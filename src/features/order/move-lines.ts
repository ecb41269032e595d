import type { Tx } from '../../db/database.ts';
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
import { insertLines, type LineRow, type StockedLine, updateLines } from './line-store.ts';
import type { LivePlace, LockedOffers } from './live-offers.ts';
import type { OrderEvent, PlacedDetail } from './order-event.ts';
import { reserveStock } from './reserve-stock.ts';

/** A line that events have moved, for whoever posts its commission. */
export interface LineChange {
  readonly line: StockedLine;
  /** What had happened to it before. */
  readonly before: LineFacts;
  /** How many steps were taken before these. */
  readonly stepsBefore: number;
  readonly steps: readonly LineStep[];
  /** The terms frozen just now, for a line that was just placed. */
  readonly placed?: FrozenTerms;
  /** The code of the share link that it came by, of a line that was just placed. */
  readonly shareCode: string | null;
}

export interface SkuRef {
  readonly id: string;
  readonly brandId: string;
  readonly productId: string;
  readonly code: string;
  readonly currency: string;
  /** Days from receipt until due, by the product's category; null where that names none. */
  readonly holdingDays: number | null;
  /** The live session that it was listed in and is sold in alone; null for all others. */
  readonly onlyIn: string | null;
  /** Whether it takes part in an official event, or did. */
  readonly inEvents: boolean;
}

/** A line to place: its id, its PLACED event, all its events so far, and the SKU that it names. */
export interface PlacedLine {
  readonly id: string;
  readonly event: OrderEvent;
  readonly sourceId: string;
  readonly events: readonly OrderEvent[];
  readonly sku: SkuRef;
  readonly live: LivePlace | null;
}

/** A line that stands, and its new events. */
export interface MovedLine {
  readonly line: StockedLine;
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
  offers: LockedOffers,
  now: Date,
): Promise<LineChange[]> {
  const changes = [...(await enterLines(tx, placed)), ...moved.map(move)];
  const lines = await reserveStock(
    tx,
    changes.map(({ line, placed: terms }) => ({ line, isNew: terms !== undefined })),
    offers,
  );
  const changed = changes.map((change, i): LineChange => ({ ...change, line: lines[i] as StockedLine }));
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

function enter({ id, event, sourceId, events, sku, live }: PlacedLine, terms: FrozenTerms): LineChange {
  const {
    skuCode: _code,
    linkCode: _link,
    liveSessionId: _session,
    currency: _currency,
    shareCode,
    ...detail
  } = detailOf(event);
  const baseMinor = commissionBase(detail, terms.policy);
  const amounts = { baseMinor, goodsPaidMinor: goodsPaid(detail), quantity: detail.quantity };
  const { facts, steps } = takeEvents(NOTHING_YET, amounts, events);
  const { brandId, orderNo, lineNo, occurredAt } = event;
  const line: StockedLine = {
    brandId,
    id,
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
    liveSessionId: live?.sessionId ?? null,
    liveOfferId: live?.offerId ?? null,
    liveHeld: 0,
    inEvent: sku.inEvents,
    isShared: shareCode !== null,
  };
  return { line, before: NOTHING_YET, stepsBefore: 0, steps, placed: terms, shareCode };
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
  return { line, before, stepsBefore: before.steps, steps, shareCode: null };
}
