import { type RawBuilder, sql } from 'kysely';
import { keyset, type Page } from '../../graphql/connection.ts';
import type { Key } from '../../graphql/loaders.ts';

/** A table whose rows are paged below a parent. */
export interface PagedTable {
  readonly name: string;
  /** The column that holds the parent's key. */
  readonly key: string;
  /** What is read of each row `t`; the id must be among it. */
  readonly columns: RawBuilder<unknown>;
}

/** SQL: a page of rows for each key, newest first; ids hold the time. */
export function newestOf<Row>(keys: readonly Key[], page: Page, table: PagedTable): RawBuilder<Row> {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
  return sql<Row>`
    select r.* from unnest(${keys}::uuid[]) k (id)
    cross join lateral (select ${table.columns} from ${sql.table(table.name)} t
      where ${sql.ref(`t.${table.key}`)} = k.id and ${where} order by ${order} limit ${page.first + 1}) r
    order by r.id desc`;
}
