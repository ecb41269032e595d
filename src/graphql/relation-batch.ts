import type { Batch, ColumnsOf } from '../breadth/index.ts';
import { accessOf } from './access.ts';
import { columnsReadByRule } from './columns-read.ts';
import { type PageArgs, toConnection } from './connection.ts';
import type { RequestContext } from './context.ts';
import { type ManyByKey, nameOfPage, type OneByKey, type PageByKey } from './loaders.ts';
import { watched } from './missed-columns.ts';
import { openRow, pageAsked, type Relation, type ToMany, type ToOne, type ToPage } from './relation.ts';

// biome-ignore lint/suspicious/noExplicitAny: relations between rows of all kinds
type AnyRow = any;

/** What a relation reads for many parents at once: the same as its resolver does by DataLoader. */
export function batchOf(
  relation: Relation<AnyRow>,
  args: PageArgs,
  context: RequestContext,
  columnsOf: ColumnsOf,
): Batch {
  const columns = columnsAsked(relation.type(), columnsOf);
  switch (relation.kind) {
    case 'one':
      return batchOfOne(relation, context, columns);
    case 'many':
      return batchOfMany(relation, context, columns);
    case 'page':
      return batchOfPage(relation, args, context, columns);
  }
}

/** Which columns are asked for; undefined when it is all of them. */
export type Columns = ReadonlySet<string> | undefined;

/** By what an operation asks for of a type. It is the same object for each execution of a plan. */
const withRules = new WeakMap<object, Columns & object>();

/** What an operation asks for of the rows of a type, with what its access rule looks at; undefined for everything. */
function columnsAsked(type: { readonly name: string }, columnsOf: ColumnsOf): Columns {
  const asked = columnsOf(type.name);
  if (asked === undefined) return undefined;
  const known = withRules.get(asked);
  if (known !== undefined) return known;
  const looked = columnsReadByRule(accessOf(type));
  const columns = looked && new Set([...asked, ...looked]);
  if (columns !== undefined) withRules.set(asked, columns);
  return columns;
}

/** What a resolver of rows is told of the operation; by graphql-js nothing of their columns. */
export interface ReadInfo {
  readonly columnsOf?: ColumnsOf;
}

/** The columns that an operation asks for of the rows that a resolver gives, with what their access rule looks at. */
export const columnsOfRows = (type: { readonly name: string }, { columnsOf }: ReadInfo): Columns =>
  columnsOf && columnsAsked(type, columnsOf);

const reads = (
  { load, key, type }: ToOne<AnyRow> | ToMany<AnyRow>,
  { loaders }: RequestContext,
  columns: Columns,
) => {
  const loader: OneByKey<AnyRow> | ManyByKey<AnyRow> = load;
  return {
    source: loader,
    // Of one type all rows of an operation are read with the same columns.
    name: columns === undefined ? '' : type().name,
    keyOf: key,
    read: (keys: Parameters<Batch['read']>[0]) =>
      loaders.readAll(loader.name, keys, columns, async (others, scope) =>
        watched(await loader.read(others, scope), loader.columns, loader.name),
      ),
    keyOfRow: loader.keyOf,
  };
};

const batchOfOne = (relation: ToOne<AnyRow>, context: RequestContext, columns: Columns): Batch => ({
  ...reads(relation, context, columns),
  isGrouped: false,
  valueOf: (row, key) => (key === null ? null : openRow(relation, row, context)),
});

const batchOfMany = (relation: ToMany<AnyRow>, context: RequestContext, columns: Columns): Batch => ({
  ...reads(relation, context, columns),
  isGrouped: true,
  valueOf: (rows, key) => (key === null ? [] : rows),
});

function batchOfPage(
  relation: ToPage<AnyRow>,
  args: PageArgs,
  { loaders }: RequestContext,
  columns: Columns,
): Batch {
  const loader: PageByKey<AnyRow, Record<string, unknown>> = relation.load;
  const { page, filter } = pageAsked(relation, args);
  const name = nameOfPage(loader, page, filter);
  return {
    source: loader,
    name: columns === undefined ? name : `${relation.type().name} ${name}`,
    isGrouped: true,
    keyOf: relation.key,
    read: (keys) =>
      loaders.readAll(name, keys, columns, async (others, scope) =>
        watched(await loader.read(others, page, filter, scope), loader.columns, loader.name),
      ),
    keyOfRow: loader.keyOf,
    valueOf: (rows, key) => toConnection(key === null ? [] : rows, page, loader.cursorOf),
  };
}
