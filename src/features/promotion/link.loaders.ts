import { sql } from 'kysely';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import type { Managed } from '../creator/index.ts';
import type { PromotionLinkRow } from './promotion.entity.ts';
import { managed, managedColumns } from './promotion.loaders.ts';

/** A link as it is read: with the agency that has made it, for a link of a SPREAD campaign. */
export type ReadLink = Managed<PromotionLinkRow> & { readonly spreadAgencyId: string | null };

const LINK_COLUMNS = [
  'id',
  'code',
  'creatorId',
  'productId',
  'brandId',
  'enrolmentId',
  'creatorPartBp',
  'createdAt',
] as const;
const READ_COLUMNS = [...LINK_COLUMNS, 'managedBy', 'visibility', 'spreadAgencyId'];

const shown = sql`${select('t', LINK_COLUMNS)}, ${managedColumns}, (select e.agency_id from enrolment e
  where e.id = t.enrolment_id and t.creator_part_bp is not null) as "spreadAgencyId"`;

export const linkById = oneByKey<ReadLink>({
  name: 'linkById',
  columns: READ_COLUMNS,
  read: (ids, { sql: db, now }) =>
    db.rows(sql<ReadLink>`
      select ${shown} from promotion_link t ${managed(now)} where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

const linksOf = (name: string, column: 'creatorId' | 'enrolmentId') =>
  pageByKey<ReadLink>({
    name,
    columns: READ_COLUMNS,
    read: (keys, page, _filter, { sql: db, now }) => {
      const { where, order } = keyset([{ sql: sql`l.id`, type: 'uuid' }], 'desc', page);
      const on =
        column === 'creatorId'
          ? sql`l.creator_id = k.id`
          : sql`l.enrolment_id = k.id and l.creator_part_bp is not null`;
      return db.rows(sql<ReadLink>`
        select ${shown} from unnest(${keys}::uuid[]) k (id)
        cross join lateral (select l.* from promotion_link l where ${on} and ${where}
          order by ${order} ${limitOf(page)}) t ${managed(now)}
        order by t.id desc`);
    },
    keyOf: (row) => row[column] ?? '',
    cursorOf: (row) => [row.id],
  });

/** The promotion links of a creator, newest first. */
export const linksOfCreator = linksOf('linksOfCreator', 'creatorId');
/** The links that the agency has made from a SPREAD enrolment, newest first. */
export const spreadLinksOfEnrolment = linksOf('spreadLinksOfEnrolment', 'enrolmentId');
