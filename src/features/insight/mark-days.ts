import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { headPlace, readChanges } from '../../db/read-changes.ts';

/** Events that are read for one transaction. */
const AT_ONCE = 5000;

const LINE_EVENTS = [
  'ORDER_LINE_PLACED',
  'ORDER_LINE_PAID',
  'ORDER_LINE_SHIPPED',
  'ORDER_LINE_RECEIVED',
  'ORDER_LINE_CANCELLED',
  'ORDER_LINE_REFUNDED',
  'ORDER_LINE_CREDITED',
] as const;

interface State {
  readonly xid: bigint | null;
  readonly id: string | null;
}

/**
 * Takes the one row under lock by which one process at a time notes and counts; undefined while another one does. What is
 * noted meanwhile is counted by that one or the next time.
 */
export async function lockState(tx: Sql): Promise<State | undefined> {
  const [state] = await tx.rows(sql<State>`select xid, id from insight_state for update skip locked`);
  return state;
}

/**
 * Reads on in the feed and notes the days of the lines that have changed, with those of all lines of the same orders. Where
 * it has never read, or the feed does not reach back to where it was, it notes all days. Gives whether there is more.
 */
export async function noteChanges(tx: Sql): Promise<boolean> {
  const state = await lockState(tx);
  if (state === undefined) return false;
  const after = state.xid === null || state.id === null ? undefined : { xid: state.xid, id: state.id };
  const changes =
    after && (await readChanges(tx, { audience: 'EVERYBODY', after, kinds: LINE_EVENTS, limit: AT_ONCE }));
  if (changes === undefined || changes.standing !== 'KEPT') {
    // The place first: what changes while all days are noted is read from there on.
    const place = await headPlace(tx);
    await noteAllDays(tx);
    await moveTo(tx, place);
    return false;
  }
  await noteDays(tx, new Map(changes.events.map(({ subjectId, brandId }) => [subjectId, brandId ?? ''])));
  await moveTo(tx, changes.place);
  return changes.hasMore;
}

const moveTo = (tx: Sql, { xid, id }: { readonly xid: bigint; readonly id: string }) =>
  tx.rows(sql`update insight_state set xid = ${xid}, id = ${id}`);

/** Notes the days of lines, by their ids with their brands, and of the lines that were ordered with them. */
async function noteDays(tx: Sql, brandOf: ReadonlyMap<string, string>): Promise<void> {
  if (brandOf.size === 0) return;
  await tx.rows(sql`
    insert into insight_dirty
    select distinct o.brand_id, (o.placed_at at time zone z.time_zone)::date
    from unnest(${[...brandOf.values()]}::uuid[], ${[...brandOf.keys()]}::uuid[]) c (brand_id, id)
    cross join alliance z
    join order_line l on l.brand_id = c.brand_id and l.id = c.id
    join order_line_key k on k.brand_id = l.brand_id and k.source_id = l.source_id and k.order_no = l.order_no
    join order_line o on o.brand_id = k.brand_id and o.id = k.line_id
    order by 1, 2
    on conflict do nothing`);
}

/** Notes all days there are, also those that only the figures know. */
const noteAllDays = (tx: Sql): Promise<unknown> =>
  tx.rows(sql`
    insert into insight_dirty
    select l.brand_id, (l.placed_at at time zone z.time_zone)::date from order_line l cross join alliance z
    union
    select brand_id, day from insight_day
    on conflict do nothing`);

/**
 * Notes who is a brand and a creator at once, which is when one person is owner or manager of both, and who no longer is,
 * with the days that it concerns. The moments stand: a line that came by the brand's own broadcast stays so.
 */
export const noteHosts = (tx: Sql, now: Date): Promise<unknown> =>
  tx.rows(sql`
    with pair as materialized (
      select b.party_id as brand_id, c.party_id as creator_id, min(greatest(b.created_at, c.created_at)) as since
      from membership b join brand on brand.id = b.party_id
      join membership c on c.user_id = b.user_id join creator on creator.id = c.party_id
      where b.role <> 'VIEWER' and c.role <> 'VIEWER' group by 1, 2),
    ended as (
      update insight_host h set until = greatest(${now}::timestamptz, h.since)
      where h.until is null and not exists (
        select from pair p where p.brand_id = h.brand_id and p.creator_id = h.creator_id)
      returning h.brand_id, h.creator_id, h.until as at),
    begun as (
      insert into insight_host (brand_id, creator_id, since)
      select p.brand_id, p.creator_id, greatest(p.since, (select max(h.until) from insight_host h
        where h.brand_id = p.brand_id and h.creator_id = p.creator_id)) from pair p
      where not exists (select from insight_host h
        where h.brand_id = p.brand_id and h.creator_id = p.creator_id and h.until is null)
      returning brand_id, creator_id, since as at)
    insert into insight_dirty
    select distinct l.brand_id, (l.placed_at at time zone z.time_zone)::date
    from (select * from ended union all select * from begun) m cross join alliance z
    join order_line l on l.creator_id = m.creator_id and l.brand_id = m.brand_id and l.placed_at >= m.at
    on conflict do nothing`);
