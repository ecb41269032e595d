import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { sumOf } from '../../kernel/money.ts';
import type { LineChange, LineRow } from '../order/index.ts';
import {
  countedMinor,
  dueMinor,
  type Grant,
  grantedMinor,
  type Purse,
  type PurseKind,
} from './event-grant.ts';

/**
 * Moves what order lines count for official events, and what these give on them, with the lines; a line counts for the event
 * in which its product took part when it was placed, if a creator is credited with it. The events are under lock until the
 * transaction ends: of a budget that does not suffice, many orders at once are granted all and not a unit more. A fixed number
 * of statements beside those that give on what comes back; none for lines whose products are in no event.
 */
export async function moveEventLines(tx: Sql, changes: readonly LineChange[]): Promise<void> {
  const concerned = changes.filter(({ line }) => line.inEvent && line.creatorId !== null);
  if (concerned.length === 0) return;
  const lines = concerned.map(({ line }) => line);
  const placed = concerned.flatMap(({ line, placed: terms }) => (terms === undefined ? [] : [line]));
  await lockEvents(tx, lines, placed);
  await enterLines(tx, placed);
  const counted = await readCounted(tx, lines);
  const purses = await readPurses(tx, [...new Set([...counted.values()].map(({ eventId }) => eventId))]);
  const moves = movesOf(lines, counted, purses);
  if (moves.length === 0) return;
  await writeTallies(tx, moves);
  const grants = moves.flatMap((move) => move.grants.map((grant) => ({ ...move, ...grant })));
  await writeGrants(tx, grants);
  const givenBack = grants.filter(({ grantedMinor: granted, beforeMinor }) => granted < beforeMinor);
  // In the order in which settlement locks the grants.
  for (const purse of [...new Set(givenBack.map(({ eventId, kind }) => `${eventId} ${kind}`))].sort()) {
    const [eventId = '', kind] = purse.split(' ');
    await topUpGrants(tx, eventId, kind as PurseKind);
  }
}

const keysOf = (lines: readonly Pick<LineRow, 'brandId' | 'id'>[]) =>
  sql`unnest(${lines.map(({ brandId }) => brandId)}::uuid[], ${lines.map(({ id }) => id)}::uuid[]) k (brand_id, line_id)`;

/** SQL: new lines `l`, each with the official event `e` for which it counts, if its currency is that of the event. */
const placedIn = (placed: readonly LineRow[]) => sql`
  unnest(${placed.map(({ brandId }) => brandId)}::uuid[], ${placed.map(({ id }) => id)}::uuid[],
    ${placed.map(({ creatorId }) => creatorId)}::uuid[], ${placed.map(({ productId }) => productId)}::uuid[],
    ${placed.map(({ currency }) => currency)}::text[], ${placed.map(({ placedAt }) => placedAt)}::timestamptz[])
    l (brand_id, line_id, creator_id, product_id, currency, placed_at)
  join event_product p on p.product_id = l.product_id and p.state in ('APPROVED', 'REMOVED')
    and l.placed_at >= p.starts_at and l.placed_at < coalesce(p.removed_at, p.ends_at)
  join official_event e on e.id = p.event_id and e.closed_at is null and e.cancelled_at is null`;

/** Locks the events of lines and of new ones; orders of before and after an event do not wait for each other. */
async function lockEvents(tx: Sql, lines: readonly LineRow[], placed: readonly LineRow[]): Promise<void> {
  await tx.rows(sql`
    select from official_event t where t.id in (
      select e.event_id from ${keysOf(lines)} join event_line e using (brand_id, line_id)
      union select e.id from ${placedIn(placed)})
    order by t.id for no key update`);
}

/** Enters lines that were just placed, and their parties on the boards. */
async function enterLines(tx: Sql, placed: readonly LineRow[]): Promise<void> {
  if (placed.length === 0) return;
  await tx.rows(sql`
    with entered as (
      insert into event_line (brand_id, line_id, event_id, creator_id)
      select l.brand_id, l.line_id, e.id, l.creator_id from ${placedIn(placed)} and e.currency = l.currency
      returning event_id, brand_id, creator_id)
    insert into event_tally (event_id, board, party_id)
    select event_id, 'BRANDS', brand_id from entered union select event_id, 'CREATORS', creator_id from entered
    on conflict do nothing`);
}

interface Counted {
  readonly eventId: string;
  readonly creatorId: string;
  readonly netMinor: bigint;
  readonly grants: ReadonlyMap<PurseKind, bigint>;
}

