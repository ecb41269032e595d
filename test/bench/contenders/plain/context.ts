import type { EntityManager } from '@mikro-orm/postgresql';
import type { Loaders } from './loaders.ts';

/** What the resolvers of one request share. */
export interface PlainContext {
  readonly em: EntityManager;
  readonly now: Date;
  /** The first organisation of the caller. */
  readonly viewer: { readonly id: string; readonly kind: string };
  readonly loaders: Loaders;
}

/** A cursor is the place of the last row. */
export const toCursor = (...values: string[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');
export const fromCursor = (cursor: string): string[] =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString());

/** A page of rows, of which one more than asked for was read. */
export function toPage<Row>(rows: Row[], first: number, cursorOf: (row: Row) => string) {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor: last && cursorOf(last) } };
}
