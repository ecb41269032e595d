import { type RawBuilder, sql } from 'kysely';
import { isOperator, partyIds } from '../../graphql/actor.ts';
import { keyset, limitOf } from '../../graphql/connection.ts';
import { manyByKey, oneByKey, pageByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import type { NamedCreator } from '../creator/index.ts';
import { PRODUCT_COLUMNS, type ProductRow } from '../product/index.ts';
import type { EngagementRow } from './engagement.entity.ts';
import type { MilestoneState } from './milestone-state.ts';
import { ENGAGEMENT_COLUMNS } from './move-milestones.ts';

/** An engagement as it is read: with what follows from its milestones, and who manages a creator that provides it. */
export type ReadEngagement = EngagementRow & {
  /** The states of its milestones. */
  readonly states: readonly MilestoneState[];
  /** The sum of the milestones' prices. */
  readonly priceMinor: bigint;
  readonly managedBy: string | null;
  readonly visibility: NamedCreator['visibility'];
};

const READ_COLUMNS = [...ENGAGEMENT_COLUMNS, 'states', 'priceMinor', 'managedBy', 'visibility'];

const engagementsWhere = (condition: RawBuilder<unknown>, { now }: ReadScope) => sql<ReadEngagement>`
  select ${select('t', ENGAGEMENT_COLUMNS)}, s.states, s.price as "priceMinor", c.agency_id as "managedBy", c.visibility
  from engagement t
  cross join lateral (select array_agg(m.state order by m.no) as states, sum(m.price_minor)::bigint as price
    from engagement_milestone m where m.engagement_id = t.id) s
  left join contract_terms c on t.provider_kind = 'CREATOR' and c.creator_id = t.provider_id
    and tstzrange(c.valid_from, c.valid_to) @> ${now}::timestamptz
  where ${condition} order by t.id desc`;

export const engagementById = oneByKey<ReadEngagement>({
  name: 'engagementById',
  columns: READ_COLUMNS,
  read: (ids, scope) => scope.sql.rows(engagementsWhere(sql`t.id = any(${ids}::uuid[])`, scope)),
  keyOf: (row) => row.id,
});

/** The engagements that a party orders or provides, newest first; who may read the list may read all that is in it. */
const engagementsOf = (name: string, column: 'brandId' | 'providerId') =>
  pageByKey<ReadEngagement>({
    name,
    columns: READ_COLUMNS,
    read: (keys, page, _filter, scope) => {
      const { where, order } = keyset([{ sql: sql`e.id`, type: 'uuid' }], 'desc', page);
      const party = sql.ref(column === 'brandId' ? 'e.brand_id' : 'e.provider_id');
      const picked = sql`t.id in (select r.id from unnest(${keys}::uuid[]) k (id)
        cross join lateral (select e.id from engagement e where ${party} = k.id and ${where}
          order by ${order} ${limitOf(page)}) r)`;
      return scope.sql.rows(engagementsWhere(picked, scope));
    },
    keyOf: (row) => row[column],
    cursorOf: (row) => [row.id],
  });

export const engagementsOfBrand = engagementsOf('engagementsOfBrand', 'brandId');
export const engagementsOfProvider = engagementsOf('engagementsOfProvider', 'providerId');

/** The products that an engagement is about, as far as they are open to the caller: drafts are the brand's own. */
export const productsOfEngagement = manyByKey<ProductRow & { engagementId: string }>({
  name: 'productsOfEngagement',
  columns: [...PRODUCT_COLUMNS, 'engagementId'],
  read: (ids, { sql: db, actor }) =>
    db.rows(sql<ProductRow & { engagementId: string }>`
      select ${select('t', PRODUCT_COLUMNS)}, g.engagement_id as "engagementId"
      from engagement_product g join product t on t.id = g.product_id
      where g.engagement_id = any(${ids}::uuid[])
        and (t.listed_at is not null or t.brand_id = any(${partyIds(actor)}::uuid[]) or ${isOperator(actor)})
      order by t.id`),
  keyOf: (row) => row.engagementId,
});