interface CountedRow extends Omit<Counted, 'grants'> {
  readonly lineId: string;
  readonly subsidyMinor: bigint | null;
  readonly bonusMinor: bigint | null;
}

/** What these lines count so far, by their ids. */
async function readCounted(tx: Sql, lines: readonly LineRow[]): Promise<Map<string, Counted>> {
  const rows = await tx.rows(sql<CountedRow>`
    select e.line_id as "lineId", e.event_id as "eventId", e.creator_id as "creatorId", e.net_minor as "netMinor",
      s.granted_minor as "subsidyMinor", b.granted_minor as "bonusMinor"
    from ${keysOf(lines)} join event_line e using (brand_id, line_id)
    left join event_grant s on s.brand_id = e.brand_id and s.line_id = e.line_id and s.kind = 'SUBSIDY'
    left join event_grant b on b.brand_id = e.brand_id and b.line_id = e.line_id and b.kind = 'BONUS'`);
  return new Map(
    rows.map(({ lineId, subsidyMinor, bonusMinor, ...row }) => {
      const grants = new Map<PurseKind, bigint>();
      if (subsidyMinor !== null) grants.set('SUBSIDY', subsidyMinor);
      if (bonusMinor !== null) grants.set('BONUS', bonusMinor);
      return [lineId, { ...row, grants }];
    }),
  );
}

type EventPurse = Purse & { readonly eventId: string };

/** The purses of events. What a closed event gives creators stands; it takes back from brands, and gives nothing more. */
function readPurses(tx: Sql, eventIds: readonly string[]): Promise<EventPurse[]> {
  return tx.rows(sql<EventPurse>`
    select p.event_id as "eventId", p.kind, p.rate_bp as "rateBp", p.cap_minor as "capMinor",
      case when e.closed_at is null then p.budget_minor - p.granted_minor - p.released_minor else 0 end as "leftMinor"
    from event_purse p join official_event e on e.id = p.event_id
    where p.event_id = any(${eventIds}::uuid[]) and (e.closed_at is null or p.kind = 'SUBSIDY')
    order by p.event_id, p.kind`);
}

interface GrantMove extends Grant {
  readonly kind: PurseKind;
  readonly beforeMinor: bigint;
}

interface LineMove extends Omit<Counted, 'grants' | 'netMinor'> {
  readonly brandId: string;
  readonly lineId: string;
  readonly netMinor: bigint;
  readonly deltaMinor: bigint;
  readonly grants: readonly GrantMove[];
}

/** What these lines bring. What some of them give back is not for the others here: whoever came too late before them is first. */
function movesOf(
  lines: readonly LineRow[],
  counted: ReadonlyMap<string, Counted>,
  purses: readonly EventPurse[],
): LineMove[] {
  const left = new Map(purses.map((purse) => [purse, purse.leftMinor]));
  return lines.flatMap((line): LineMove[] => {
    const before = counted.get(line.id);
    if (before === undefined) return [];
    const { eventId, creatorId } = before;
    const grants = purses.flatMap((purse): GrantMove[] => {
      if (purse.eventId !== eventId) return [];
      const beforeMinor = before.grants.get(purse.kind) ?? 0n;
      const due = dueMinor(purse, line);
      if (due === 0n && !before.grants.has(purse.kind)) return [];
      const has = left.get(purse) ?? 0n;
      const granted = grantedMinor(beforeMinor, due, has);
      if (granted > beforeMinor) left.set(purse, has - (granted - beforeMinor));
      return [{ kind: purse.kind, dueMinor: due, grantedMinor: granted, beforeMinor }];
    });
    const netMinor = countedMinor(line);
    const deltaMinor = netMinor - before.netMinor;
    return [{ brandId: line.brandId, lineId: line.id, eventId, creatorId, netMinor, deltaMinor, grants }];
  });
}

