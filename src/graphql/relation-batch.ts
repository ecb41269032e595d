import type { Batch } from '../breadth/index.ts';
import { type PageArgs, toConnection } from './connection.ts';
import type { RequestContext } from './context.ts';
import { type ManyByKey, nameOfPage, type OneByKey, type PageByKey } from './loaders.ts';
import { openRow, pageAsked, type Relation, type ToMany, type ToOne, type ToPage } from './relation.ts';

// biome-ignore lint/suspicious/noExplicitAny: relations between rows of all kinds
type AnyRow = any;

/** What a relation reads for many parents at once: the same as its resolver does by DataLoader. */
export function batchOf(relation: Relation<AnyRow>, args: PageArgs, context: RequestContext): Batch {
  switch (relation.kind) {
    case 'one':
      return batchOfOne(relation, context);
    case 'many':
      return batchOfMany(relation, context);
    case 'page':
      return batchOfPage(relation, args, context);
  }
}

const reads = ({ load, key }: ToOne<AnyRow> | ToMany<AnyRow>, { loaders }: RequestContext) => {
  const loader: OneByKey<AnyRow> | ManyByKey<AnyRow> = load;
  return {
    source: loader,
    name: '',
    keyOf: key,
    read: (keys: Parameters<Batch['read']>[0]) =>
      loaders.readAll(loader.name, keys, (others, scope) => loader.read(others, scope)),
    keyOfRow: loader.keyOf,
  };
};

const batchOfOne = (relation: ToOne<AnyRow>, context: RequestContext): Batch => ({
  ...reads(relation, context),
  isGrouped: false,
  valueOf: (row, key) => (key === null ? null : openRow(relation, row, context)),
});

const batchOfMany = (relation: ToMany<AnyRow>, context: RequestContext): Batch => ({
  ...reads(relation, context),
  isGrouped: true,
  valueOf: (rows, key) => (key === null ? [] : rows),
});

function batchOfPage(relation: ToPage<AnyRow>, args: PageArgs, { loaders }: RequestContext): Batch {
  const loader: PageByKey<AnyRow, Record<string, unknown>> = relation.load;
  const { page, filter } = pageAsked(relation, args);
  const name = nameOfPage(loader, page, filter);
  return {
    source: loader,
    name,
    isGrouped: true,
    keyOf: relation.key,
    read: (keys) => loaders.readAll(name, keys, (others, scope) => loader.read(others, page, filter, scope)),
    keyOfRow: loader.keyOf,
    valueOf: (rows, key) => toConnection(key === null ? [] : rows, page, loader.cursorOf),
  };
}
