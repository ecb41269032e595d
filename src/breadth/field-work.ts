import type { GraphQLField } from 'graphql';

/** One text for what is looked up, or several parts in a fixed order. */
export type BatchKey = string | readonly string[];

/** One text for a key, whatever its shape, for maps. */
export const hashOf = (key: BatchKey): string => (typeof key === 'string' ? key : key.join('/'));

// biome-ignore lint/suspicious/noExplicitAny: rows of all kinds pass through here
type AnyRow = any;

/** What one field asks for its parents. Of a level, what goes to the same source under the same name is read at once. */
export interface Batch {
  /** What is asked, told from others by being the same object. */
  readonly source: object;
  /** How it is asked, such as with which page; the same text for the same. */
  readonly name: string;
  /** Whether a key has many rows. */
  readonly isGrouped: boolean;
  /** The key of a parent, or null where it needs none. What it throws is the error of the field of that parent. */
  readonly keyOf: (parent: AnyRow) => BatchKey | null;
  /** Reads the rows of many keys, in any order; each key once. */
  readonly read: (keys: readonly BatchKey[]) => Promise<readonly AnyRow[]>;
  readonly keyOfRow: (row: AnyRow) => BatchKey;
  /**
   * What the field is, from what was found under its key: a row or undefined, or the rows where it is grouped; nothing was
   * looked up where the key is null. What it throws is the error of the field.
   */
  readonly valueOf: (found: AnyRow, key: BatchKey | null) => unknown;
}

/** The columns that an operation asks for of the rows of a type; undefined for all of them. */
export type ColumnsOf = (typeName: string) => ReadonlySet<string> | undefined;

interface ReadsColumns {
  /** The columns of its row that the field is worked out from; undefined when nobody knows, so that all are read. */
  readonly reads?: readonly string[];
}

/**
 * How a field is worked out, beside its resolver, which says the same: from its row alone and at once, or for many parents
 * at once. What a resolver alone knows is asked of it for each parent.
 */
export type FieldWork<Context> =
  | (ReadsColumns & {
      readonly kind: 'row';
      readonly valueOf: (row: AnyRow, context: Context) => unknown;
    })
  | (ReadsColumns & {
      readonly kind: 'batch';
      /** Throws where the field of a parent is not to be asked for at all, whatever its arguments are. */
      readonly check?: (parent: AnyRow, context: Context) => void;
      readonly batch: (
        args: Readonly<Record<string, unknown>>,
        context: Context,
        columnsOf: ColumnsOf,
      ) => Batch;
    });

const WORK = 'breadthFirst';

/** Says how a field is worked out. */
export function declareWork<Context>(
  field: GraphQLField<unknown, Context>,
  work: FieldWork<Context> | undefined,
): void {
  field.extensions = { ...field.extensions, [WORK]: work };
}

/** What was said of a field, if anything. */
export const workOf = <Context>(field: GraphQLField<unknown, Context>): FieldWork<Context> | undefined =>
  field.extensions[WORK] as FieldWork<Context> | undefined;
