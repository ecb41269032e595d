import { sql } from 'kysely';
import { isMember, isOperator } from '../../graphql/actor.ts';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { keyColumns, oneByKey, pageByKey, selectAsked } from '../../graphql/loaders.ts';
import { rowById } from '../../graphql/table-loaders.ts';
import type { Managed } from '../creator/index.ts';
import type { TermsResolutionValue } from '../plan/index.ts';
import type { LiveSessionRow, ShowcaseItemRow } from './promotion.entity.ts';
import { termsFor } from './terms-for.ts';

export const managed = (now: Date) => sql`left join contract_terms c on c.creator_id = t.creator_id
  and tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz`;
export const managedColumns = sql`c.agency_id as "managedBy", c.visibility`;

const ITEM_COLUMNS = [
  'id',
  'creatorId',
  'productId',
  'brandId',
  'enrolmentId',
  'pickedAt',
  'removedAt',
] as const;

export const showcaseItemById = oneByKey<Managed<ShowcaseItemRow>>({
  name: 'showcaseItemById',
  columns: [...ITEM_COLUMNS, 'managedBy', 'visibility'],
  read: (ids, scope) =>
    scope.sql.rows(sql<Managed<ShowcaseItemRow>>`
      select ${selectAsked('t', ITEM_COLUMNS, scope, 'id')}, ${managedColumns} from showcase_item t ${managed(scope.now)}
      where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

/** What stands in a creator's showcase, newest first. */
export const showcaseOfCreator = pageByKey<Managed<ShowcaseItemRow>>({
  name: 'showcaseOfCreator',
  columns: [...ITEM_COLUMNS, 'managedBy', 'visibility'],
  read: (keys, page, _filter, scope) => {
    const { where, order } = keyset([{ sql: sql`i.id`, type: 'uuid' }], 'desc', page);
    return scope.sql.rows(sql<Managed<ShowcaseItemRow>>`
      select ${selectAsked('t', ITEM_COLUMNS, scope, 'creatorId', 'id')}, ${managedColumns} from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select i.* from showcase_item i
        where i.creator_id = k.id and i.removed_at is null and ${where}
        order by ${order} ${limitOf(page)}) t ${managed(scope.now)}
      order by t.id desc`);
  },
  keyOf: (row) => row.creatorId,
  cursorOf: (row) => [row.id],
});

const SESSION_COLUMNS = ['id', 'creatorId', 'title', 'startedAt', 'endedAt'] as const;

export const liveSessionById = rowById<LiveSessionRow>({
  name: 'liveSessionById',
  table: 'live_session',
  columns: SESSION_COLUMNS,
});

type KeyedTerms = TermsResolutionValue & { readonly key: readonly string[] };

/** The terms that apply now, by creator, product, brand, the enrolment picked from and the creator's part of its rate ('' where none). */
export const termsNow = oneByKey<KeyedTerms>({
  name: 'termsNow',
  columns: ['winner', 'losers'],
  read: async (keys, { sql: db, actor, now }) => {
    const [creators = [], products = [], brands = [], enrolments = [], parts = []] = keyColumns(keys, 5);
    const questions = creators.map((creatorId, i) => ({
      creatorId,
      productId: products[i] ?? '',
      brandId: brands[i] ?? '',
      enrolmentId: enrolments[i] || null,
      creatorPartBp: parts[i] ? Number(parts[i]) : null,
      at: now,
    }));
    const answers = await termsFor(db, questions);
    // That a plan names others is their and the brand's business.
    const knows = (brandId: string | undefined) => isOperator(actor) || isMember(actor, brandId);
    return answers.map(({ winner, losers }, i) => ({
      key: keys[i] as readonly string[],
      winner,
      losers: knows(brands[i]) ? losers : losers.filter(({ because }) => because !== 'NOT_NAMED'),
    }));
  },
  keyOf: (row) => row.key,
});
