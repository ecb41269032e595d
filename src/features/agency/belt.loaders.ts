import { sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { pageByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import { BRAND_COLUMNS, type NamedBrand } from '../brand/index.ts';
import type { BeltJoinRow, BeltRow, LiveBaseRow } from './belt.entity.ts';

const BELT_COLUMNS = ['id', 'name', 'region', 'agencyId', 'about'] as const;

export const beltById = rowById<BeltRow>({
  name: 'beltById',
  table: 'industrial_belt',
  columns: BELT_COLUMNS,
});

export const beltsOfAgency = newestOf<BeltRow>({
  name: 'beltsOfAgency',
  table: 'industrial_belt',
  key: 'agencyId',
  columns: BELT_COLUMNS,
});

export const brandsOfBelt = pageByKey<NamedBrand>({
  name: 'brandsOfBelt',
  columns: [...BRAND_COLUMNS, 'name'],
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
    return db.rows(sql<NamedBrand>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${select('t', BRAND_COLUMNS)}, p.name from brand t join party p using (id)
        where t.belt_id = k.id and ${where} order by ${order} ${limitOf(page)}) r
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

export const beltJoinById = rowById<ReadBeltJoin>({
  name: 'beltJoinById',
  table: 'belt_join',
  columns: [...JOIN_COLUMNS, 'agencyId'],
  shown: JOIN,
});

const joinPage = (name: string, key: 'beltId' | 'brandId') =>
  newestOf<ReadBeltJoin>({ name, table: 'belt_join', key, columns: beltJoinById.columns, shown: JOIN });

export const joinsOfBelt = joinPage('joinsOfBelt', 'beltId');
export const joinsOfBrand = joinPage('joinsOfBrand', 'brandId');

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

export const liveBaseById = rowById<LiveBaseRow>({
  name: 'liveBaseById',
  table: 'live_base',
  columns: BASE_COLUMNS,
});

export const liveBasesOfBelt = newestOf<LiveBaseRow>({
  name: 'liveBasesOfBelt',
  table: 'live_base',
  key: 'beltId',
  columns: BASE_COLUMNS,
});
