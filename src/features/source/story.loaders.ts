import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { keyColumns, manyByKey, oneByKey, pageByKey, select, snake } from '../../graphql/loaders.ts';
import type { SourceKind } from '../product/index.ts';
import type { DocumentKind } from './evidence.ts';
import type { StoryState } from './story-state.ts';

/** A version of a source story, with whether everybody who sees the product sees it. */
export interface StoryRow {
  readonly id: string;
  readonly productId: string;
  readonly brandId: string;
  readonly version: number;
  readonly kind: SourceKind;
  readonly place: string;
  readonly about: string;
  readonly beltId: string | null;
  readonly agencyId: string | null;
  readonly liveBaseId: string | null;
  readonly state: StoryState;
  readonly submittedBy: string;
  readonly submittedAt: Date;
  readonly confirmedAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly endedAt: Date | null;
  readonly reason: string | null;
  /** It is verified and none of its documents has ended. */
  readonly inForce: boolean;
  /** The product was listed. */
  readonly listed: boolean;
}

const COLUMNS = [
  'id',
  'productId',
  'brandId',
  'version',
  'kind',
  'place',
  'about',
  'beltId',
  'agencyId',
  'liveBaseId',
  'state',
  'submittedBy',
  'submittedAt',
  'confirmedAt',
  'verifiedAt',
  'expiresAt',
  'endedAt',
  'reason',
] as const;
const SHOWN = [...COLUMNS, 'inForce', 'listed'] as const;

const isInForce = (now: Date) =>
  sql<boolean>`(t.state = 'VERIFIED' and (t.expires_at is null or t.expires_at > ${now}::timestamptz))`;

const shown = (now: Date): RawBuilder<unknown> => sql`${select('t', COLUMNS)}, ${isInForce(now)} as "inForce",
  exists (select from product p where p.id = t.product_id and p.listed_at is not null) as listed`;

export const storyById = oneByKey<StoryRow>({
  name: 'sourceStoryById',
  columns: SHOWN,
  read: (ids, { sql: db, now }) =>
    db.rows(sql<StoryRow>`select ${shown(now)} from source_story t where t.id = any(${ids}::uuid[])`),
  keyOf: ({ id }) => id,
});

/** The story of a product that is in force. */
export const storyOfProduct = oneByKey<StoryRow>({
  name: 'sourceStoryOfProduct',
  columns: SHOWN,
  read: (ids, { sql: db, now }) =>
    db.rows(sql<StoryRow>`
      select ${shown(now)} from source_story t where t.product_id = any(${ids}::uuid[]) and ${isInForce(now)}`),
  keyOf: ({ productId }) => productId,
});

/** The versions below a parent, newest first. */
const storiesOf = (name: string, key: 'productId' | 'brandId' | 'agencyId') =>
  pageByKey<StoryRow>({
    name,
    columns: SHOWN,
    read: (keys, page, _filter, { sql: db, now }) => {
      const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
      return db.rows(sql<StoryRow>`
        select r.* from unnest(${keys}::uuid[]) k (id)
        cross join lateral (select ${shown(now)} from source_story t
          where ${sql.ref(`t.${snake(key)}`)} = k.id and ${where} order by ${order} ${limitOf(page)}) r
        order by r.id desc`);
    },
    keyOf: (row) => row[key] ?? '',
    cursorOf: ({ id }) => [id],
  });

export const storiesOfProduct = storiesOf('sourceStoriesOfProduct', 'productId');
export const storiesOfBrand = storiesOf('sourceStoriesOfBrand', 'brandId');
export const storiesOfAgency = storiesOf('sourceStoriesOfAgency', 'agencyId');

/** A page of the stories that wait for the operator, the oldest first: also for those whose agency is asked before. */
export function waitingStories(page: Page, now: Date): RawBuilder<StoryRow> {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'asc', page);
  return sql<StoryRow>`
    select ${shown(now)} from source_story t where t.state in ('SUBMITTED', 'CONFIRMED') and ${where}
    order by ${order} ${limitOf(page)}`;
}

/** A document of a story. */
export interface DocumentRow {
  readonly storyId: string;
  readonly kind: DocumentKind;
  readonly title: string;
  readonly issuer: string;
  readonly sha256: string;
  readonly url: string | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
}

const DOCUMENT_COLUMNS = [
  'storyId',
  'kind',
  'title',
  'issuer',
  'sha256',
  'url',
  'issuedAt',
  'expiresAt',
] as const;

/** The documents of stories, in their order; there are at most ten. */
export const documentsOfStory = manyByKey<DocumentRow>({
  name: 'sourceDocumentsOfStory',
  columns: DOCUMENT_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(sql<DocumentRow>`
      select ${select('t', DOCUMENT_COLUMNS)} from source_document t where t.story_id = any(${ids}::uuid[])
      order by t.story_id, t.position`),
  keyOf: ({ storyId }) => storyId,
});

/** What a line was bought as: the story that was in force when it was placed. It never changes. */
export interface LineSourceRow {
  readonly brandId: string;
  readonly lineId: string;
  readonly kind: SourceKind;
  readonly place: string;
  readonly beltId: string | null;
  readonly version: number;
  readonly verifiedAt: Date;
}

export const sourceOfLine = oneByKey<LineSourceRow>({
  name: 'sourceOfLine',
  columns: ['kind', 'place', 'beltId', 'version', 'verifiedAt'],
  read: (keys, { sql: db }) => {
    const [brands = [], lines = []] = keyColumns(keys, 2);
    return db.rows(sql<LineSourceRow>`
      select l.brand_id as "brandId", l.id as "lineId", s.kind, s.place, s.belt_id as "beltId", s.version,
        s.verified_at as "verifiedAt"
      from unnest(${brands}::uuid[], ${lines}::uuid[]) k (brand_id, line_id)
      join order_line l on l.brand_id = k.brand_id and l.id = k.line_id
      join source_story s on s.product_id = l.product_id and s.verified_at <= l.placed_at
        and (s.expires_at is null or s.expires_at > l.placed_at) and (s.ended_at is null or s.ended_at > l.placed_at)`);
  },
  keyOf: ({ brandId, lineId }) => [brandId, lineId],
});
