import { type RawBuilder, sql } from 'kysely';
import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { UUID } from '../kernel/ids.ts';
import { isCleanText } from '../kernel/text.ts';
import { Access, withParent } from './access.ts';
import { failure } from './errors.ts';

/** How many rows a page holds when the caller does not say, and at most. */
export const DEFAULT_FIRST = 20;
export const MAX_FIRST = 100;

/** A page to read: so many rows after a place. One row more is read, to know whether there is a next page. */
export interface Page {
  /** The list and order that is paged; its name stands in the cursors, so that they fit no other. */
  readonly list: string;
  readonly first: number;
  readonly after?: readonly string[];
}

const USUAL_FIRSTS: ReadonlySet<number> = new Set([10, DEFAULT_FIRST, 50, MAX_FIRST]);

/**
 * SQL: reads no more than the page, and one row to know whether there is a next one. Where PostgreSQL is told the number only
 * with each execution, it plans the statement anew each time; the usual numbers stand in its text.
 */
export const limitOf = ({ first }: Page): RawBuilder<unknown> =>
  USUAL_FIRSTS.has(first) ? sql`limit ${sql.lit(first + 1)}` : sql`limit ${first + 1}`;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_FIRST,
    description: `How many to give, from 0 to ${MAX_FIRST}.`,
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor after which to go on; from the beginning without.',
  })
  after?: string | null;
}

@Access(withParent)
@ObjectType({ description: 'Where a page lies among all the items.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are more items after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the page began after a cursor, so that items lie before it.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first item of the page.' })
  startCursor?: string;

  @Field(() => String, { nullable: true, description: 'The cursor to give as `after` for the next page.' })
  endCursor?: string;
}

export interface Connection<Row> {
  readonly edges: readonly { readonly node: Row; readonly cursor: string }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: PageInfo;
}

const made = new Map<ClassType, ClassType>();

/** The connection type over an object type: edges, nodes and page info. Made once per type. */
export function connectionOf<Item extends object>(
  item: ClassType<Item>,
  name = item.name,
): ClassType<Connection<Item>> {
  const known = made.get(item);
  if (known !== undefined) return known as ClassType<Connection<Item>>;

  @Access(withParent)
  @ObjectType(`${name}Edge`, { description: `One ${name} in a page, with its cursor.` })
  class Edge {
    @Field(() => item, { description: 'The item itself.' })
    node!: Item;

    @Field(() => String, { description: 'The place of the item, to be given as `after`.' })
    cursor!: string;
  }

  @Access(withParent)
  @ObjectType(`${name}Connection`, { description: `A page of ${name} items.` })
  class ConnectionType {
    @Field(() => [Edge], { description: 'The items with their cursors.' })
    edges!: Edge[];

    @Field(() => [item], { description: 'The items without their cursors.' })
    nodes!: Item[];

    @Field(() => PageInfo, { description: 'Where this page lies.' })
    pageInfo!: PageInfo;
  }
  made.set(item, ConnectionType);
  return ConnectionType as never;
}

/** Reads the arguments of a page. Throws BAD_USER_INPUT for a count out of range, or a cursor that is none of the list. */
export function toPage(args: PageArgs, list: string): Page {
  const first = args.first ?? DEFAULT_FIRST;
  if (first < 0 || first > MAX_FIRST) {
    throw failure('BAD_USER_INPUT', `"first" takes a whole number from 0 to ${MAX_FIRST}; it was ${first}.`);
  }
  if (args.after == null) return { list, first };
  const [name, ...after] = fromCursor(args.after);
  if (name !== list) throw foreignCursor();
  return { list, first, after };
}

const foreignCursor = () =>
  failure('BAD_USER_INPUT', 'The cursor in "after" belongs to another list or order.');

type CursorValues = readonly (string | number | bigint | Date)[];

/** Shapes the rows of a page, of which one more than asked for was read, into a connection. */
export const toConnection = <Row>(
  rows: readonly Row[],
  page: Page,
  cursorOf: (row: Row) => CursorValues,
): Connection<Row> => new RowsPage(rows, page, cursorOf);

/** A connection whose cursors are made when they are asked for, which they mostly are of the last row alone. */
class RowsPage<Row> implements Connection<Row> {
  readonly nodes: Row[];
  readonly #rows: readonly Row[];
  readonly #page: Page;
  readonly #cursorOf: (row: Row) => CursorValues;

  constructor(rows: readonly Row[], page: Page, cursorOf: (row: Row) => CursorValues) {
    this.nodes = rows.slice(0, page.first);
    this.#rows = rows;
    this.#page = page;
    this.#cursorOf = cursorOf;
  }

  get edges(): { node: Row; cursor: string }[] {
    return this.nodes.map((node) => ({ node, cursor: this.#cursor(node) }));
  }

  get pageInfo() {
    const [first] = this.nodes;
    const last = this.nodes.at(-1);
    return {
      hasNextPage: this.#rows.length > this.#page.first,
      hasPreviousPage: this.#page.after !== undefined,
      startCursor: first && this.#cursor(first),
      endCursor: last && this.#cursor(last),
    };
  }

  #cursor(row: Row): string {
    return toCursor([this.#page.list, ...this.#cursorOf(row)]);
  }
}

/** One text for a place in a list: the name of the list, and the values of its order. */
export const toCursor = (values: readonly (string | number | bigint | Date)[]): string =>
  Buffer.from(
    JSON.stringify(values.map((value) => (value instanceof Date ? value.toISOString() : String(value)))),
  ).toString('base64url');

function fromCursor(text: string): readonly string[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.every((value) => typeof value === 'string' && isCleanText(value)))
      return values;
  } catch {
    // Falls through: whatever is wrong with it, it is not one of our cursors.
  }
  throw failure('BAD_USER_INPUT', 'The cursor in "after" is not one that this server gave.');
}

/** One column of a keyset order: its SQL, and the PostgreSQL type that its cursor value is read as. */
export interface KeysetColumn {
  readonly sql: RawBuilder<unknown>;
  readonly type: 'uuid' | 'timestamptz' | 'bigint' | 'int' | 'text';
}

const VALID: Readonly<Record<KeysetColumn['type'], RegExp>> = {
  uuid: UUID,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  bigint: /^-?\d{1,18}$/,
  int: /^-?\d{1,9}$/,
  text: /^[^\0]{0,200}$/,
};

/** Whether PostgreSQL can read the value as one of the type; of times, only those that exist have this form again. */
function isValid(type: KeysetColumn['type'], value: string): boolean {
  if (!VALID[type].test(value)) return false;
  if (type !== 'timestamptz') return true;
  const time = new Date(value);
  return !value.startsWith('0000') && !Number.isNaN(time.getTime()) && time.toISOString() === value;
}

/**
 * The condition "after this place" as one row comparison, which an index can bound, with the order to match.
 * All columns run in the same direction.
 */
export function keyset(columns: readonly KeysetColumn[], direction: 'asc' | 'desc', page: Page) {
  const order = sql.join(columns.map((column) => sql`${column.sql} ${sql.raw(direction)}`));
  if (page.after === undefined) return { order, where: sql`true` };
  if (
    page.after.length !== columns.length ||
    columns.some(({ type }, i) => !isValid(type, page.after?.[i] ?? '\0'))
  ) {
    throw foreignCursor();
  }
  const left = sql.join(columns.map((column) => column.sql));
  const right = sql.join(columns.map(({ type }, i) => sql`${page.after?.[i]}::${sql.raw(type)}`));
  return { order, where: sql`(${left}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${right})` };
}
