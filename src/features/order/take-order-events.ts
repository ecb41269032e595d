import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { lockOrderLines } from '../../db/locks.ts';
import { newId } from '../../kernel/ids.ts';
import { checkEvent, type EventProblem } from './check-event.ts';
import { classifyEvents, type EventAnswer, placeKey } from './classify-events.ts';
import {
  contentHash,
  insertEvents,
  keptHashes,
  type Placing,
  type StoredEvent,
  sourceIds,
  takeWaiting,
} from './event-store.ts';
import { type LinePlace, readLines, type StockedLine } from './line-store.ts';
import { type LiveOffers, liveOffersOf } from './live-offers.ts';
import { changeLines, type LineChange, type PlacedLine, type SkuRef } from './move-lines.ts';
import { lineKeyOf, type OrderEvent } from './order-event.ts';

/** Posts the commission of changed lines in the same transaction. */
export type PostLines = (tx: Tx, changes: readonly LineChange[], now: Date) => Promise<void>;

/** An event, or why not even its brand is known. */
export type ReportedEvent = OrderEvent | { readonly problem: EventProblem };

/** What one caller reports. */
export interface OrderReport {
  /** The party whose sources the events name. */
  readonly reporterId: string;
  readonly events: readonly ReportedEvent[];
}

/** A sound event and who reports it. */
interface SentEvent {
  readonly reporterId: string;
  readonly event: OrderEvent;
}

/** Takes the events of one report; see takeReports. */
export async function takeOrderEvents(
  tx: Tx,
  reporterId: string,
  events: readonly ReportedEvent[],
  post: PostLines,
  now: Date,
): Promise<EventAnswer[]> {
  return (await takeReports(tx, [{ reporterId, events }], post, now)).flat();
}

/**
 * Takes events of order lines, in any order and any number of times, each answered by itself at its own place. A
 * fixed number of statements for all reports together. Lines are locked, so that batches that run at once share no line.
 */
export async function takeReports(
  tx: Tx,
  reports: readonly OrderReport[],
  post: PostLines,
  now: Date,
): Promise<EventAnswer[][]> {
  const all = reports.flatMap(({ reporterId, events }) => events.map((event) => ({ reporterId, event })));
  const problems = all.map(({ event }) => ('problem' in event ? event.problem : checkEvent(event, now)));
  const soundNow = () => all.filter((_, i) => problems[i] === undefined) as SentEvent[];
  const sound = soundNow().map(({ event }) => event);
  const [brands, skus] = [await readBrands(tx, sound), await readSkus(tx, sound)];
  for (const [i, { event }] of all.entries()) {
    if (problems[i] !== undefined) continue;
    const { brandId } = event as OrderEvent;
    problems[i] = brands.has(brandId) ? skuProblem(event as OrderEvent, skus) : NO_SUCH_BRAND;
  }
  const taken = soundNow();
  const answers = taken.length === 0 ? [] : await takeBatch(tx, taken, skus, post, now);
  let next = 0;
  const inOrder = problems.map(
    (problem): EventAnswer =>
      problem === undefined ? (answers[next++] as EventAnswer) : { status: 'REJECTED', problem },
  );
  const left = inOrder.values();
  return reports.map(({ events }) => events.map(() => left.next().value as EventAnswer));
}

/** Takes events that are sound by themselves: keeps those that are new, and moves their lines. */
async function takeBatch(
  tx: Tx,
  sent: readonly SentEvent[],
  skus: ReadonlyMap<string, SkuRef>,
  post: PostLines,
  now: Date,
): Promise<EventAnswer[]> {
  const idOf = await sourceIds(
    tx,
    sent.map(({ reporterId, event }) => ({ reporterId, name: event.source })),
  );
  const batch = sent.map(({ reporterId, event }) => ({
    event,
    sourceId: idOf({ reporterId, name: event.source }),
    contentHash: contentHash(event),
  }));
  await lockOrderLines(tx, batch.map(placeKey));
  const { lines, detached } = await linesOf(tx, batch);
  const live = await liveOffersOf(tx, batch, [...lines.values()], (event) => skus.get(skuKey(event)));
  const kept = await keptHashes(tx, batch);
  const answers = classifyEvents(batch, { lines, detached, kept, refusal: live.refusal });
  const statusOf = new Map(batch.map((stored, i) => [stored, answers[i]?.status]));
  const fresh = batch.filter((stored) => ['APPLIED', 'WAITING'].includes(statusOf.get(stored) ?? ''));
  const applied = Map.groupBy(
    fresh.filter((stored) => statusOf.get(stored) === 'APPLIED'),
    placeKey,
  );
  const lineIds = new Map([...applied.keys()].map((key) => [key, lines.get(key)?.id ?? newId()]));
  await insertEvents(tx, fresh, (stored) => lineIds.get(placeKey(stored)) ?? null, now);

  const placed = await placedLines(tx, applied, { lines, lineIds, skus, live });
  const changes = await changeLines(tx, placed, movedLines(applied, lines), live.offers, now);
  if (changes.length > 0) await post(tx, changes, now);
  return answers;
}

