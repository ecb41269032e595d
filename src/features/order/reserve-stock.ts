import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { lockStock } from '../../db/locks.ts';
import type { StockedLine } from './line-store.ts';
import type { LockedOffers } from './live-offers.ts';

/** A line whose stock may have to change. */
export interface Reserving {
  readonly line: StockedLine;
  /** Whether it is being placed: a line that is not paid takes pieces of a live session only then. */
  readonly isNew: boolean;
  /** Whether it was not paid in time: then it gives back what it holds. */
  readonly isOverdue?: boolean;
}

/**
 * Brings what lines have reserved to what they need: all pieces while they live, none once cancelled. A shop may have
 * sold more than it has: then what is there is reserved, and stock stays at 0. What a line takes of a live session's offer
 * it holds apart: it goes back to the offer while that is open, and to the SKU after that.
 */
export async function reserveStock(
  tx: Tx,
  changes: readonly Reserving[],
  offers: LockedOffers,
): Promise<StockedLine[]> {
  const ofSkus = changes.filter((change) => missing(change) !== 0 && !isOfOffer(change.line, offers));
  const skuIds = [...new Set(ofSkus.map(({ line }) => line.skuId))];
  const stock = skuIds.length === 0 ? new Map<string, bigint>() : await lockStock(tx, skuIds);
  const taken = new Map([...offers].map(([id, offer]) => [id, offer.taken]));
  const before = { stock: new Map(stock), taken: new Map(taken) };
  const settle = settling({ stock, taken, offers });
  // What some lines give back is there for the others of the batch.
  const released = changes.map((change) =>
    missing(change) < 0 ? { ...change, line: settle(change) } : change,
  );
  const lines = released.map(settle);
  await writeStock(
    tx,
    [...stock].filter(([id, left]) => left !== before.stock.get(id)),
  );
  await writeTaken(
    tx,
    [...taken].filter(([id, count]) => count !== before.taken.get(id)),
  );
  await writeHolds(
    tx,
    lines.filter(({ liveSessionId }) => liveSessionId !== null),
    offers,
  );
  return lines;
}

const isOpen = ({ liveOfferId }: StockedLine, offers: LockedOffers): boolean =>
  liveOfferId !== null && offers.get(liveOfferId)?.closedAt === null;

/** Whether all that the line gives back or takes is its offer's. */
const isOfOffer = (line: StockedLine, offers: LockedOffers): boolean =>
  isOpen(line, offers) && line.reserved === line.liveHeld;

/** How many pieces a line lacks; below zero how many it gives back. */
const missing = (change: Reserving): number => need(change) - change.line.reserved;

function need({ line, isNew, isOverdue }: Reserving): number {
  if (line.state === 'CANCELLED' || isOverdue) return 0;
  if (line.liveOfferId === null) return line.quantity;
  const wanted = line.quantity - givenBack(line);
  return line.state === 'PLACED' && !isNew ? Math.min(wanted, line.reserved) : wanted;
}

/** The pieces that were refunded before anything was shipped: they are still where they were. */
function givenBack(line: StockedLine): number {
  if (line.shippedAt !== null || line.receivedAt !== null) return 0;
  if (line.refundedMinor > 0n && line.refundedMinor === line.goodsPaidMinor) return line.quantity;
  return Math.min(Number(line.refundReportedQuantity), line.quantity);
}

interface Pools {
  /** What is free of each SKU, and what lines hold of each offer; both follow what is settled. */
  readonly stock: Map<string, bigint>;
  readonly taken: Map<string, number>;
  readonly offers: LockedOffers;
}

/** Gives a line what it lacks as far as it is there, or takes from it what it need not have. */
function settling({ stock, taken, offers }: Pools): (change: Reserving) => StockedLine {
  const addStock = (skuId: string, pieces: number) =>
    stock.set(skuId, (stock.get(skuId) ?? 0n) + BigInt(pieces));
  const addTaken = (offerId: string, pieces: number) =>
    taken.set(offerId, (taken.get(offerId) ?? 0) + pieces);
  return (change) => {
    const { line } = change;
    const lacks = missing(change);
    if (lacks === 0) return line;
    const offerId = line.liveOfferId ?? '';
    if (lacks < 0) {
      const ofSku = Math.min(-lacks, line.reserved - line.liveHeld);
      const ofOffer = -lacks - ofSku;
      if (ofOffer > 0) addTaken(offerId, -ofOffer);
      const toSku = isOpen(line, offers) ? ofSku : -lacks;
      if (toSku > 0) addStock(line.skuId, toSku);
      return { ...line, reserved: line.reserved + lacks, liveHeld: line.liveHeld - ofOffer };
    }
    if (isOpen(line, offers)) {
      const got = Math.min(lacks, (offers.get(offerId)?.stock ?? 0) - (taken.get(offerId) ?? 0));
      addTaken(offerId, got);
      return { ...line, reserved: line.reserved + got, liveHeld: line.liveHeld + got };
    }
    const free = stock.get(line.skuId) ?? 0n;
    const got = free < BigInt(lacks) ? Number(free) : lacks;
    addStock(line.skuId, -got);
    return { ...line, reserved: line.reserved + got };
  };
}

async function writeStock(tx: Sql, changed: readonly (readonly [string, bigint])[]): Promise<void> {
  if (changed.length === 0) return;
  await tx.rows(sql`
    update sku s set stock = v.stock
    from unnest(${changed.map(([id]) => id)}::uuid[], ${changed.map(([, left]) => left)}::bigint[]) v (id, stock)
    where s.id = v.id`);
}

async function writeTaken(tx: Sql, changed: readonly (readonly [string, number])[]): Promise<void> {
  if (changed.length === 0) return;
  await tx.rows(sql`
    update live_offer o set taken = v.taken
    from unnest(${changed.map(([id]) => id)}::uuid[], ${changed.map(([, count]) => count)}::int[]) v (id, taken)
    where o.id = v.id`);
}

/** Keeps what lines hold of live sessions, and until when they are to be paid. */
async function writeHolds(tx: Sql, lines: readonly StockedLine[], offers: LockedOffers): Promise<void> {
  if (lines.length === 0) return;
  const column = <Value>(value: (line: StockedLine) => Value) => lines.map(value);
  await tx.rows(sql`
    insert into live_line (brand_id, line_id, live_session_id, offer_id, held, due_at)
    select * from unnest(${column(({ brandId }) => brandId)}::uuid[], ${column(({ id }) => id)}::uuid[],
      ${column(({ liveSessionId }) => liveSessionId)}::uuid[], ${column(({ liveOfferId }) => liveOfferId)}::uuid[],
      ${column(({ liveHeld }) => liveHeld)}::int[], ${column((line) => dueAt(line, offers))}::timestamptz[])
    on conflict (brand_id, line_id) do update set held = excluded.held, due_at = excluded.due_at`);
}

const MINUTE_MS = 60_000;

/** When what a line holds comes back if it is not paid; null for one that is, or that holds nothing. */
function dueAt({ state, liveHeld, liveOfferId, placedAt }: StockedLine, offers: LockedOffers): Date | null {
  if (state !== 'PLACED' || liveHeld === 0) return null;
  const minutes = offers.get(liveOfferId ?? '')?.payWithinMinutes ?? 0;
  return new Date(placedAt.getTime() + minutes * MINUTE_MS);
}
