import { sql } from 'kysely';
import { keyset } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import { BRAND_COLUMNS, type NamedBrand } from '../brand/index.ts';
import type { BeltJoinRow, BeltRow, LiveBaseRow } from './belt.entity.ts';
import { newestOf } from './newest-of.ts';

const BELT_COLUMNS = ['id', 'name', 'region', 'agencyId', 'about'] as const;

export const beltById = oneByKey<BeltRow>({
  name: 'beltById',
  columns: BELT_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(
      sql<BeltRow>`select ${select('t', BELT_COLUMNS)} from industrial_belt t where t.id = any(${ids}::uuid[])`,
    ),
  keyOf: (row) => row.id,
});

export const beltsOfAgency = pageByKey<BeltRow>({
  name: 'beltsOfAgency',
  columns: BELT_COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const columns = select('t', BELT_COLUMNS);
    return db.rows(newestOf<BeltRow>(keys, page, { name: 'industrial_belt', key: 'agency_id', columns }));
  },
  keyOf: (row) => row.agencyId,
  cursorOf: (row) => [row.id],
});

export const brandsOfBelt = pageByKey<NamedBrand>({
  name: 'brandsOfBelt',
  columns: [...BRAND_COLUMNS, 'name'],
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
    return db.rows(sql<NamedBrand>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${select('t', BRAND_COLUMNS)}, p.name from brand t join party p using (id)
        where t.belt_id = k.id and ${where} order by ${order} limit ${page.first + 1}) r
      order by r.id`);
  },
  keyOf: (row) => row.beltId ?? '',
  cursorOf: (row) => [row.id],
});

/** A request as it is read: with the agency that answers it, which may see it. */
export type ReadBeltJoin = BeltJoinRow & { readonly agencyId: string };

const JOIN_COLUMNS = [
  'id',
  'beltId',
  'brandId',
  'state',
  'message',
  'reason',
  'askedAt',
  'decidedAt',
] as const;
const JOIN = sql`${select('t', JOIN_COLUMNS)},
  (select b.agency_id from industrial_belt b where b.id = t.belt_id) as "agencyId"`;

export const beltJoinById = oneByKey<ReadBeltJoin>({
  name: 'beltJoinById',
  columns: [...JOIN_COLUMNS, 'agencyId'],
  read: (ids, { sql: db }) =>
    db.rows(sql<ReadBeltJoin>`select ${JOIN} from belt_join t where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

const joinPage = (name: string, key: 'belt_id' | 'brand_id') =>
  pageByKey<ReadBeltJoin>({
    name,
    columns: beltJoinById.columns,
    read: (keys, page, _filter, { sql: db }) =>
      db.rows(newestOf<ReadBeltJoin>(keys, page, { name: 'belt_join', key, columns: JOIN })),
    keyOf: (row) => (key === 'belt_id' ? row.beltId : row.brandId),
    cursorOf: (row) => [row.id],
  });

export const joinsOfBelt = joinPage('joinsOfBelt', 'belt_id');
export const joinsOfBrand = joinPage('joinsOfBrand', 'brand_id');

const BASE_COLUMNS = [
  'id',
  'beltId',
  'name',
  'city',
  'address',
  'rooms',
  'state',
  'openedAt',
  'closedAt',
] as const;

export const liveBaseById = oneByKey<LiveBaseRow>({
  name: 'liveBaseById',
  columns: BASE_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(
      sql<LiveBaseRow>`select ${select('t', BASE_COLUMNS)} from live_base t where t.id = any(${ids}::uuid[])`,
    ),
  keyOf: (row) => row.id,
});

export const liveBasesOfBelt = pageByKey<LiveBaseRow>({
  name: 'liveBasesOfBelt',
  columns: BASE_COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const columns = select('t', BASE_COLUMNS);
    return db.rows(newestOf<LiveBaseRow>(keys, page, { name: 'live_base', key: 'belt_id', columns }));
  },
  keyOf: (row) => row.beltId,
  cursorOf: (row) => [row.id],
});
