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
function hashedDetail({ boosted, ...detail }: PlacedDetail): object {
  return boosted ? { ...detail, boosted } : detail;
}

/** The ids of a reporter's sources by their names; a name that is new gets one. */
export async function sourceIds(
  tx: Sql,
  reporterId: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const read = () =>
    tx.rows(sql<{ name: string; id: string }>`
      select name, id from order_source where reporter_id = ${reporterId} and name = any(${names}::text[])`);
  let rows = await read();
  if (rows.length < names.length) {
    await tx.rows(sql`
      insert into order_source (id, reporter_id, name)
      select * from unnest(${names.map(() => newId())}::uuid[], ${names.map(() => reporterId)}::uuid[], ${names}::text[])
      order by 3 on conflict do nothing`);
    rows = await read();
  }
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/**
 * Keeps new events. One statement. When another batch has kept one of them in the meantime, under another line's lock,
 * the whole transaction is tried again and finds it there.
 */
export async function insertEvents(
  tx: Sql,
  events: readonly StoredEvent[],
  isWaiting: (stored: StoredEvent) => boolean,
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  const sorted = [...events].sort((a, b) => (eventKey(a) < eventKey(b) ? -1 : 1));
  const column = <Value>(value: (stored: StoredEvent) => Value) => sorted.map(value);
  const [kept] = await tx.rows(sql<{ count: bigint }>`
    with kept as (insert into order_event (source_id, event_id, brand_id, order_no, line_no, kind, occurred_at, received_at,
      content_hash, content, waiting)
    select e.source_id, e.event_id, e.brand_id, e.order_no, e.line_no, e.kind, e.occurred_at, ${now}, e.hash,
      e.content, e.waiting
    from unnest(
      ${column(({ sourceId }) => sourceId)}::uuid[],
      ${column(({ event }) => event.eventId)}::text[],
      ${column(({ event }) => event.brandId)}::uuid[],
      ${column(({ event }) => event.orderNo)}::text[],
      ${column(({ event }) => event.lineNo)}::int[],
      ${column(({ event }) => event.kind)}::text[],
      ${column(({ event }) => event.occurredAt)}::timestamptz[],
      ${column((stored) => stored.contentHash)}::bytea[],
      ${column(({ event }) => contentOf(event))}::jsonb[],
      ${column(isWaiting)}::boolean[]
    ) e (source_id, event_id, brand_id, order_no, line_no, kind, occurred_at, hash, content, waiting)
    on conflict do nothing
    returning 1)
    select count(*) from kept`);
  if (Number(kept?.count) < events.length)
    throw Object.assign(new Error('An event was kept meanwhile.'), { code: '40001' });
}

/** The hashes of events that are kept, by key. */
export async function keptHashes(tx: Sql, events: readonly StoredEvent[]): Promise<Map<string, Buffer>> {
  const rows = await tx.rows(sql<{ key: string; hash: Buffer }>`
    select o.source_id || '/' || o.event_id as key, o.content_hash as hash
    from unnest(${events.map(({ sourceId }) => sourceId)}::uuid[], ${events.map(({ event }) => event.eventId)}::text[])
      e (source_id, event_id)
    join order_event o on o.source_id = e.source_id and o.event_id = e.event_id`);
  return new Map(rows.map(({ key, hash: kept }) => [key, kept]));
}

interface WaitingRow extends Omit<OrderEvent, 'placed' | 'refund' | 'source'> {
  readonly content: { readonly refund?: { amountMinor: string; quantity: number } } | null;
}

/** Takes the events that were waiting for these lines to be placed; they wait no longer. One statement. */
export async function takeWaiting(tx: Sql, placed: readonly StoredEvent[]): Promise<StoredEvent[]> {
  const rows = await tx.rows(sql<WaitingRow & { sourceId: string; contentHash: Buffer }>`
    update order_event o set waiting = false
    from unnest(${placed.map(({ event }) => event.brandId)}::uuid[], ${placed.map(({ sourceId }) => sourceId)}::uuid[],
      ${placed.map(({ event }) => event.orderNo)}::text[], ${placed.map(({ event }) => event.lineNo)}::int[])
      l (brand_id, source_id, order_no, line_no)
    where o.source_id = l.source_id and o.order_no = l.order_no and o.line_no = l.line_no
      and o.brand_id = l.brand_id and o.waiting
    returning o.source_id as "sourceId", o.content_hash as "contentHash", o.event_id as "eventId",
      o.brand_id as "brandId", o.kind, o.order_no as "orderNo", o.line_no as "lineNo", o.occurred_at as "occurredAt",
      o.content`);
  return rows.map(({ sourceId, contentHash: kept, content, ...event }) => ({
    sourceId,
    contentHash: kept,
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
