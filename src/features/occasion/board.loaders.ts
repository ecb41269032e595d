import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { pageByKey } from '../../graphql/loaders.ts';
import type { Board } from './official-event.loaders.ts';

/** Where a party stands on a board; amounts in minor units of the event's currency. */
export interface StandingRow {
  readonly eventId: string;
  readonly board: Board;
  readonly partyId: string;
  readonly rank: number;
  readonly currency: string;
  readonly netMinor: bigint;
  /** What it has won: null before the event is closed. */
  readonly prizeMinor: bigint | null;
}

/**
 * SQL: the boards of events, each party with its rank: as many as have more, and one. Nobody stands there with nothing, but for
 * those who have won something before it all came back.
 */
const RANKED = sql`
  select t.event_id as "eventId", t.board, t.party_id as "partyId", t.net_minor as "netMinor", e.currency,
    (rank() over (partition by t.event_id, t.board order by t.net_minor desc))::int as rank,
    case when e.closed_at is not null then coalesce(a.amount_minor, 0) end as "prizeMinor"
  from event_tally t join official_event e on e.id = t.event_id
  left join event_award a on a.event_id = t.event_id and a.board = t.board and a.party_id = t.party_id
  where (t.net_minor > 0 or a.amount_minor > 0)`;

const BY_RANK = [
  { sql: sql`r."netMinor"`, type: 'bigint' },
  { sql: sql`r."partyId"`, type: 'uuid' },
] as const;

/** The board of an event, who has most first. */
export const standingsOfEvent = pageByKey<StandingRow, { readonly board: Board }>({
  name: 'standingsOfEvent',
  columns: ['board', 'partyId', 'rank', 'currency', 'netMinor', 'prizeMinor'],
  read: (keys, page, { board }, { sql: db }) => {
    const { where, order } = keyset(BY_RANK, 'desc', page);
    return db.rows(sql<StandingRow>`
      select p.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (
        select r.* from (${RANKED} and t.event_id = k.id and t.board = ${board}) r
        where ${where} order by ${order} ${limitOf(page)}) p
      order by p."netMinor" desc, p."partyId" desc`);
  },
  keyOf: ({ eventId }) => eventId,
  cursorOf: ({ netMinor, partyId }) => [netMinor, partyId],
});

/** Who stands on the places that have prizes, on all boards of an event. */
export const winnersOf = (db: Sql, eventId: string): Promise<StandingRow[]> =>
  db.rows(sql<StandingRow>`
    select r.* from (${RANKED} and t.event_id = ${eventId}) r
    where r.rank <= (select max(p.rank) from event_prize p where p.event_id = r."eventId" and p.board = r.board)
    order by r.board, r.rank, r."partyId"`);