/** Writes what lines count, and adds the difference on the boards. */
async function writeTallies(tx: Sql, all: readonly LineMove[]): Promise<void> {
  const moves = all.filter(({ deltaMinor }) => deltaMinor !== 0n);
  if (moves.length === 0) return;
  const sides = moves.flatMap(({ eventId, brandId, creatorId, deltaMinor }) => [
    { eventId, board: 'BRANDS', partyId: brandId, deltaMinor },
    { eventId, board: 'CREATORS', partyId: creatorId, deltaMinor },
  ]);
  const deltas = [
    ...Map.groupBy(sides, ({ eventId, board, partyId }) => `${eventId} ${board} ${partyId}`).values(),
  ].map((list) => ({
    ...(list[0] as (typeof sides)[0]),
    deltaMinor: sumOf(list.map((it) => it.deltaMinor)),
  }));
  await tx.rows(sql`
    with counted as (
      update event_line e set net_minor = v.net_minor
      from unnest(${moves.map(({ brandId }) => brandId)}::uuid[], ${moves.map(({ lineId }) => lineId)}::uuid[],
        ${moves.map(({ netMinor }) => netMinor)}::bigint[]) v (brand_id, line_id, net_minor)
      where e.brand_id = v.brand_id and e.line_id = v.line_id),
    moved as (
      update official_event set moves = moves + 1
      where id = any(${[...new Set(moves.map(({ eventId }) => eventId))]}::uuid[]))
    update event_tally t set net_minor = t.net_minor + v.delta
    from unnest(${deltas.map(({ eventId }) => eventId)}::uuid[], ${deltas.map(({ board }) => board)}::text[],
      ${deltas.map(({ partyId }) => partyId)}::uuid[], ${deltas.map(({ deltaMinor }) => deltaMinor)}::bigint[])
      v (event_id, board, party_id, delta)
    where t.event_id = v.event_id and t.board = v.board and t.party_id = v.party_id`);
}

async function writeGrants(tx: Sql, grants: readonly (LineMove & GrantMove)[]): Promise<void> {
  if (grants.length === 0) return;
  await tx.rows(sql`
    with v as (select * from unnest(
      ${grants.map(({ brandId }) => brandId)}::uuid[], ${grants.map(({ lineId }) => lineId)}::uuid[],
      ${grants.map(({ kind }) => kind)}::text[], ${grants.map(({ eventId }) => eventId)}::uuid[],
      ${grants.map((grant) => grant.dueMinor)}::bigint[], ${grants.map((grant) => grant.grantedMinor)}::bigint[],
      ${grants.map(({ beforeMinor }) => beforeMinor)}::bigint[]) with ordinality
      v (brand_id, line_id, kind, event_id, due, granted, before, place)),
    spent as (
      update event_purse p set granted_minor = p.granted_minor + d.delta
      from (select event_id, kind, sum(granted - before)::bigint as delta from v group by 1, 2) d
      where p.event_id = d.event_id and p.kind = d.kind and d.delta <> 0)
    insert into event_grant as g (brand_id, line_id, kind, event_id, due_minor, granted_minor)
    select brand_id, line_id, kind, event_id, due, granted from v order by place
    on conflict (brand_id, line_id, kind) do update set due_minor = excluded.due_minor, granted_minor = excluded.granted_minor`);
}

const AT_ONCE = 200;

/**
 * Gives what has come back to a budget to those that were granted less than was due to them, in the order in which they came.
 * The event is under lock; grants that are being settled or posted just now are waited for, in the order in which settlement
 * locks them: by event, kind and number.
 */
export async function topUpGrants(tx: Sql, eventId: string, kind: PurseKind): Promise<void> {
  for (;;) {
    const [row] = await tx.rows(sql<{ count: number }>`
      with short as (
        select g.brand_id, g.line_id, g.kind, g.no, g.due_minor - g.granted_minor as lacks from event_grant g
        where g.event_id = ${eventId} and g.kind = ${kind} and g.granted_minor < g.due_minor
        order by g.no limit ${AT_ONCE} for update),
      given as (
        select s.*, least(s.lacks, p.budget_minor - p.granted_minor - p.released_minor - s.before) as gets
        from (select *, sum(lacks) over (order by no) - lacks as before from short) s
        join event_purse p on p.event_id = ${eventId} and p.kind = ${kind}
        join official_event e on e.id = p.event_id and e.closed_at is null
        where p.budget_minor - p.granted_minor - p.released_minor > s.before),
      raised as (
        update event_grant g set granted_minor = g.granted_minor + v.gets from given v
        where g.brand_id = v.brand_id and g.line_id = v.line_id and g.kind = v.kind),
      spent as (
        update event_purse p set granted_minor = p.granted_minor + (select sum(gets) from given)
        where p.event_id = ${eventId} and p.kind = ${kind} and exists (select from given))
      select count(*)::int as count from given`);
    if (row === undefined || row.count < AT_ONCE) return;
  }
}
