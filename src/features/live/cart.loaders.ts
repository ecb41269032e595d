import { sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { manyByKey, oneByKey, pageByKey, selectAsked } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';

/** A product in the cart of a live session. */
export interface LiveItemRow {
  readonly id: string;
  readonly liveSessionId: string;
  readonly productId: string;
  readonly brandId: string;
  readonly position: number;
  readonly pinned: boolean;
  readonly addedAt: Date;
  readonly removedAt: Date | null;
}

/** What a SKU of an item costs in the session, and how much of it there is for the session alone. */
export interface LiveOfferRow {
  readonly id: string;
  readonly itemId: string;
  readonly liveSessionId: string;
  readonly brandId: string;
  readonly skuId: string;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly stock: number;
  readonly taken: number;
  readonly payWithinMinutes: number;
  readonly madeAt: Date;
  readonly closedAt: Date | null;
}

const ITEM_COLUMNS = [
  'id',
  'liveSessionId',
  'productId',
  'brandId',
  'position',
  'pinned',
  'addedAt',
  'removedAt',
] as const;

const OFFER_COLUMNS = [
  'id',
  'itemId',
  'liveSessionId',
  'brandId',
  'skuId',
  'currency',
  'priceMinor',
  'stock',
  'taken',
  'payWithinMinutes',
  'madeAt',
  'closedAt',
] as const;

export const liveItemById = rowById<LiveItemRow>({
  name: 'liveItemById',
  table: 'live_item',
  columns: ITEM_COLUMNS,
});

export const liveOfferById = rowById<LiveOfferRow>({
  name: 'liveOfferById',
  table: 'live_offer',
  columns: OFFER_COLUMNS,
});

/** What was listed in a session, for it alone. */
export interface FlashRow {
  readonly productId: string;
  readonly title: string;
  readonly photoUrl: string;
  readonly skuCode: string;
  readonly listedAt: Date;
}

/** The flash listing of a product, if it is one. */
export const flashOfProduct = oneByKey<FlashRow>({
  name: 'flashOfProduct',
  columns: ['title', 'photoUrl', 'skuCode', 'listedAt'],
  read: (ids, { sql: db }) =>
    db.rows(sql<FlashRow>`
      select f.product_id as "productId", p.title, f.photo_url as "photoUrl", s.code as "skuCode", f.listed_at as "listedAt"
      from live_flash f join product p on p.id = f.product_id join sku s on s.product_id = p.id
      where f.product_id = any(${ids}::uuid[])`),
  keyOf: ({ productId }) => productId,
});

/** What is in the cart of a session, in its order. */
export const cartOfSession = pageByKey<LiveItemRow>({
  name: 'cartOfLiveSession',
  columns: ITEM_COLUMNS,
  read: (keys, page, _filter, scope) => {
    const places = [
      { sql: sql`t.position`, type: 'int' },
      { sql: sql`t.id`, type: 'uuid' },
    ] as const;
    const { where, order } = keyset(places, 'asc', page);
    return scope.sql.rows(sql<LiveItemRow>`
      select r.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select ${selectAsked('t', ITEM_COLUMNS, scope, 'liveSessionId', 'position', 'id')} from live_item t
        where t.live_session_id = k.id and t.removed_at is null and ${where}
        order by ${order} ${limitOf(page)}) r
      order by r.position, r.id`);
  },
  keyOf: ({ liveSessionId }) => liveSessionId,
  cursorOf: ({ position, id }) => [position, id],
});

/** The item that is pinned in a session now. */
export const pinnedOfSession = oneByKey<LiveItemRow>({
  name: 'pinnedOfLiveSession',
  columns: ITEM_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(sql<LiveItemRow>`
      select ${selectAsked('t', ITEM_COLUMNS, scope, 'liveSessionId')} from live_item t
      where t.live_session_id = any(${ids}::uuid[]) and t.pinned`),
  keyOf: ({ liveSessionId }) => liveSessionId,
});

/** The products of a brand that creators have put into their carts, newest first. */
export const itemsOfBrand = newestOf<LiveItemRow>({
  name: 'liveItemsOfBrand',
  table: 'live_item',
  key: 'brandId',
  columns: ITEM_COLUMNS,
});

/** The offers of an item: at most one for each SKU of its product. */
export const offersOfItem = manyByKey<LiveOfferRow>({
  name: 'offersOfLiveItem',
  columns: OFFER_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(sql<LiveOfferRow>`
      select ${selectAsked('t', OFFER_COLUMNS, scope, 'itemId')} from live_offer t
      where t.item_id = any(${ids}::uuid[]) order by t.id`),
  keyOf: ({ itemId }) => itemId,
});
