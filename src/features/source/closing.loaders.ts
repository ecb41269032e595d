import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { select } from '../../graphql/loaders.ts';
import { rowById } from '../../graphql/table-loaders.ts';
import type { ProductSource } from '../product/index.ts';

/** A closing of an outside shop, over a half-open interval. */
export interface ClosingRow {
  readonly id: string;
  readonly source: ProductSource;
  /** Of the closings of this shop. */
  readonly version: number;
  readonly reason: string;
  readonly announcedAt: Date;
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

const COLUMNS = ['id', 'source', 'version', 'reason', 'announcedAt', 'validFrom', 'validTo'] as const;

export const closingById = rowById<ClosingRow>({
  name: 'outsideClosingById',
  table: 'outside_closing',
  columns: COLUMNS,
});

/** SQL: the closings `t` that a condition names. */
export const closings = (where: RawBuilder<unknown>) =>
  sql<ClosingRow>`select ${select('t', COLUMNS)} from outside_closing t where ${where}`;

/** A page of all closings, those that begin last first. */
export function closingsPage(page: Page): RawBuilder<ClosingRow> {
  const { where, order } = keyset(
    [
      { sql: sql`t.valid_from`, type: 'timestamptz' },
      { sql: sql`t.id`, type: 'uuid' },
    ],
    'desc',
    page,
  );
  return closings(sql`${where} order by ${order} ${limitOf(page)}`);
}

export const closingCursor = ({ validFrom, id }: ClosingRow) => [validFrom, id];
