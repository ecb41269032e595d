import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import { eventKey } from './classify-events.ts';
import type { OrderEvent, PlacedDetail, RefundDetail } from './order-event.ts';

/** An event with the id of its source and the hash by which a repetition is told from another content. */
export interface StoredEvent {
  readonly event: OrderEvent;
  readonly sourceId: string;
  readonly contentHash: Buffer;
}

/** The hash of everything that an event says, so that a repetition is known for one whoever formats it. */
export function contentHash(event: OrderEvent): Buffer {
  const { brandId, kind, orderNo, lineNo, occurredAt, placed, refund, reason } = event;
  const content = [
    brandId,
    kind,
    orderNo,
    lineNo,
    occurredAt.getTime(),
    reason ?? null,
    refund ?? null,
    placed === undefined ? null : hashedDetail(placed),
  ];
  const text = JSON.stringify(content, (_key, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return hash('sha256', text, 'buffer');
}

/** Without what later versions added, where it says nothing: events of before are to be known again. */
function hashedDetail({ boosted, shareCode, ...detail }: PlacedDetail): object {
  return { ...detail, ...(boosted && { boosted }), ...(shareCode !== null && { shareCode }) };
}

/** A source of order events: a name that one reporter gives it. */
export interface SourceName {
  readonly reporterId: string;
  readonly name: string;
}

/** The ids of sources; one that is new gets one. */
export async function sourceIds(
  tx: Sql,
  named: readonly SourceName[],
): Promise<(source: SourceName) => string> {
  const keyOf = ({ reporterId, name }: SourceName) => `${reporterId}/${name}`;
  // In one order, so that two batches with the same new names wait for each other in a row.
  const sources = [...new Map(named.map((source) => [keyOf(source), source]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, source]) => source);
  const asked = sql`unnest(${sources.map(({ reporterId }) => reporterId)}::uuid[], ${sources.map(({ name }) => name)}::text[])`;
  const read = () =>
    tx.rows(sql<SourceName & { id: string }>`
      select reporter_id as "reporterId", name, id from order_source
      join ${asked} as asked (reporter_id, name) using (reporter_id, name)`);
  let rows = await read();
  if (rows.length < sources.length) {
    await tx.rows(sql`
      insert into order_source (id, reporter_id, name)
      select * from unnest(${sources.map(() => newId())}::uuid[], ${sources.map(({ reporterId }) => reporterId)}::uuid[],
        ${sources.map(({ name }) => name)}::text[])
      on conflict do nothing`);
    rows = await read();
  }
  const ids = new Map(rows.map((row) => [keyOf(row), row.id]));
  return (source) => ids.get(keyOf(source)) as string;
}

/**
 * Keeps new events, each with its line, or with null while it waits for one. One statement. When another batch has kept
 * one of them in the meantime, under another line's lock, the whole transaction is tried again and finds it there.
 */
export async function insertEvents(
  tx: Sql,
  events: readonly StoredEvent[],
  lineIdOf: (stored: StoredEvent) => string | null,
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const sorted = [...events].sort((a, b) => (eventKey(a) < eventKey(b) ? -1 : 1));
  const column = <Value>(value: (stored: StoredEvent) => Value) => sorted.map(value);
  const [kept] = await tx.rows(sql<{ count: bigint }>`
    with e (source_id, event_id, brand_id, order_no, line_no, kind, occurred_at, hash, content, line_id) as (
      select * from unnest(
        ${column(({ sourceId }) => sourceId)}::uuid[],
        ${column(({ event }) => event.eventId)}::text[],
        ${column(({ event }) => event.brandId)}::uuid[],
        ${column(({ event }) => event.orderNo)}::text[],
        ${column(({ event }) => event.lineNo)}::int[],
        ${column(({ event }) => event.kind)}::text[],
        ${column(({ event }) => event.occurredAt)}::timestamptz[],
        ${column((stored) => stored.contentHash)}::bytea[],
        ${column(({ event }) => contentOf(event))}::jsonb[],
        ${column(lineIdOf)}::uuid[])),
    kept as (insert into order_event_key (source_id, event_id, content_hash)
      select source_id, event_id, hash from e on conflict do nothing returning 1),
    lying as (insert into order_event (source_id, event_id, brand_id, order_no, line_no, kind, occurred_at, received_at,
        content, line_id, waiting)
      select source_id, event_id, brand_id, order_no, line_no, kind, occurred_at, ${now}, content, line_id, line_id is null
      from e)
    select count(*) from kept`);
  if (Number(kept?.count) < events.length)
    throw Object.assign(new Error('An event was kept meanwhile.'), { code: '40001' });
}

/** The hashes of events that are kept, by key. */
export async function keptHashes(tx: Sql, events: readonly StoredEvent[]): Promise<Map<string, Buffer>> {
  const rows = await tx.rows(sql<{ key: string; hash: Buffer }>`
    select source_id || '/' || event_id as key, content_hash as hash
    from unnest(${events.map(({ sourceId }) => sourceId)}::uuid[], ${events.map(({ event }) => event.eventId)}::text[])
      e (source_id, event_id)
    join order_event_key using (source_id, event_id)`);
  return new Map(rows.map(({ key, hash: kept }) => [key, kept]));
}

interface WaitingRow extends Omit<OrderEvent, 'placed' | 'refund' | 'source'> {
  readonly sourceId: string;
  readonly content: { readonly refund?: { amountMinor: string; quantity: number } } | null;
}

/** A PLACED event and the id of the line that it places. */
export interface Placing {
  readonly stored: StoredEvent;
  readonly lineId: string;
}

/** Takes the events that were waiting for these lines to be placed: now they lie with them. One statement. */
export async function takeWaiting(
  tx: Sql,
  placed: readonly Placing[],
): Promise<Pick<StoredEvent, 'event' | 'sourceId'>[]> {
  const column = <Value>(value: (event: OrderEvent) => Value) =>
    placed.map(({ stored }) => value(stored.event));
  const rows = await tx.rows(sql<WaitingRow>`
    update order_event o set waiting = false, line_id = l.id
    from unnest(${placed.map(({ lineId }) => lineId)}::uuid[], ${column(({ brandId }) => brandId)}::uuid[],
      ${placed.map(({ stored }) => stored.sourceId)}::uuid[], ${column(({ orderNo }) => orderNo)}::text[],
      ${column(({ lineNo }) => lineNo)}::int[])
      l (id, brand_id, source_id, order_no, line_no)
    where o.source_id = l.source_id and o.order_no = l.order_no and o.line_no = l.line_no
      and o.brand_id = l.brand_id and o.waiting and o.line_id is null
    returning o.source_id as "sourceId", o.event_id as "eventId", o.brand_id as "brandId", o.kind,
      o.order_no as "orderNo", o.line_no as "lineNo", o.occurred_at as "occurredAt", o.content`);
  return rows.map(({ sourceId, content, ...event }) => ({
    sourceId,
    event: {
      ...event,
      source: '',
      refund: content?.refund && { ...content.refund, amountMinor: BigInt(content.refund.amountMinor) },
    },
  }));
}

/** What an event says beside its time, as it is kept; null when that is nothing. */
function contentOf({ placed, refund, reason }: OrderEvent): string | null {
  if (placed === undefined && refund === undefined && reason == null) return null;
  const content: { placed?: PlacedDetail; refund?: RefundDetail; reason?: string } = {};
  if (placed !== undefined) content.placed = placed;
  if (refund !== undefined) content.refund = refund;
  if (reason != null) content.reason = reason;
  return JSON.stringify(content, (_key, value) => (typeof value === 'bigint' ? value.toString() : value));
}
