import DataLoader from 'dataloader';
import { type RawBuilder, sql } from 'kysely';
import { type BatchKey, hashOf } from '../breadth/index.ts';
import type { Sql } from '../db/database.ts';
import type { Actor } from './actor.ts';
import type { Page } from './connection.ts';
import type { KeptNames } from './kept-names.ts';

/** What a batched read may use. */
export interface ReadScope {
  readonly sql: Sql;
  readonly actor: Actor;
  readonly now: Date;
  /** What is asked of the rows; undefined when it is everything. */
  readonly columns?: ReadonlySet<string>;
  /** Names that the process keeps; undefined inside of transactions, and where nobody keeps any. */
  readonly names?: KeptNames;
}

/** A key of one column, or of several in a fixed order. */
export type Key = BatchKey;
// biome-ignore lint/suspicious/noExplicitAny: rows of all kinds pass through here
type AnyRow = any;

/** One row, or none, for each key. */
export interface OneByKey<Row> {
  readonly shape: 'one';
  readonly name: string;
  readonly columns: readonly string[];
  /** Reads the rows of many keys in one batch, in any order. */
  readonly read: (keys: readonly Key[], scope: ReadScope) => Promise<readonly Row[]>;
  readonly keyOf: (row: Row) => Key;
}

/** All rows of each key, for lists that stay small by their nature. */
export interface ManyByKey<Row> extends Omit<OneByKey<Row>, 'shape'> {
  readonly shape: 'many';
}

/** A bounded page of rows for each key. */
export interface PageByKey<Row, Filter = Record<string, unknown>> {
  readonly shape: 'page';
  readonly name: string;
  readonly columns: readonly string[];
  readonly read: (
    keys: readonly Key[],
    page: Page,
    filter: Filter,
    scope: ReadScope,
  ) => Promise<readonly Row[]>;
  readonly keyOf: (row: Row) => Key;
  /** The values of the cursor, ending in a unique one. */
  readonly cursorOf: (row: Row) => readonly (string | number | bigint | Date)[];
}

type Shaped = OneByKey<AnyRow> | ManyByKey<AnyRow> | PageByKey<AnyRow, AnyRow>;

export const oneByKey = <Row>(loader: Omit<OneByKey<Row>, 'shape'>): OneByKey<Row> => ({
  shape: 'one',
  ...loader,
});
export const manyByKey = <Row>(loader: Omit<ManyByKey<Row>, 'shape'>): ManyByKey<Row> => ({
  shape: 'many',
  ...loader,
});
export const pageByKey = <Row, Filter = Record<string, unknown>>(
  loader: Omit<PageByKey<Row, Filter>, 'shape'>,
): PageByKey<Row, Filter> => ({ shape: 'page', ...loader });

/** The columns of keys of several parts, as one array per part, for `unnest`. */
export const keyColumns = (keys: readonly Key[], parts: number): string[][] =>
  Array.from({ length: parts }, (_, part) =>
    keys.map((key) => (typeof key === 'string' ? key : (key[part] ?? ''))),
  );

/** Lists columns for a select: `createdAt` becomes `"t"."created_at" as "createdAt"`. The names are ours. */
export const select = (alias: string, columns: readonly string[]): RawBuilder<unknown> =>
  sql.raw(columns.map((column) => `"${alias}"."${snake(column)}" as "${column}"`).join(', '));

/** Of the columns those that are asked for, and those that the read itself needs, such as its key. */
export const selectAsked = (
  alias: string,
  columns: readonly string[],
  { columns: asked }: Pick<ReadScope, 'columns'>,
  ...needed: string[]
): RawBuilder<unknown> =>
  select(
    alias,
    asked === undefined ? columns : columns.filter((name) => asked.has(name) || needed.includes(name)),
  );

export const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The names that are kept, where nothing is asked of rows but these columns. */
export const namesFor = ({ columns, names }: ReadScope, ...kept: readonly string[]): KeptNames | undefined =>
  columns !== undefined && [...columns].every((name) => name === 'id' || kept.includes(name))
    ? names
    : undefined;

