import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { type KeysetColumn, keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { selectAsked } from '../../graphql/loaders.ts';
import { watched } from '../../graphql/missed-columns.ts';
import type { Columns } from '../../graphql/relation-batch.ts';
import {
  PRODUCT_COLUMNS,
  type ProductRow,
  type ProductSource,
  type ProtectionKind,
  queryWords,
  rankCorrections,
  type SourceKind,
} from '../product/index.ts';

export type PoolOrder =
  | 'RECOMMENDED'
  | 'COMMISSION_RATE'
  | 'COMMISSION_AMOUNT'
  | 'SALES'
  | 'NEWEST'
  | 'PRICE_ASC'
  | 'PRICE_DESC';

/** What narrows the pool; everything that is left out lets all products through. */
export interface PoolFilter {
  readonly search?: string | null;
  readonly categoryId?: string;
  readonly brandId?: string;
  readonly beltId?: string;
  readonly source?: ProductSource | null;
  readonly minPriceMinor?: bigint | null;
  readonly maxPriceMinor?: bigint | null;
  readonly minCommissionBp?: number | null;
  readonly minSales?: bigint | null;
  /** Whether a rule offers samples of it that are not all given away. */
  readonly sampleOffered?: boolean | null;
  /** Whether the brand is in Trust Buy. */
  readonly trustBuy?: boolean | null;
  /** Whether a source story of it is verified. */
  readonly sourceGoods?: boolean | null;
  /** The kind of its verified source story. */
  readonly sourceKind?: SourceKind | null;
  /** All of these are carried. */
  readonly protections?: readonly ProtectionKind[] | null;
}

/** A product found in the pool, with the value that it was sorted by. */
export type PooledProduct = ProductRow & { readonly sortValue: bigint | number | Date };

const ORDERS: Readonly<
  Record<PoolOrder, { column: string; type: KeysetColumn['type']; direction: 'asc' | 'desc' }>
> = {
  RECOMMENDED: { column: 'score', type: 'bigint', direction: 'desc' },
  COMMISSION_RATE: { column: 'commission_bp', type: 'int', direction: 'desc' },
  COMMISSION_AMOUNT: { column: 'commission_minor', type: 'bigint', direction: 'desc' },
  SALES: { column: 'sales', type: 'bigint', direction: 'desc' },
  NEWEST: { column: 'listed_at', type: 'timestamptz', direction: 'desc' },
  PRICE_ASC: { column: 'price_minor', type: 'bigint', direction: 'asc' },
  PRICE_DESC: { column: 'price_minor', type: 'bigint', direction: 'desc' },
};

/** One page of the pool, and one product more when there is a next page. One statement, two with search words. */
export async function searchPool(
  db: Sql,
  filter: PoolFilter,
  order: PoolOrder,
  page: Page,
  columns?: Columns,
): Promise<readonly PooledProduct[]> {
  const { column, type, direction } = ORDERS[order];
  const sortValue = sql.ref(`e.${column}`);
  const place = keyset(
    [
      { sql: sortValue, type },
      { sql: sql`e.product_id`, type: 'uuid' },
    ],
    direction,
    page,
  );
  const wanted = await conditions(db, filter);
  const rows = await db.rows(sql<PooledProduct>`
    select ${selectAsked('t', PRODUCT_COLUMNS, { columns }, 'id')}, ${sortValue} as "sortValue"
    from pool_entry e join product t on t.id = e.product_id
    where ${sql.join([place.where, ...wanted], sql` and `)}
    order by ${place.order} ${limitOf(page)}`);
  return watched(rows, PRODUCT_COLUMNS, 'productPool');
}

/** The values of the cursor of a found product. */
export const poolCursor = ({ sortValue, id }: PooledProduct) => [sortValue, id];

async function conditions(db: Sql, filter: PoolFilter): Promise<RawBuilder<unknown>[]> {
  const list: RawBuilder<unknown>[] = [];
  if (filter.categoryId !== undefined) list.push(sql`e.category_path @> array[${filter.categoryId}::uuid]`);
  if (filter.brandId !== undefined) list.push(sql`e.brand_id = ${filter.brandId}`);
  if (filter.beltId !== undefined) list.push(sql`e.belt_id = ${filter.beltId}`);
  if (filter.source != null) list.push(sql`e.source = ${filter.source}`);
  if (filter.minPriceMinor != null) list.push(sql`e.price_minor >= ${filter.minPriceMinor}`);
  if (filter.maxPriceMinor != null) list.push(sql`e.price_minor <= ${filter.maxPriceMinor}`);
  if (filter.minCommissionBp != null) list.push(sql`e.commission_bp >= ${filter.minCommissionBp}`);
  if (filter.minSales != null) list.push(sql`e.sales >= ${filter.minSales}`);
  if (filter.trustBuy != null) list.push(sql`e.trust_buy = ${filter.trustBuy}`);
  if (filter.protections != null) list.push(sql`e.protections @> ${filter.protections}::text[]`);
  if (filter.sourceGoods != null) list.push(isSourceGoods(filter.sourceGoods));
  // Said twice, so that the index of source goods alone serves it.
  if (filter.sourceKind != null) list.push(isSourceGoods(true), sql`e.source_kind = ${filter.sourceKind}`);
  if (filter.sampleOffered != null) {
    list.push(sql`exists (select from sample_rule s
      where s.product_id = e.product_id and s.closed_at is null and s.taken < s.quota) = ${filter.sampleOffered}`);
  }
  if (filter.search != null && filter.search.trim() !== '') list.push(await matches(db, filter.search));
  return list;
}

const isSourceGoods = (wanted: boolean): RawBuilder<unknown> =>
  wanted ? sql`e.source_kind is not null` : sql`e.source_kind is null`;

/** The condition that all words of the search are found; a Latin word that the pool does not know may hold a slip. */
async function matches(db: Sql, search: string): Promise<RawBuilder<unknown>> {
  const terms = queryWords(search);
  if (terms.length === 0) return sql`false`;
  const latin = terms.filter(({ kind }) => kind === 'latin').map(({ word }) => word);
  const near = latin.length === 0 ? new Map<string, string[]>() : await neighbours(db, latin);
  const texts = terms.map(({ tokens, word }) => {
    const written = tokens.map(quoteLexeme).join(' & ');
    const slips = (near.get(word) ?? []).map(quoteLexeme);
    return `(${[`(${written})`, ...slips].join(' | ')})`;
  });
  return sql`e.tokens @@ ${texts.join(' & ')}::tsquery`;
}

const quoteLexeme = (token: string): string => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** For each word that no product has, the likeliest words that products have. */
async function neighbours(db: Sql, words: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.rows(sql<{ asked: string; word: string; frequency: number }>`
    select q.word as asked, n.word, n.uses::int as frequency from unnest(${words}::text[]) q (word)
    cross join lateral (
      select w.word, w.uses from search_word w
      where w.word % q.word or (left(w.word, 1) = left(q.word, 1) and length(w.word) between length(q.word) - 1 and length(q.word) + 1)
      order by w.word <-> q.word, w.word limit 50) n
    where not exists (select from search_word k where k.word = q.word)`);
  const found = new Map<string, { word: string; frequency: number }[]>();
  for (const { asked, word, frequency } of rows)
    found.set(asked, [...(found.get(asked) ?? []), { word, frequency }]);
  return new Map(
    [...found].map(([asked, candidates]) => [
      asked,
      rankCorrections(asked, candidates).map(({ word }) => word),
    ]),
  );
}
