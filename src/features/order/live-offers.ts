import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type LockedOffer, lockLiveOffers } from '../../db/locks.ts';
import type { EventProblem } from './check-event.ts';
import type { StoredEvent } from './event-store.ts';
import type { LiveHold } from './line-store.ts';
import type { SkuRef } from './move-lines.ts';
import type { OrderEvent } from './order-event.ts';

/** The offers of live sessions that a batch has to do with, locked, by their ids. */
export type LockedOffers = ReadonlyMap<string, LockedOffer>;

/** The running session that a line was placed in, and the offer of its cart that it takes, if there is one. */
export interface LivePlace {
  readonly sessionId: string;
  readonly offerId: string | null;
}

/** What the live sessions say to a batch. */
export interface LiveOffers {
  readonly offers: LockedOffers;
  /** Where a PLACED event lies; null for one of no session that ran at its moment. */
  readonly placeOf: (event: OrderEvent) => LivePlace | null;
  /** Why the line of a PLACED event cannot be placed. Asked of each line once: what it may have, it is given. */
  readonly refusal: (stored: Pick<StoredEvent, 'event'>) => EventProblem | undefined;
}

interface Session {
  readonly id: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

type SkuOf = (event: OrderEvent) => Pick<SkuRef, 'id' | 'onlyIn'> | undefined;

/**
 * Locks the offers that PLACED events of the batch name by their session and SKU, and those that its lines hold pieces of:
 * all at once, since two goes could make two batches wait for each other. No statement where there is no live session.
 */
export async function liveOffersOf(
  tx: Sql,
  batch: readonly Pick<StoredEvent, 'event'>[],
  lines: readonly LiveHold[],
  skuOf: SkuOf,
): Promise<LiveOffers> {
  const placed = batch.flatMap(({ event }) => (event.placed?.liveSessionId == null ? [] : [event]));
  const held = [...new Set(lines.flatMap(({ liveOfferId }) => liveOfferId ?? []))];
  if (placed.length === 0 && held.length === 0) return withoutSessions(skuOf);
  const named = placed.map((event) => event.placed?.liveSessionId as string);
  const sessions = placed.length === 0 ? [] : await readSessions(tx, named);
  const offers = await lockLiveOffers(
    tx,
    sql`o.id = any(${held}::uuid[]) or (o.live_session_id, o.sku_id) in (
      select * from unnest(${named}::uuid[], ${placed.map((event) => skuOf(event)?.id ?? null)}::uuid[]))`,
  );
  const sessionOf = new Map(sessions.map((session) => [session.id, session]));
  const offerOf = (event: OrderEvent): LockedOffer | undefined =>
    offers.find(
      (offer) =>
        offer.liveSessionId === event.placed?.liveSessionId &&
        offer.skuId === skuOf(event)?.id &&
        offer.addedAt <= event.occurredAt &&
        (offer.removedAt === null || event.occurredAt < offer.removedAt),
    );
  const placeOf = (event: OrderEvent): LivePlace | null => {
    const session = sessionOf.get(event.placed?.liveSessionId ?? '');
    if (session === undefined || !ranAt(session, event.occurredAt)) return null;
    return { sessionId: session.id, offerId: offerOf(event)?.id ?? null };
  };
  const left = new Map(offers.map(({ id, stock, taken }) => [id, stock - taken]));
  const refusal = ({ event }: Pick<StoredEvent, 'event'>): EventProblem | undefined => {
    const place = placeOf(event);
    if (!isSoldIn(skuOf(event), place)) return ELSEWHERE;
    const offer = place === null ? undefined : offerOf(event);
    // An offer that is closed has no stock of its own any more: what is reported late is an order like any other.
    if (offer === undefined || offer.closedAt !== null) return undefined;
    const quantity = event.placed?.quantity ?? 0;
    const free = left.get(offer.id) ?? 0;
    const problem = priceProblem(event, offer) ?? (quantity > free ? SOLD_OUT : undefined);
    if (problem === undefined) left.set(offer.id, free - quantity);
    return problem;
  };
  return { offers: new Map(offers.map((offer) => [offer.id, offer])), placeOf, refusal };
}

const withoutSessions = (skuOf: SkuOf): LiveOffers => ({
  offers: new Map(),
  placeOf: () => null,
  refusal: ({ event }) => (isSoldIn(skuOf(event), null) ? undefined : ELSEWHERE),
});

/** Whether the SKU is sold at that place: one that was listed in a session only there, while it runs. */
const isSoldIn = (sku: ReturnType<SkuOf>, place: LivePlace | null): boolean =>
  sku?.onlyIn == null || sku.onlyIn === place?.sessionId;

const readSessions = (tx: Sql, ids: readonly string[]): Promise<Session[]> =>
  tx.rows(sql<Session>`
    select id, started_at as "startedAt", ended_at as "endedAt" from live_session where id = any(${ids}::uuid[])`);

const ranAt = ({ startedAt, endedAt }: Session, at: Date): boolean =>
  startedAt <= at && (endedAt === null || at <= endedAt);

/** The brand's price of the goods is at most that of the offer, which held when the line was placed. */
function priceProblem({ placed, occurredAt }: OrderEvent, offer: LockedOffer): EventProblem | undefined {
  if (placed === undefined || occurredAt < offer.pricedAt) return undefined;
  const asked = placed.itemTotalMinor - placed.brandDiscountMinor;
  return asked > offer.priceMinor * BigInt(placed.quantity) ? TOO_DEAR : undefined;
}

const ELSEWHERE: EventProblem = {
  code: 'SKU_ONLY_IN_LIVE_SESSION',
  message: 'The SKU was listed in a live session and is sold in that alone, while it runs.',
  field: 'placed.skuCode',
};

const SOLD_OUT: EventProblem = {
  code: 'LIVE_STOCK_SOLD_OUT',
  message: 'The live session has not so many pieces left. Nothing was kept: do not take the order.',
  field: 'placed.quantity',
};

const TOO_DEAR: EventProblem = {
  code: 'LIVE_PRICE_EXCEEDED',
  message: 'Item total less brand discount is more than the price of the live session times quantity.',
  field: 'placed.itemTotalMinor',
};