/** A loader, and what it was asked for so far. */
interface Loader {
  readonly loader: DataLoader<Key, AnyRow, string>;
  readonly asked: Map<string, Promise<AnyRow>>;
}

/** The loaders of one request: made when first asked for, so that equal keys are read once. */
export class LoaderCache {
  private readonly loaders = new Map<string, Loader>();

  constructor(private current: ReadScope) {}

  /** What reads may use now. */
  get scope(): ReadScope {
    return this.current;
  }

  one<Row>(loader: OneByKey<Row>, key: Key): Promise<Row | undefined> {
    return this.of(loader.name, loader, (keys) => loader.read(keys, this.scope), false).load(key);
  }

  many<Row>(loader: ManyByKey<Row>, key: Key): Promise<readonly Row[]> {
    return this.of(loader.name, loader, (keys) => loader.read(keys, this.scope), true).load(key);
  }

  page<Row, Filter>(
    loader: PageByKey<Row, Filter>,
    key: Key,
    page: Page,
    filter: Filter,
  ): Promise<readonly Row[]> {
    const name = nameOfPage(loader, page, filter);
    return this.of(name, loader, (keys) => loader.read(keys, page, filter, this.scope), true).load(key);
  }

  /** Reads rows of many keys at once, without those that were asked for one by one before: their rows are there. */
  async readAll(
    name: string,
    keys: readonly Key[],
    columns: ReadonlySet<string> | undefined,
    read: (keys: readonly Key[], scope: ReadScope) => Promise<readonly AnyRow[]>,
  ): Promise<readonly AnyRow[]> {
    const scope = columns === undefined ? this.scope : { ...this.scope, columns };
    const asked = this.loaders.get(name)?.asked;
    if (asked === undefined) return read(keys, scope);
    const before: Promise<AnyRow>[] = [];
    const others = keys.filter((key) => {
      const known = asked.get(hashOf(key));
      if (known !== undefined) before.push(known);
      return known === undefined;
    });
    const rows = others.length > 0 ? read(others, scope) : [];
    const known = (await Promise.all(before)).flat().filter((row) => row !== undefined);
    return [...known, ...(await rows)];
  }

  /** Forgets what was read: after a write, everything is read anew, as it is at this moment. */
  renew(now: Date): void {
    this.loaders.clear();
    this.current = { ...this.current, now };
  }

  private of(
    name: string,
    loaded: Shaped,
    read: (keys: readonly Key[]) => Promise<readonly AnyRow[]>,
    grouped: boolean,
  ): DataLoader<Key, AnyRow, string> {
    let made = this.loaders.get(name);
    if (made === undefined) {
      const asked = new Map<string, Promise<AnyRow>>();
      const loader = new DataLoader<Key, AnyRow, string>(
        async (keys) => matched(keys, await read(keys), loaded.keyOf, grouped),
        { cacheKeyFn: hashOf, cacheMap: asked },
      );
      made = { loader, asked };
      this.loaders.set(name, made);
    }
    return made.loader;
  }
}

/** What tells a page of a list from all others. */
export const nameOfPage = ({ name }: { readonly name: string }, page: Page, filter: unknown): string =>
  `${name}:${JSON.stringify([page, filter])}`;

/** Gives each key its rows, matched by key and never by position. */
function matched(
  keys: readonly Key[],
  rows: readonly AnyRow[],
  keyOf: (row: AnyRow) => Key,
  grouped: boolean,
) {
  const found = new Map<string, AnyRow>();
  for (const row of rows) {
    const hash = hashOf(keyOf(row));
    if (!grouped) found.set(hash, row);
    else if (found.has(hash)) found.get(hash).push(row);
    else found.set(hash, [row]);
  }
  return keys.map((key) => found.get(hashOf(key)) ?? (grouped ? [] : undefined));
}
