import { sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { keyColumns, oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import { newestOfLine } from '../../graphql/table-loaders.ts';
import type { CaseRow } from './after-sales-case.ts';

const COLUMNS = [
  'brandId',
  'id',
  'lineId',
  'kind',
  'reason',
  'openedBy',
  'openedAt',
  'outcome',
  'note',
  'closedAt',
] as const;

export const caseById = oneByKey<CaseRow>({
  name: 'caseById',
  columns: COLUMNS,
  read: (keys, { sql: db }) => {
    const [brands = [], ids = []] = keyColumns(keys, 2);
    return db.rows(sql<CaseRow>`
      select ${select('t', COLUMNS)} from unnest(${brands}::uuid[], ${ids}::uuid[]) k (brand_id, id)
      join after_sales_case t using (brand_id, id)`);
  },
  keyOf: ({ brandId, id }) => [brandId, id],
});

/** The cases of an order line, newest first. */
export const casesOfLine = newestOfLine<CaseRow>({
  name: 'casesOfLine',
  table: 'after_sales_case',
  columns: COLUMNS,
});

/** The cases of a brand, newest first. */
export const casesOfBrand = pageByKey<CaseRow>({
  name: 'casesOfBrand',
  columns: COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<CaseRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${select('t', COLUMNS)} from after_sales_case t
        where t.brand_id = k.id and ${where} order by ${order} ${limitOf(page)}) r
      order by r.id desc`);
  },
  keyOf: ({ brandId }) => brandId,
  cursorOf: ({ id }) => [id],
});
