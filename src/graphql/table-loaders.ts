import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf } from './connection.ts';
import {
  type Key,
  keyColumns,
  type OneByKey,
  oneByKey,
  type PageByKey,
  pageByKey,
  select,
  selectAsked,
  snake,
} from './loaders.ts';

/** The rows of one table, read without joins. */
interface TableRows {
  /** The name of the loader. */
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** SQL: what is read of each row `t`, where that is more than its columns. */
  readonly shown?: RawBuilder<unknown>;
}

/** Loads the rows of a table by their ids. */
export const rowById = <Row extends { readonly id: string }>({
  name,
  table,
  columns,
  shown,
}: TableRows): OneByKey<Row> =>
  oneByKey<Row>({
    name,
    columns,
    read: (ids, scope) => {
      const asked = shown ?? selectAsked('t', columns, scope, 'id');
      return scope.sql.rows(
        sql<Row>`select ${asked} from ${sql.table(table)} t where t.id = any(${ids}::uuid[])`,
      );
    },
    keyOf: ({ id }) => id,
  });

/** The columns that hold the id of another row. */
type Ids<Row> = { [Name in keyof Row]-?: Row[Name] extends string | null ? Name : never }[keyof Row] & string;

/** Loads a page of a table's rows below a parent, newest first: ids hold the time, and versions count up. */
export const newestOf = <Row extends { readonly id: string } | { readonly version: number }>({
  name,
  table,
  key,
  columns,
  by = 'id',
  shown,
}: TableRows & {
  /** The column that holds the parent's id. */
  readonly key: Ids<Row>;
  readonly by?: 'id' | 'version';
}): PageByKey<Row> =>
  pageByKey<Row>({
    name,
    columns,
    read: (keys, page, _filter, scope) => {
      const asked = shown ?? selectAsked('t', columns, scope, key, by);
      const place = { sql: sql.ref(`t.${by}`), type: by === 'id' ? 'uuid' : 'int' } as const;
      const { where, order } = keyset([place], 'desc', page);
      return scope.sql.rows(sql<Row>`
        select r.* from unnest(${keys}::uuid[]) k (id)
        cross join lateral (select ${asked} from ${sql.table(table)} t
          where ${sql.ref(`t.${snake(key)}`)} = k.id and ${where} order by ${order} ${limitOf(page)}) r
        order by ${sql.ref(`r.${by}`)} desc`);
    },
    keyOf: (row) => row[key] as Key,
    cursorOf: (row) => [row[by as keyof Row] as string | number],
  });

/** Loads a page of what is kept of an order line, by the line's brand and id, newest first. */
export const newestOfLine = <
  Row extends { readonly brandId: string; readonly lineId: string; readonly id: string },
>({
  name,
  table,
  columns,
}: TableRows): PageByKey<Row> =>
  pageByKey<Row>({
    name,
    columns,
    read: (keys, page, _filter, { sql: db }) => {
      const [brands = [], lines = []] = keyColumns(keys, 2);
      const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
      return db.rows(sql<Row>`
        select r.* from unnest(${brands}::uuid[], ${lines}::uuid[]) k (brand_id, line_id)
        cross join lateral (select ${select('t', columns)} from ${sql.table(table)} t
          where t.brand_id = k.brand_id and t.line_id = k.line_id and ${where} order by ${order} ${limitOf(page)}) r
        order by r.id desc`);
    },
    keyOf: ({ brandId, lineId }) => [brandId, lineId],
    cursorOf: ({ id }) => [id],
  });
