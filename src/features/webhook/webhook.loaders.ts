import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { type Key, manyByKey, pageByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import {
  ATTEMPT_COLUMNS,
  type AttemptRow,
  DELIVERY_COLUMNS,
  type DeliveryRow,
  ENDPOINT_COLUMNS,
  type EndpointRow,
  type SecretRow,
} from './webhook-rows.ts';
import type { DeliveryState } from './webhook-state.ts';

export const endpointById = rowById<EndpointRow>({
  name: 'endpointById',
  table: 'webhook_endpoint',
  columns: ENDPOINT_COLUMNS,
});

/** Those that were not removed. */
export const endpointsOfParty = pageByKey<EndpointRow>({
  name: 'endpointsOfParty',
  columns: ENDPOINT_COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<EndpointRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${select('t', ENDPOINT_COLUMNS)} from webhook_endpoint t
        where t.party_id = k.id and t.state <> 'REMOVED' and ${where} order by ${order} ${limitOf(page)}) r
      order by r.id desc`);
  },
  keyOf: ({ partyId }) => partyId,
  cursorOf: ({ id }) => [id],
});

export const deliveryById = rowById<DeliveryRow>({
  name: 'deliveryById',
  table: 'webhook_delivery',
  columns: DELIVERY_COLUMNS,
});

/** The log of an endpoint, the newest first; of one state when it is named. */
export const deliveriesOfEndpoint = pageByKey<DeliveryRow, { readonly state?: DeliveryState | null }>({
  name: 'deliveriesOfEndpoint',
  columns: DELIVERY_COLUMNS,
  read: (keys, page, { state }, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
    const inState: RawBuilder<unknown> = state == null ? sql`true` : sql`t.state = ${state}`;
    return db.rows(sql<DeliveryRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${select('t', DELIVERY_COLUMNS)} from webhook_delivery t
        where t.endpoint_id = k.id and ${inState} and ${where} order by ${order} ${limitOf(page)}) r
      order by r.id desc`);
  },
  keyOf: ({ endpointId }) => endpointId as Key,
  cursorOf: ({ id }) => [id],
});

export const attemptsOfDelivery = newestOf<AttemptRow>({
  name: 'attemptsOfDelivery',
  table: 'webhook_attempt',
  key: 'deliveryId',
  columns: ATTEMPT_COLUMNS,
});

/** The secrets that sign, the newest first. */
export const secretsOfEndpoint = manyByKey<SecretRow>({
  name: 'secretsOfEndpoint',
  columns: ['createdAt', 'retiresAt'],
  read: (keys, { sql: db }) =>
    db.rows(sql<SecretRow>`
      select id, endpoint_id as "endpointId", created_at as "createdAt", retires_at as "retiresAt"
      from webhook_secret where endpoint_id = any(${keys}::uuid[]) and coalesce(retires_at, 'infinity') > now()
      order by created_at desc, id desc`),
  keyOf: ({ endpointId }) => endpointId,
});
