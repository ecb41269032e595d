import { sql } from 'kysely';
import type { Database, Tx } from '../../db/database.ts';
import type { EventKind } from '../../db/outbox.ts';
import { type ChangeRow, type FeedPlace, HEAD_XID, readChanges } from '../../db/read-changes.ts';
import { newId, toGlobalId } from '../../kernel/ids.ts';

/** An endpoint with as much to be sent takes no more events for now: the feed keeps them. */
const MOST_PENDING = 1000;
/** Events that one endpoint takes in one go, and endpoints that do. */
const EVENTS = 200;
const ENDPOINTS = 20;

interface Reader {
  readonly id: string;
  readonly partyId: string;
  readonly kinds: EventKind[] | null;
  readonly after: FeedPlace;
}

/**
 * Makes deliveries of new events, for each endpoint from its own place in the feed on. An event becomes a delivery once,
 * in the transaction that moves the place on. Most calls find nothing, by one statement.
 */
export async function fanOut(database: Database, now: Date): Promise<void> {
  for (;;) {
    const read = await database.transaction(async (tx) => {
      const readers = await lockReaders(tx);
      for (const reader of readers) await readOn(tx, reader, now);
      return readers.length;
    });
    if (read === 0) return;
  }
}

/** Endpoints for whose organisation there is something behind their place, and that have room for it. */
async function lockReaders(tx: Tx): Promise<Reader[]> {
  const rows = await tx.rows(sql<Omit<Reader, 'after'> & { xid: bigint; eventId: string }>`
    with head as materialized (select ${HEAD_XID} as xid)
    select e.id, e.party_id as "partyId", e.kinds, e.place_xid as xid, e.place_id as "eventId"
    from webhook_endpoint e
    where e.state = 'ENABLED'
      and exists (select from outbox_audience a where a.party_id = e.party_id
        and (a.xid, a.last_id) > (e.place_xid, e.place_id) and a.xid < (select xid from head))
      and (select count(*) from (select from webhook_delivery d
        where d.endpoint_id = e.id and d.state = 'PENDING' limit ${MOST_PENDING}) p) < ${MOST_PENDING}
    order by e.id limit ${ENDPOINTS} for update of e skip locked`);
  return rows.map(({ id, partyId, kinds, xid, eventId }) => ({
    id,
    partyId,
    kinds,
    after: { xid, id: eventId },
  }));
}

async function readOn(tx: Tx, reader: Reader, now: Date): Promise<void> {
  const { id, partyId, after, kinds } = reader;
  const { events, place } = await readChanges(tx, {
    audience: [partyId],
    after,
    kinds: kinds ?? undefined,
    limit: EVENTS,
  });
  await keepDeliveries(tx, reader, events, now);
  await tx.rows(sql`
    update webhook_endpoint set place_xid = ${place.xid}, place_id = ${place.id} where id = ${id}`);
}

/** An event that was sent before, and is sent again from an earlier place on, keeps its message and begins anew. */
async function keepDeliveries(
  tx: Tx,
  { id, partyId }: Reader,
  events: readonly ChangeRow[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  await tx.rows(sql`
    insert into webhook_delivery (id, endpoint_id, party_id, event_id, message_id, kind, state, created_at, next_attempt_at)
    select d.id, ${id}, ${partyId}, d.event_id, d.message_id, d.kind, 'PENDING', ${now}, ${now}
    from unnest(
      ${events.map(() => newId())}::uuid[],
      ${events.map((event) => event.id)}::uuid[],
      ${events.map((event) => messageIdOf(event.id))}::text[],
      ${events.map(({ kind }) => kind)}::text[]
    ) d (id, event_id, message_id, kind)
    on conflict (endpoint_id, event_id) do update
      set state = 'PENDING', attempts = 0, first_attempt_at = null, next_attempt_at = excluded.next_attempt_at, ended_at = null
      where webhook_delivery.state <> 'PENDING'`);
}

/** The id of the event, as the change feed has it: a receiver knows it again, however often and wherever it is sent. */
const messageIdOf = (eventId: string): string => toGlobalId('ChangeEvent', eventId);
