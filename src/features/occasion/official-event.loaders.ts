import { type RawBuilder, sql } from 'kysely';
import { type KeysetColumn, keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { type Key, keyColumns, manyByKey, oneByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import type { PurseKind } from '../settlement/index.ts';
import { type EventTimes, type OfficialEventState, stateAt } from './event-state.ts';

/** An official event as it is at the moment of the reading. */
export interface OfficialEventRow extends EventTimes {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly closesAt: Date;
  readonly categoryIds: readonly string[];
  readonly minCommissionBp: number;
  readonly openedAt: Date;
  readonly state: OfficialEventState;
}

const COLUMNS = [
  'id',
  'code',
  'name',
  'currency',
  'registerFrom',
  'registerUntil',
  'startsAt',
  'endsAt',
  'closesAt',
  'categoryIds',
  'minCommissionBp',
  'openedAt',
  'cancelledAt',
  'closedAt',
] as const;

/** Official events `t` under the given condition. */
export async function eventsWhere(
  db: ReadScope['sql'],
  now: Date,
  where: RawBuilder<unknown>,
): Promise<OfficialEventRow[]> {
  const rows = await db.rows(sql<Omit<OfficialEventRow, 'state'>>`
    select ${select('t', COLUMNS)} from official_event t where ${where}`);
  return rows.map((row) => ({ ...row, state: stateAt(row, now) }));
}

export const officialEventById = oneByKey<OfficialEventRow>({
  name: 'officialEventById',
  columns: [...COLUMNS, 'state'],
  read: (ids, { sql: db, now }) => eventsWhere(db, now, sql`t.id = any(${ids}::uuid[])`),
  keyOf: ({ id }) => id,
});

const BY_START: readonly KeysetColumn[] = [
  { sql: sql`t.starts_at`, type: 'timestamptz' },
  { sql: sql`t.id`, type: 'uuid' },
];

/** A page of all official events, those that start last first. */
export function eventsPage(db: ReadScope['sql'], page: Page, now: Date): Promise<OfficialEventRow[]> {
  const { where, order } = keyset(BY_START, 'desc', page);
  return eventsWhere(db, now, sql`${where} order by ${order} ${limitOf(page)}`);
}

/** What an event gives on lines, out of which budget; amounts in minor units. */
export interface PurseRow {
  readonly eventId: string;
  readonly kind: PurseKind;
  readonly currency: string;
  readonly rateBp: number;
  readonly capMinor: bigint | null;
  readonly budgetMinor: bigint;
  readonly grantedMinor: bigint;
  readonly releasedMinor: bigint;
}

export const pursesOfEvent = manyByKey<PurseRow>({
  name: 'pursesOfEvent',
  columns: ['kind', 'currency', 'rateBp', 'capMinor', 'budgetMinor', 'grantedMinor', 'releasedMinor'],
  read: (ids, { sql: db }) =>
    db.rows(sql<PurseRow>`
      select p.event_id as "eventId", p.kind, e.currency, p.rate_bp as "rateBp", p.cap_minor as "capMinor",
        p.budget_minor as "budgetMinor", p.granted_minor as "grantedMinor", p.released_minor as "releasedMinor"
      from event_purse p join official_event e on e.id = p.event_id
      where p.event_id = any(${ids}::uuid[]) order by p.event_id, p.kind desc`),
  keyOf: ({ eventId }) => eventId,
});

export interface PrizeRow {
  readonly eventId: string;
  readonly board: Board;
  readonly rank: number;
  readonly currency: string;
  readonly amountMinor: bigint;
}
/** CREATORS by what they are credited with, BRANDS by what they have sold. */
export type Board = 'CREATORS' | 'BRANDS';

export const prizesOfEvent = manyByKey<PrizeRow>({
  name: 'prizesOfEvent',
  columns: ['board', 'rank', 'currency', 'amountMinor'],
  read: (ids, { sql: db }) =>
    db.rows(sql<PrizeRow>`
      select p.event_id as "eventId", p.board, p.rank, e.currency, p.amount_minor as "amountMinor"
      from event_prize p join official_event e on e.id = p.event_id
      where p.event_id = any(${ids}::uuid[]) order by p.event_id, p.board desc, p.rank`),
  keyOf: ({ eventId }) => eventId,
});

type OfLine = OfficialEventRow & { readonly brandId: string; readonly lineId: string };

/** The events that order lines count for. */
export const eventOfLine = oneByKey<OfLine>({
  name: 'officialEventOfLine',
  columns: [...COLUMNS, 'state'],
  read: async (keys, { sql: db, now }) => {
    const rows = await db.rows(sql<Omit<OfLine, 'state'>>`
      select ${select('t', COLUMNS)}, l.brand_id as "brandId", l.line_id as "lineId"
      from ${linesOf(keys)} join event_line l using (brand_id, line_id) join official_event t on t.id = l.event_id`);
    return rows.map((row) => ({ ...row, state: stateAt(row, now) }));
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

/** What an official event gives on an order line; amounts in minor units. */
export interface GrantRow {
  readonly brandId: string;
  readonly lineId: string;
  readonly currency: string;
  readonly dueMinor: bigint;
  readonly grantedMinor: bigint;
}

const grantOfLine = (name: string, kind: PurseKind) =>
  oneByKey<GrantRow>({
    name,
    columns: ['currency', 'dueMinor', 'grantedMinor'],
    read: (keys, { sql: db }) =>
      db.rows(sql<GrantRow>`
        select g.brand_id as "brandId", g.line_id as "lineId", e.currency, g.due_minor as "dueMinor",
          g.granted_minor as "grantedMinor"
        from ${linesOf(keys)} join event_grant g using (brand_id, line_id) join official_event e on e.id = g.event_id
        where g.kind = ${kind}`),
    keyOf: ({ brandId, lineId }) => [brandId, lineId],
  });
export const subsidyOfLine = grantOfLine('subsidyOfLine', 'SUBSIDY');
export const bonusOfLine = grantOfLine('bonusOfLine', 'BONUS');

/** SQL: the keys of lines as rows `k`. */
function linesOf(keys: readonly Key[]): RawBuilder<unknown> {
  const [brandIds, lineIds] = keyColumns(keys, 2);
  return sql`unnest(${brandIds}::uuid[], ${lineIds}::uuid[]) k (brand_id, line_id)`;
}
