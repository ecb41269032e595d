import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import type { BoardStanding } from '../../graphql/follow-board.ts';

export async function hostOf(db: Sql, sessionId: string): Promise<string | undefined> {
  const [session] = await db.rows(sql<{ creatorId: string }>`
    select creator_id as "creatorId" from live_session where id = ${sessionId}`);
  return session?.creatorId;
}

/** How a session stands: what changes its board are the events of its creator and of the brands in its cart. */
export async function standingOf(db: Sql, sessionId: string): Promise<BoardStanding> {
  const [standing] = await db.rows(sql<BoardStanding>`
    select s.ended_at is not null as "isOver", array[s.creator_id] ||
      array(select distinct i.brand_id from live_item i where i.live_session_id = s.id and i.removed_at is null) as "partyIds",
      concat_ws('/', s.ended_at,
        (select string_agg(concat_ws(',', i.id, i.position, i.pinned), ';' order by i.id) from live_item i
          where i.live_session_id = s.id and i.removed_at is null),
        (select string_agg(concat_ws(',', o.id, o.price_minor, o.stock, o.taken, o.closed_at), ';' order by o.id)
          from live_offer o where o.live_session_id = s.id),
        (select concat_ws(',', count(*), count(l.paid_at), count(l.cancelled_at), sum(l.refunded_minor)) from live_line v
          join order_line l on l.brand_id = v.brand_id and l.id = v.line_id where v.live_session_id = s.id)) as mark
    from live_session s where s.id = ${sessionId}`);
  return standing ?? { isOver: true, mark: '', partyIds: [] };
}
