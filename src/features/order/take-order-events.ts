import { sql } from 'kysely';
import type { Sql, Tx } from '../../db/database.ts';
import { lockOrderLines } from '../../db/locks.ts';
import { checkEvent, type EventProblem } from './check-event.ts';
import { classifyEvents, type EventAnswer, placeKey } from './classify-events.ts';
import {
  contentHash,
  insertEvents,
  keptHashes,
  type StoredEvent,
  sourceIds,
  takeWaiting,
} from './event-store.ts';
import { type LineRow, readLines } from './line-store.ts';
import { changeLines, type LineChange, type PlacedLine, type SkuRef } from './move-lines.ts';
import { lineKeyOf, type OrderEvent } from './order-event.ts';

/** Posts the commission of changed lines in the same transaction. */
export type PostLines = (tx: Tx, changes: readonly LineChange[], now: Date) => Promise<void>;

/** An event, or why not even its brand is known. */
export type ReportedEvent = OrderEvent | { readonly problem: EventProblem };

/**
 * Takes events of order lines, in any order and any number of times, each answered by itself at its own place. A
 * fixed number of statements for all of them. Lines are locked, so that batches that run at once share no line.
 */
export async function takeOrderEvents(
  tx: Tx,
  reporterId: string,
  reported: readonly ReportedEvent[],
  post: PostLines,
  now: Date,
): Promise<EventAnswer[]> {
  const problems = reported.map((event) => ('problem' in event ? event.problem : checkEvent(event, now)));
  const sound = reported.filter((_, i) => problems[i] === undefined) as OrderEvent[];
  const [brands, skus] = [await readBrands(tx, sound), await readSkus(tx, sound)];
  for (const [i, event] of reported.entries()) {
    if (problems[i] !== undefined) continue;
    const { brandId } = event as OrderEvent;
    problems[i] = brands.has(brandId) ? skuProblem(event as OrderEvent, skus) : NO_SUCH_BRAND;
  }
  const taken = reported.filter((_, i) => problems[i] === undefined) as OrderEvent[];
  const answers = taken.length === 0 ? [] : await takeBatch(tx, reporterId, taken, skus, post, now);
  let next = 0;
  return problems.map((problem) =>
    problem === undefined ? (answers[next++] as EventAnswer) : { status: 'REJECTED', problem },
  );
}

/** Takes events that are sound by themselves: keeps those that are new, and moves their lines. */
async function takeBatch(
  tx: Tx,
  reporterId: string,
  events: readonly OrderEvent[],
  skus: ReadonlyMap<string, SkuRef>,
  post: PostLines,
  now: Date,
): Promise<EventAnswer[]> {
  const ids = await sourceIds(tx, reporterId, [...new Set(events.map(({ source }) => source))].sort());
  const batch = events.map((event) => ({
    event,
    sourceId: ids.get(event.source) as string,
    contentHash: contentHash(event),
  }));
  await lockOrderLines(tx, batch.map(placeKey));
  const lines = await linesOf(tx, batch);
  const answers = classifyEvents(batch, { lines, kept: await keptHashes(tx, batch) });
  const statusOf = new Map(batch.map((stored, i) => [stored, answers[i]?.status]));
  const fresh = batch.filter((stored) => ['APPLIED', 'WAITING'].includes(statusOf.get(stored) ?? ''));
  await insertEvents(tx, fresh, (stored) => statusOf.get(stored) === 'WAITING', now);

  const applied = Map.groupBy(
    fresh.filter((stored) => statusOf.get(stored) === 'APPLIED'),
    placeKey,
  );
  const placed = await placedLines(tx, applied, lines, skus);
  const changes = await changeLines(tx, placed, movedLines(applied, lines), now);
  if (changes.length > 0) await post(tx, changes, now);
  return answers;
}

async function linesOf(tx: Sql, batch: readonly StoredEvent[]): Promise<Map<string, LineRow>> {
  const places = new Map(
    batch.map((stored) => [placeKey(stored), { ...stored.event, sourceId: stored.sourceId }]),
  );
  const rows = await readLines(tx, [...places.values()]);
  return new Map(rows.map((line) => [lineKeyOf({ ...line, source: line.sourceId }), line]));
}

type EventsByLine = ReadonlyMap<string, readonly StoredEvent[]>;

/** The lines that the batch places, each with its events of this batch and those that had been waiting for it. */
async function placedLines(
  tx: Sql,
  applied: EventsByLine,
  lines: ReadonlyMap<string, LineRow>,
  skus: ReadonlyMap<string, SkuRef>,
): Promise<PlacedLine[]> {
  const placed = [...applied].filter(([key]) => !lines.has(key));
  if (placed.length === 0) return [];
  const heads = placed.map(([, list]) => list.find(({ event }) => event.kind === 'PLACED') as StoredEvent);
  const waited = Map.groupBy(await takeWaiting(tx, heads), placeKey);
  return placed.map(([key, list], i) => {
    const { event, sourceId } = heads[i] as StoredEvent;
    const events = [...list, ...(waited.get(key) ?? [])].map((stored) => stored.event);
    return { event, sourceId, events, sku: skus.get(skuKey(event)) as SkuRef };
  });
}

const movedLines = (applied: EventsByLine, lines: ReadonlyMap<string, LineRow>) =>
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
        order by u.level desc limit 1) as "holdingDays"
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