interface Known {
  readonly lines: ReadonlyMap<string, StockedLine>;
  /** The keys of lines whose month is detached. */
  readonly detached: ReadonlySet<string>;
}

async function linesOf(tx: Sql, batch: readonly StoredEvent[]): Promise<Known> {
  const places = new Map(
    batch.map((stored) => [placeKey(stored), { ...stored.event, sourceId: stored.sourceId }]),
  );
  const { lines, detached } = await readLines(tx, [...places.values()]);
  const keyOf = (line: LinePlace) => lineKeyOf({ ...line, source: line.sourceId });
  return { lines: new Map(lines.map((line) => [keyOf(line), line])), detached: new Set(detached.map(keyOf)) };
}

type EventsByLine = ReadonlyMap<string, readonly StoredEvent[]>;

interface Placed {
  readonly lines: ReadonlyMap<string, StockedLine>;
  /** The id of each line that the batch has events of. */
  readonly lineIds: ReadonlyMap<string, string>;
  readonly skus: ReadonlyMap<string, SkuRef>;
  readonly live: LiveOffers;
}

/** The lines that the batch places, each with its events of this batch and those that had been waiting for it. */
async function placedLines(
  tx: Sql,
  applied: EventsByLine,
  { lines, lineIds, skus, live }: Placed,
): Promise<PlacedLine[]> {
  const placed = [...applied].filter(([key]) => !lines.has(key));
  if (placed.length === 0) return [];
  const heads = placed.map(([key, list]) => ({
    stored: list.find(({ event }) => event.kind === 'PLACED') as StoredEvent,
    lineId: lineIds.get(key) as string,
  }));
  const waited = Map.groupBy(await takeWaiting(tx, heads), placeKey);
  return placed.map(([key, list], i) => {
    const { stored, lineId } = heads[i] as Placing;
    const events = [...list, ...(waited.get(key) ?? [])].map(({ event }) => event);
    const sku = skus.get(skuKey(stored.event)) as SkuRef;
    return { id: lineId, ...stored, events, sku, live: live.placeOf(stored.event) };
  });
}

const movedLines = (applied: EventsByLine, lines: ReadonlyMap<string, StockedLine>) =>
  [...lines].flatMap(([key, line]) => {
    const list = applied.get(key);
    return list === undefined ? [] : [{ line, events: list.map(({ event }) => event) }];
  });

const NO_SUCH_BRAND: EventProblem = {
  code: 'BRAND_NOT_FOUND',
  message: 'There is no brand with this id.',
  field: 'brandId',
};

/** Which of the brands exist: operators may name any, and nothing is kept for one that is not there. One statement. */
async function readBrands(tx: Sql, events: readonly OrderEvent[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const ids = [...new Set(events.map(({ brandId }) => brandId))];
  const rows = await tx.rows(sql<{ id: string }>`select id from brand where id = any(${ids}::uuid[])`);
  return new Set(rows.map(({ id }) => id));
}

/** The SKUs that PLACED events name, by brand and code. One statement. */
async function readSkus(tx: Sql, events: readonly OrderEvent[]): Promise<Map<string, SkuRef>> {
  const placed = events.filter(({ kind }) => kind === 'PLACED');
  if (placed.length === 0) return new Map();
  const rows = await tx.rows(sql<SkuRef>`
    select s.id, s.brand_id as "brandId", s.product_id as "productId", s.code, s.currency,
      (select u.holding_days from category u where u.id = any(c.path) and u.holding_days is not null
        order by u.level desc limit 1) as "holdingDays",
      (select f.live_session_id from live_flash f where f.product_id = p.id and p.listed_at is null) as "onlyIn",
      exists (select from event_product e where e.product_id = p.id and e.state in ('APPROVED', 'REMOVED')) as "inEvents"
    from sku s join product p on p.id = s.product_id join category c on c.id = p.category_id
    where s.brand_id = any(${[...new Set(placed.map(({ brandId }) => brandId))]}::uuid[])
      and s.code = any(${[...new Set(placed.map((event) => event.placed?.skuCode ?? ''))]}::text[])`);
  return new Map(rows.map((row) => [`${row.brandId}/${row.code}`, row]));
}

const skuKey = ({ brandId, placed }: OrderEvent): string => `${brandId}/${placed?.skuCode ?? ''}`;

function skuProblem(event: OrderEvent, skus: ReadonlyMap<string, SkuRef>): EventProblem | undefined {
  if (event.placed === undefined) return undefined;
  const sku = skus.get(skuKey(event));
  if (sku === undefined) {
    return {
      code: 'SKU_NOT_FOUND',
      message: 'The brand has no SKU with this code.',
      field: 'placed.skuCode',
    };
  }
  if (event.placed.currency === null || event.placed.currency === sku.currency) return undefined;
  const message = `The brand sells in ${sku.currency}; a currency is never converted.`;
  return { code: 'CURRENCY_MISMATCH', message, field: 'placed.currency' };
}
