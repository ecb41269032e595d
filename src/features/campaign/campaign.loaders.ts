import { type RawBuilder, sql } from 'kysely';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { manyByKey, oneByKey, pageByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import type { PartyRow } from '../account/index.ts';
import { campaignIsVisible, namesViewer } from './campaign.access.ts';
import type { CampaignCategoryRow, CampaignPays, CampaignRow } from './campaign.entity.ts';
import { enrolmentEnd, enrolmentTables } from './in-force.ts';

/** A campaign as it is read: whether it names the caller, and whether products can be enrolled in it now. */
export type ReadCampaign = CampaignRow & {
  readonly namesViewer: boolean;
  readonly takesProducts: boolean;
};

const CAMPAIGN_COLUMNS = [
  'id',
  'agencyId',
  'title',
  'about',
  'access',
  'pays',
  'minServiceFeeBp',
  'commitmentDays',
  'places',
  'secondLevelOpen',
  'opensAt',
  'closesAt',
  'closedAt',
  'createdAt',
] as const;
const READ_COLUMNS = [...CAMPAIGN_COLUMNS, 'placesTaken', 'namesViewer', 'takesProducts'];

/** SQL: whether products can be enrolled in a campaign at a moment. */
export const takesProducts = (alias: string, now: Date): RawBuilder<boolean> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<boolean>`(${column('closed_at')} is null
    and tstzrange(${column('opens_at')}, ${column('closes_at')}) @> ${now}::timestamptz)`;
};

/** The places taken without those of enrolments that have ended by their dates and were not moved yet. */
const placesTaken = (now: Date) => sql<number>`(t.places_taken - (
  select count(*)::int from ${enrolmentTables} where e.campaign_id = t.id and e.state = 'APPROVED' and ${enrolmentEnd} <= ${now}))`;

const shown = ({
  actor,
  now,
}: ReadScope) => sql`${select('t', CAMPAIGN_COLUMNS)}, ${placesTaken(now)} as "placesTaken",
  ${namesViewer(actor, 't')} as "namesViewer", ${takesProducts('t', now)} as "takesProducts"`;

export const campaignById = oneByKey<ReadCampaign>({
  name: 'campaignById',
  columns: READ_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(sql<ReadCampaign>`
      select ${shown(scope)} from recruiting_campaign t where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

/** The campaigns of an agency that the caller may see, newest first. */
export const campaignsOfAgency = pageByKey<ReadCampaign>({
  name: 'campaignsOfAgency',
  columns: READ_COLUMNS,
  read: (keys, page, _filter, scope) => {
    const { where, order } = keyset([{ sql: sql`c.id`, type: 'uuid' }], 'desc', page);
    return scope.sql.rows(sql<ReadCampaign>`
      select ${shown(scope)} from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select c.* from recruiting_campaign c
        where c.agency_id = k.id and ${where} and ${campaignIsVisible(scope.actor, 'c')}
        order by ${order} ${limitOf(page)}) t
      order by t.id desc`);
  },
  keyOf: (row) => row.agencyId,
  cursorOf: (row) => [row.id],
});

/** What narrows the list of running campaigns. */
export interface CampaignFilter {
  /** A category of any level: campaigns that call for it, for one above it, or for one below it. */
  readonly categoryId?: string;
  readonly pays?: CampaignPays | null;
}

/** The campaigns that take products now and are open to the caller, newest first. One statement. */
export function runningCampaigns(
  scope: ReadScope,
  filter: CampaignFilter,
  page: Page,
): Promise<ReadCampaign[]> {
  const { where, order } = keyset([{ sql: sql`t.id`, type: 'uuid' }], 'desc', page);
  const conditions = [where, takesProducts('t', scope.now), campaignIsVisible(scope.actor, 't')];
  if (filter.pays != null) conditions.push(sql`t.pays = ${filter.pays}`);
  if (filter.categoryId !== undefined) {
    conditions.push(sql`exists (select from campaign_category cc
      join category called on called.id = cc.category_id join category asked on asked.id = ${filter.categoryId}
      where cc.campaign_id = t.id and (called.id = any(asked.path) or asked.id = any(called.path)))`);
  }
  return scope.sql.rows(sql<ReadCampaign>`
    select ${shown(scope)} from recruiting_campaign t where ${sql.join(conditions, sql` and `)}
    order by ${order} ${limitOf(page)}`);
}

/** The categories that a campaign calls for, by their slugs: a few dozen at most. */
export const categoriesOfCampaign = manyByKey<CampaignCategoryRow>({
  name: 'categoriesOfCampaign',
  columns: ['campaignId', 'categoryId', 'minCommissionBp'],
  read: (ids, { sql: db }) =>
    db.rows(sql<CampaignCategoryRow>`
      select ${select('t', ['campaignId', 'categoryId', 'minCommissionBp'])}
      from campaign_category t join category c on c.id = t.category_id
      where t.campaign_id = any(${ids}::uuid[]) order by c.slug`),
  keyOf: (row) => row.campaignId,
});

/** The parties that a campaign names. */
export const partiesOfCampaign = pageByKey<PartyRow & { readonly campaignId: string }>({
  name: 'partiesOfCampaign',
  columns: ['id', 'kind', 'name', 'createdAt', 'campaignId'],
  read: (keys, page, _filter, { sql: db }) => {
    const { where, order } = keyset([{ sql: sql`n.party_id`, type: 'uuid' }], 'asc', page);
    return db.rows(sql<PartyRow & { readonly campaignId: string }>`
      select ${select('t', ['id', 'kind', 'name', 'createdAt'])}, r.campaign_id as "campaignId"
      from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select n.* from campaign_party n where n.campaign_id = k.id and ${where}
        order by ${order} ${limitOf(page)}) r
      join party t on t.id = r.party_id order by t.id`);
  },
  keyOf: (row) => row.campaignId,
  cursorOf: (row) => [row.id],
});
