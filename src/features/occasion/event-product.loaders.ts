import { sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { pageByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { EventProductState } from './event-state.ts';

/** A product that a brand has registered for an official event. */
export interface EventProductRow {
  readonly id: string;
  readonly eventId: string;
  readonly productId: string;
  readonly brandId: string;
  readonly state: EventProductState;
  readonly note: string | null;
  readonly registeredAt: Date;
  readonly reviewedAt: Date | null;
  readonly removedAt: Date | null;
}

const COLUMNS = [
  'id',
  'eventId',
  'productId',
  'brandId',
  'state',
  'note',
  'registeredAt',
  'reviewedAt',
  'removedAt',
] as const;

export const eventProductById = rowById<EventProductRow>({
  name: 'eventProductById',
  table: 'event_product',
  columns: COLUMNS,
});

export const eventProductsOfBrand = newestOf<EventProductRow>({
  name: 'eventProductsOfBrand',
  table: 'event_product',
  key: 'brandId',
  columns: COLUMNS,
});

const BY_ID = [{ sql: sql`t.id`, type: 'uuid' }] as const;

/** The products that take part in an event, those that were registered last first. */
export const productsOfEvent = pageByKey<EventProductRow>({
  name: 'productsOfEvent',
  columns: COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset(BY_ID, 'desc', page);
    return db.rows(sql<EventProductRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${select('t', COLUMNS)} from event_product t
        where t.event_id = k.id and t.state = 'APPROVED' and ${where} order by ${order} ${limitOf(page)}) r
      order by r.id desc`);
  },
  keyOf: ({ eventId }) => eventId,
  cursorOf: ({ id }) => [id],
});

/** SQL: a page of what waits to be reviewed for events that have not started, the oldest first. */
export function waitingProducts(page: Page, now: Date) {
  const { where, order } = keyset(BY_ID, 'asc', page);
  return sql<EventProductRow>`
    select ${select('t', COLUMNS)} from event_product t
    where t.state = 'REGISTERED' and t.starts_at > ${now} and ${where} order by ${order} ${limitOf(page)}`;
}
