import { type RawBuilder, sql } from 'kysely';
import { checkDays, type Days, daysAsked } from '../../graphql/asked-days.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { failure } from '../../graphql/errors.ts';
import { type PageByKey, pageByKey } from '../../graphql/loaders.ts';
import { MOST_DAYS } from './days.types.ts';
import { total } from './recount-days.ts';

/** By what sales are divided. */
export type PartsBy = 'PRODUCT' | 'CREATOR' | 'PRODUCT_AND_CREATOR';

export interface PartsFilter extends Days {
  readonly by: PartsBy;
}

/** What a product, a creator or the one through the other has sold, in one currency; amounts in minor units. */
export interface PartRow {
  readonly subjectId: string;
  readonly by: PartsBy;
  readonly productId: string | null;
  readonly creatorId: string | null;
  readonly currency: string;
  readonly lines: bigint;
  readonly units: bigint;
  readonly returnedLines: bigint;
  readonly gmvMinor: bigint;
  readonly refundedMinor: bigint;
  readonly commissionMinor: bigint;
  readonly feeMinor: bigint;
}

/** SQL: which product and which creator rows `d` are put together by. */
const GROUPS: Readonly<
  Record<PartsBy, readonly [product: RawBuilder<unknown>, creator: RawBuilder<unknown>]>
> = {
  PRODUCT: [sql`d.product_id`, sql`null::uuid`],
  CREATOR: [sql`null::uuid`, sql`d.creator_id`],
  PRODUCT_AND_CREATOR: [sql`d.product_id`, sql`d.creator_id`],
};

interface Side {
  readonly name: string;
  /** SQL: whether row `d` is one of subject `k`. */
  readonly counts: RawBuilder<unknown>;
  /** SQL: of a row, what the subject pays or keeps as commission, and pays in service fees. */
  readonly commission: RawBuilder<unknown>;
  readonly fee: RawBuilder<unknown>;
}

/** What has sold most first. One statement for all subjects. */
const partsOf = ({ name, counts, commission, fee }: Side): PageByKey<PartRow, PartsFilter> =>
  pageByKey<PartRow, PartsFilter>({
    name,
    columns: [
      ...['subjectId', 'by', 'productId', 'creatorId', 'currency', 'lines', 'units', 'returnedLines'],
      ...['gmvMinor', 'refundedMinor', 'commissionMinor', 'feeMinor'],
    ],
    read: (keys, page, filter, { sql: db, now }) => {
      checkDays(filter, MOST_DAYS);
      const { where, order } = placeIn(filter.by, page);
      const [product, creator] = GROUPS[filter.by];
      return db.rows(sql<PartRow>`
        select k.id as "subjectId", ${filter.by}::text as by, p.* from unnest(${keys}::uuid[]) k (id)
        cross join ${daysAsked(filter, now)}
        cross join lateral (
          select * from (
            select ${product} as "productId", ${creator} as "creatorId", d.currency, ${total(sql`d.lines`)} as lines,
              ${total(sql`d.units`)} as units, ${total(sql`d.returned_lines`)} as "returnedLines",
              ${total(sql`d.gmv_minor`)} as "gmvMinor", ${total(sql`d.refunded_minor`)} as "refundedMinor",
              ${total(commission)} as "commissionMinor", ${total(fee)} as "feeMinor"
            from insight_product d where ${counts} and d.day between z.first and z.last group by 1, 2, 3) g
          where ${where} order by ${order} ${limitOf(page)}) p
        order by p."gmvMinor" desc, coalesce(p."productId"::text, '') desc, coalesce(p."creatorId"::text, '') desc,
          p.currency desc`);
    },
    keyOf: ({ subjectId }) => subjectId,
    cursorOf: ({ by, gmvMinor, productId, creatorId, currency }) => [
      by,
      gmvMinor,
      productId ?? '',
      creatorId ?? '',
      currency,
    ],
  });

/** The keyset of the parts. A cursor of one way of dividing fits no other. */
function placeIn(by: PartsBy, page: Page) {
  if (page.after !== undefined && page.after[0] !== by)
    throw failure('BAD_USER_INPUT', 'The cursor in "after" belongs to another "by".');
  const rest = page.after?.slice(1);
  const text = (what: RawBuilder<unknown>) => ({ sql: what, type: 'text' as const });
  const columns = [
    { sql: sql`g."gmvMinor"`, type: 'bigint' as const },
    text(sql`coalesce(g."productId"::text, '')`),
    text(sql`coalesce(g."creatorId"::text, '')`),
    text(sql`g.currency`),
  ];
  return keyset(columns, 'desc', rest === undefined ? page : { ...page, after: rest });
}

/** What a brand has sold, with what it pays for that. */
export const partsOfBrand = partsOf({
  name: 'insightPartsOfBrand',
  counts: sql`d.brand_id = k.id`,
  commission: sql`d.commission_minor`,
  fee: sql`d.fee_minor`,
});

/** What a creator has sold, with what it keeps of that. */
export const partsOfCreator = partsOf({
  name: 'insightPartsOfCreator',
  counts: sql`d.creator_id = k.id`,
  commission: sql`d.kept_minor`,
  fee: sql`0`,
});
