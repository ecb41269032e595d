import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

/** A delivery in the hands of a worker. */
export interface Claim {
  readonly id: string;
  readonly endpointId: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
  readonly url: string;
  /** Whether the last attempt of its endpoint went well. */
  readonly isProven: boolean;
  readonly kind: string;
  readonly messageId: string;
  readonly eventId: string | null;
  readonly createdAt: Date;
}

/** How many more a process takes: for endpoints whose last attempt went well, and for all others. */
export interface Room {
  readonly proven: number;
  readonly unproven: number;
}

/** Deliveries of one endpoint under way at once, in all processes together; one until it has taken one. */
const AT_ONCE = 4;
/** Longer than an attempt may take: whoever has a delivery for longer was killed. */
const LEASE_S = 60;

const dueAt = (now: Date) =>
  sql`d.state = 'PENDING' and d.next_attempt_at <= ${now} and coalesce(d.leased_until, ${now}) <= ${now}`;

/**
 * Whether there is something to take. Of two workers that look at one endpoint at once, one skips it because it is locked,
 * and the other may still count what the first has just done as under way: both take nothing, though something is due.
 */
export async function areDeliveriesWaiting(database: Database, now: Date): Promise<boolean> {
  const [row] = await database.rows(sql<{ waiting: boolean }>`
    select exists (select from webhook_endpoint e
      where e.state = 'ENABLED' and coalesce(e.retry_at, ${now}) <= ${now}
        and exists (select from webhook_delivery d where d.endpoint_id = e.id and ${dueAt(now)})
        and (select count(*) from webhook_delivery b
          where b.endpoint_id = e.id and b.state = 'PENDING' and b.leased_until > ${now})
          < case when e.is_proven then ${AT_ONCE}::int else 1 end) as waiting`);
  return row?.waiting ?? false;
}

/**
 * Takes deliveries that are due, from every endpoint the first before the second of any. Endpoints that go well have places
 * of their own, so that those that hang hold up no others. Whoever is killed leaves what it has taken to be sent again. The
 * rows of endpoints are locked meanwhile, so that no two workers count the same places.
 */
export function claimDeliveries(database: Database, room: Room, now: Date): Promise<Claim[]> {
  const isDue = dueAt(now);
  return database.rows(sql<Claim>`
    with ready as materialized (
      select e.id, e.url, e.is_proven from webhook_endpoint e
      where e.state = 'ENABLED' and coalesce(e.retry_at, ${now}) <= ${now}
        and exists (select from webhook_delivery d where d.endpoint_id = e.id and ${isDue})
      for update of e skip locked),
    due as materialized (
      select r.url, r.is_proven, d.id,
        row_number() over (partition by r.is_proven order by d.number, d.next_attempt_at, d.id) as place
      from ready r
      cross join lateral (
        select count(*)::int as busy from webhook_delivery b
        where b.endpoint_id = r.id and b.state = 'PENDING' and b.leased_until > ${now}) b
      cross join lateral (
        select l.id, l.next_attempt_at, row_number() over (order by l.next_attempt_at, l.id) as number from (
          select d.id, d.next_attempt_at from webhook_delivery d where d.endpoint_id = r.id and ${isDue}
          order by d.next_attempt_at, d.id
          limit greatest(case when r.is_proven then ${AT_ONCE}::int else 1 end - b.busy, 0)
          for update skip locked) l) d)
    update webhook_delivery d set attempts = d.attempts + 1, first_attempt_at = coalesce(d.first_attempt_at, ${now}),
      leased_until = ${now}::timestamptz + make_interval(secs => ${LEASE_S})
    from due p
    where d.id = p.id and p.place <= case when p.is_proven then ${room.proven}::int else ${room.unproven}::int end
    returning d.id, d.endpoint_id as "endpointId", d.attempts, p.url, p.is_proven as "isProven", d.kind,
      d.message_id as "messageId", d.event_id as "eventId", d.created_at as "createdAt"`);
}
