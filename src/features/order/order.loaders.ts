import { type RawBuilder, sql } from 'kysely';
import { partyIds } from '../../graphql/actor.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import {
  type Key,
  keyColumns,
  oneByKey,
  type PageByKey,
  pageByKey,
  type ReadScope,
  selectAsked,
} from '../../graphql/loaders.ts';
import { LINE_COLUMNS, type LineRow } from './line-store.ts';

/** A line as it is read: with whether the caller is paid from it, or manages its creator and may see the orders. */
export type ReadLine = LineRow & { readonly openToViewer: boolean };

const openToViewer = ({ actor, now }: ReadScope) => sql<boolean>`(exists (select from waterfall_node v
    where v.brand_id = t.brand_id and v.line_id = t.id and v.payee_id = any(${partyIds(actor)}::uuid[]))
  or exists (select from contract_terms v where v.creator_id = t.creator_id and v.agency_id = any(${partyIds(actor)}::uuid[])
    and 'ORDERS' = any(v.visibility) and tstzrange(v.valid_from, v.valid_to) @> ${now}::timestamptz))`;

const READ_COLUMNS = [...LINE_COLUMNS, 'openToViewer'];

export const lineById = oneByKey<ReadLine>({
  name: 'lineById',
  columns: READ_COLUMNS,
  read: (keys, scope) => {
    const [brands = [], ids = []] = keyColumns(keys, 2);
    return scope.sql.rows(sql<ReadLine>`
      select ${selectAsked('t', LINE_COLUMNS, scope, 'brandId', 'id')}, ${openToViewer(scope)} as "openToViewer"
      from unnest(${brands}::uuid[], ${ids}::uuid[]) k (brand_id, id) join order_line t using (brand_id, id)`);
  },
  keyOf: ({ brandId, id }) => [brandId, id],
});

type LinesOf = (keys: readonly Key[], page: Page, scope: ReadScope) => RawBuilder<ReadLine>;

/** Newest first by the time of placing; `id` names the column of the line's id. */
export const newestFirst = (page: Page, alias: string, id = 'id') =>
  keyset(
    [
      { sql: sql.ref(`${alias}.placed_at`), type: 'timestamptz' },
      { sql: sql.ref(`${alias}.${id}`), type: 'uuid' },
    ],
    'desc',
    page,
  );

const pageOfLines = (name: string, read: LinesOf, keyOf: PageByKey<ReadLine>['keyOf']) =>
  pageByKey<ReadLine>({
    name,
    columns: READ_COLUMNS,
    read: (keys, page, _filter, scope) => scope.sql.rows(read(keys, page, scope)),
    keyOf,
    cursorOf: ({ placedAt, id }) => [placedAt, id],
  });

/** Lines by a column of their own, newest first. */
const linesBy = (name: string, column: 'brandId' | 'creatorId', extra: RawBuilder<unknown> = sql`true`) =>
  pageOfLines(
    name,
    (keys, page, scope) => {
      const { where, order } = newestFirst(page, 'l');
      const on = sql.ref(column === 'brandId' ? 'l.brand_id' : 'l.creator_id');
      return sql<ReadLine>`
        select ${selectAsked('t', LINE_COLUMNS, scope, column, 'placedAt', 'id')},
          ${openToViewer(scope)} as "openToViewer" from unnest(${keys}::uuid[]) k (id)
        cross join lateral (select l.* from order_line l where ${on} = k.id and ${extra} and ${where}
          order by ${order} ${limitOf(page)}) t
        order by t.placed_at desc, t.id desc`;
    },
    (row) => row[column] ?? '',
  );

export const linesOfBrand = linesBy('linesOfBrand', 'brandId');
export const linesOfCreator = linesBy('linesOfCreator', 'creatorId');
export const unattributedLinesOfBrand = linesBy(
  'unattributedLinesOfBrand',
  'brandId',
  sql`l.attribution = 'NONE'`,
);

/** An event that waits for its line to be placed. */
export interface WaitingEvent {
  readonly brandId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly orderNo: string;
  readonly lineNo: number;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly reason: string | null;
}

/** The events of a brand whose line has not been placed, newest first. */
export const waitingEventsOfBrand = pageByKey<WaitingEvent>({
  name: 'waitingEventsOfBrand',
  columns: ['brandId', 'eventId', 'kind', 'orderNo', 'lineNo', 'occurredAt', 'receivedAt', 'reason'],
  read: (keys, page, _filter, { sql: db }) => {
    const columns = [
      { sql: sql`e.received_at`, type: 'timestamptz' },
      { sql: sql`e.event_id`, type: 'text' },
    ] as const;
    const { where, order } = keyset(columns, 'desc', page);
    return db.rows(sql<WaitingEvent>`
      select t.brand_id as "brandId", t.event_id as "eventId", t.kind, t.order_no as "orderNo", t.line_no as "lineNo",
        t.occurred_at as "occurredAt", t.received_at as "receivedAt", t.content ->> 'reason' as reason
      from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select e.* from order_event e where e.brand_id = k.id and e.waiting and ${where}
        order by ${order} ${limitOf(page)}) t
      order by t.received_at desc, t.event_id desc`);
  },
  keyOf: (row) => row.brandId,
  cursorOf: ({ receivedAt, eventId }) => [receivedAt, eventId],
});
