import { sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { keyColumns, oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type { ShareRefusal } from '../settlement/index.ts';

/** What a brand gives for sharing, from one moment until before another. */
export interface SharingTermsRow {
  readonly id: string;
  readonly brandId: string;
  readonly rateBp: number;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly setAt: Date;
}

/** A buyer who shares; amounts in minor units of the brand's currency. */
export interface SharerRow {
  readonly id: string;
  readonly brandId: string;
  readonly sourceId: string;
  readonly buyerRef: string;
  readonly currency: string;
  readonly rewardedMinor: bigint;
  readonly creditedMinor: bigint;
  readonly createdAt: Date;
  readonly stoppedAt: Date | null;
  readonly stopReason: string | null;
}

export interface ShareLinkRow {
  readonly id: string;
  readonly sharerId: string;
  readonly brandId: string;
  readonly productId: string;
  /** The order line by which the sharer has bought it. */
  readonly lineId: string;
  readonly code: string;
  readonly createdAt: Date;
}

/** What an order line brings to whoever shared, or why nothing; amounts in minor units of the brand's currency. */
export interface ShareRewardRow {
  readonly brandId: string;
  readonly lineId: string;
  readonly shareLinkId: string | null;
  readonly sharerId: string | null;
  readonly refused: ShareRefusal | null;
  readonly rateBp: number;
  readonly currency: string;
  readonly dueMinor: bigint;
  readonly postedMinor: bigint;
  readonly readyAt: Date | null;
}

export interface ShareCreditRow {
  readonly id: string;
  readonly sharerId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly creditedAt: Date;
}

const TERMS = ['id', 'brandId', 'rateBp', 'validFrom', 'validTo', 'setAt'] as const;
const SHARERS = [
  'id',
  'brandId',
  'sourceId',
  'buyerRef',
  'currency',
  'rewardedMinor',
  'creditedMinor',
  'createdAt',
  'stoppedAt',
  'stopReason',
] as const;
const LINKS = ['id', 'sharerId', 'brandId', 'productId', 'lineId', 'code', 'createdAt'] as const;

const terms = { table: 'sharing_terms', columns: TERMS };
const sharers = { table: 'sharer', columns: SHARERS };
const links = { table: 'share_link', columns: LINKS };

export const sharingTermsById = rowById<SharingTermsRow>({ name: 'sharingTermsById', ...terms });
export const sharerById = rowById<SharerRow>({ name: 'sharerById', ...sharers });
export const shareLinkById = rowById<ShareLinkRow>({ name: 'shareLinkById', ...links });

export const sharingTermsOfBrand = newestOf<SharingTermsRow>({
  name: 'sharingTermsOfBrand',
  key: 'brandId',
  ...terms,
});
export const sharersOfBrand = newestOf<SharerRow>({ name: 'sharersOfBrand', key: 'brandId', ...sharers });
export const linksOfSharer = newestOf<ShareLinkRow>({ name: 'linksOfSharer', key: 'sharerId', ...links });

const REWARDS = [
  'brandId',
  'lineId',
  'shareLinkId',
  'sharerId',
  'refused',
  'rateBp',
  'currency',
  'dueMinor',
  'postedMinor',
  'readyAt',
] as const;

/** SQL: what is read of a reward `r` with its link `l` and its brand `b`. */
const reward = sql`${select('r', ['brandId', 'lineId', 'shareLinkId', 'refused', 'rateBp', 'dueMinor', 'postedMinor', 'readyAt'])},
  l.sharer_id as "sharerId", b.currency`;

export const shareRewardOfLine = oneByKey<ShareRewardRow>({
  name: 'shareRewardOfLine',
  columns: REWARDS,
  read: (keys, { sql: db }) => {
    const [brands = [], ids = []] = keyColumns(keys, 2);
    return db.rows(sql<ShareRewardRow>`
      select ${reward} from unnest(${brands}::uuid[], ${ids}::uuid[]) k (brand_id, line_id)
      join share_reward r using (brand_id, line_id) join brand b on b.id = r.brand_id
      left join share_link l on l.id = r.share_link_id`);
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});

/** What the orders by the links of a sharer bring, those that were placed last first. */
export const rewardsOfSharer = pageByKey<ShareRewardRow>({
  name: 'rewardsOfSharer',
  columns: REWARDS,
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`r.line_id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<ShareRewardRow>`
      select v.* from unnest(${keys}::uuid[]) k (id)
      cross join lateral (
        select ${reward} from share_link l join share_reward r on r.share_link_id = l.id join brand b on b.id = r.brand_id
        where l.sharer_id = k.id and ${where} order by ${order} ${limitOf(page)}) v
      order by v."lineId" desc`);
  },
  keyOf: ({ sharerId }) => sharerId as string,
  cursorOf: ({ lineId }) => [lineId],
});

/** What a sharer was given, last first. */
export const creditsOfSharer = pageByKey<ShareCreditRow>({
  name: 'creditsOfSharer',
  columns: ['id', 'sharerId', 'currency', 'amountMinor', 'creditedAt'],
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`c.id`, type: 'uuid' }], 'desc', page);
    return db.rows(sql<ShareCreditRow>`
      select v.* from unnest(${keys}::uuid[]) k (id) join sharer s on s.id = k.id
      cross join lateral (
        select c.id, c.sharer_id as "sharerId", s.currency, c.amount_minor as "amountMinor", c.credited_at as "creditedAt"
        from share_credit c where c.sharer_id = k.id and ${where} order by ${order} ${limitOf(page)}) v
      order by v.id desc`);
  },
  keyOf: ({ sharerId }) => sharerId,
  cursorOf: ({ id }) => [id],
});
