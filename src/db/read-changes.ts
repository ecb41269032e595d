import { type RawBuilder, sql } from 'kysely';
import { NO_ID } from '../kernel/ids.ts';
import type { Sql } from './database.ts';
import type { EventKind } from './outbox.ts';

/** A place in the one order of events: after everything that stands before it, and before everything else. */
export interface FeedPlace {
  /** The transaction, by its id in the order of this alliance; see `shift` of m0019-feed.ts. */
  readonly xid: bigint;
  /** The event in the transaction; the lowest id stands before all of them. */
  readonly id: string;
}

/** Before every event that there ever was. */
export const FEED_START: FeedPlace = { xid: 0n, id: NO_ID };

/** Whose events are read: those of these parties, each once, or all of them, which is for operators. */
export type Audience = readonly string[] | 'EVERYBODY';

/** An event as it is kept. */
export interface ChangeRow {
  readonly xid: bigint;
  readonly id: string;
  readonly kind: EventKind;
  /** When it happened, by the clock of the alliance. */
  readonly at: Date;
  /** The GraphQL type, id and, for what lies with a brand, brand of what it is about. */
  readonly subjectType: string;
  readonly subjectId: string;
  readonly brandId: string | null;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

/** What to read of the feed. */
export interface ChangesQuery {
  readonly audience: Audience;
  readonly after: FeedPlace;
  /** All kinds when left out. */
  readonly kinds?: readonly EventKind[];
  /** How many events at most. */
  readonly limit: number;
}

/** A part of the feed. */
export interface Changes {
  readonly events: readonly ChangeRow[];
  /**
   * Everything before it was looked at: go on from here. It is further than the last event where others, or none, lay
   * behind that one.
   */
  readonly place: FeedPlace;
  /** Whether there is more to be looked at already. */
  readonly hasMore: boolean;
  /** KEPT: nothing is missing. DELETED: events after `after` are no longer kept. AHEAD: `after` is no place of this feed. */
  readonly standing: 'KEPT' | 'DELETED' | 'AHEAD';
}

/** So many events are looked at for those of some kinds, so that one read stays bounded when they are rare. */
const MOST_LOOKED_AT = 10_000;

/**
 * Reads on in the feed. An event is shown only when no transaction runs any more that could still write one before it: a
 * reader that goes on from `place` each time meets every event once, in the same order as everybody else. One statement.
 */
export async function readChanges(db: Sql, query: ChangesQuery): Promise<Changes> {
  const { after, limit, kinds } = query;
  const look = kinds === undefined ? limit + 1 : MOST_LOOKED_AT;
  const rows = await db.rows(sql<Head & (ChangeRow | { readonly id: null })>`
    with head as materialized (
      select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift as xid, deleted_xid, deleted_id from outbox_state),
    looked as materialized (${lookedAt(query, look)}),
    found as (
      select e.* from looked l join outbox_event e on e.xid = l.xid and e.id = l.id
      where ${kinds === undefined ? sql`true` : sql`e.kind = any(${kinds}::text[])`}
      order by e.xid, e.id limit ${limit + 1})
    select h.xid as "headXid", (h.deleted_xid, h.deleted_id) > (${after.xid}::bigint, ${after.id}::uuid) as "isDeleted",
      (select count(*)::int from looked) as "lookedAt", l.xid as "lastXid", l.id as "lastId",
      f.xid, f.id, f.kind, f.at, f.subject_type as "subjectType", f.subject_id as "subjectId", f.brand_id as "brandId", f.data
    from head h left join (select xid, id from looked order by xid desc, id desc limit 1) l on true
    left join found f on true order by f.xid, f.id`);
  const found = rows.filter((row) => row.id !== null).map(toChange);
  return { ...placeOf(query, rows[0] as Head, found, look), events: found.slice(0, limit) };
}

interface Head {
  /** Places of transactions from this one on are not to be shown yet. */
  readonly headXid: bigint;
  readonly isDeleted: boolean;
  readonly lookedAt: number;
  readonly lastXid: bigint | null;
  readonly lastId: string | null;
}

/** The places that are looked at: those behind `after` of the audience, in their order, and so many at most. */
function lookedAt({ audience, after }: ChangesQuery, look: number): RawBuilder<unknown> {
  const place = sql`(${after.xid}::bigint, ${after.id}::uuid)`;
  if (audience === 'EVERYBODY')
    return sql`
      select e.xid, e.id from outbox_event e where (e.xid, e.id) > ${place} and e.xid < (select xid from head)
      order by e.xid, e.id limit ${look}`;
  // Of the transaction that `after` lies in, some events may have been seen.
  const unseen = sql`case when xid > ${after.xid}::bigint then events
    else (select count(*) from unnest(event_ids) u (id) where u.id > ${after.id}::uuid) end`;
  return sql`
    select distinct i.xid, i.id from unnest(${audience}::uuid[]) p (id) cross join lateral (
      select a.xid, u.id
      from (select n.*, sum(unseen) over (order by xid, last_id) - unseen as before
        from (select *, ${unseen} as unseen from outbox_audience
          where party_id = p.id and (xid, last_id) > ${place} and xid < (select xid from head)
          order by xid, last_id limit ${look}) n) a
      cross join unnest(a.event_ids) u (id)
      where a.before < ${look} and (a.xid, u.id) > ${place}
      order by a.xid, u.id limit ${look}) i
    order by i.xid, i.id limit ${look}`;
}

function placeOf(
  { after, limit }: ChangesQuery,
  { headXid, isDeleted, ...head }: Head,
  found: readonly ChangeRow[],
  look: number,
): Omit<Changes, 'events'> {
  const standing = after.xid > headXid ? 'AHEAD' : isDeleted ? 'DELETED' : 'KEPT';
  if (found.length > limit) return { standing, hasMore: true, place: toPlace(found[limit - 1] ?? after) };
  const hasMore = head.lookedAt === look;
  const last = { xid: head.lastXid ?? after.xid, id: head.lastId ?? after.id };
  const place = hasMore ? last : furthest(after, { xid: headXid, id: NO_ID });
  return { standing, hasMore, place };
}

const toPlace = ({ xid, id }: FeedPlace): FeedPlace => ({ xid, id });

/** Which of two places comes later. */
export const furthest = (a: FeedPlace, b: FeedPlace): FeedPlace =>
  a.xid > b.xid || (a.xid === b.xid && a.id > b.id) ? a : b;

function toChange(row: ChangeRow): ChangeRow {
  const { xid, id, kind, at, subjectType, subjectId, brandId, data } = row;
  return { xid, id, kind, at, subjectType, subjectId, brandId, data };
}

/** SQL: transactions from this place on may not be shown yet. To be read in the statement that reads the events. */
export const HEAD_XID = sql<bigint>`(select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift from outbox_state)`;

/** The place behind all events that can be shown by now: where to begin with those that come from now on. */
export async function headPlace(db: Sql): Promise<FeedPlace> {
  const [head] = await db.rows(sql<{ xid: bigint }>`select ${HEAD_XID} as xid`);
  return { xid: head?.xid ?? 0n, id: NO_ID };
}
