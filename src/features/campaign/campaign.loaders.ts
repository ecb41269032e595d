import { type RawBuilder, sql } from 'kysely';
import { isOperator, isSignedIn, partyIds } from '../../graphql/actor.ts';
import { keyset } from '../../graphql/connection.ts';
import { manyByKey, oneByKey, pageByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import type { CampaignRow, EnrolmentRow } from './campaign.entity.ts';

/** A campaign as it is read: whether it names the caller. */
export type ReadCampaign = CampaignRow & { readonly namesViewer: boolean };

const CAMPAIGN_COLUMNS = [
  'id',
  'agencyId',
  'title',
  'about',
  'access',
  'minServiceFeeBp',
  'opensAt',
  'closesAt',
  'createdAt',
] as const;

const namesViewer = ({ actor }: ReadScope, alias: string) => sql<boolean>`exists (select from campaign_party v
  where v.campaign_id = ${sql.ref(`${alias}.id`)} and v.party_id = any(${partyIds(actor)}::uuid[]))`;

export const campaignById = oneByKey<ReadCampaign>({
  name: 'campaignById',
  columns: [...CAMPAIGN_COLUMNS, 'namesViewer'],
  read: (ids, scope) =>
    scope.sql.rows(sql<ReadCampaign>`
      select ${select('t', CAMPAIGN_COLUMNS)}, ${namesViewer(scope, 't')} as "namesViewer"
      from recruiting_campaign t where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

/** The campaigns of an agency that the caller may see, newest first. */
export const campaignsOfAgency = pageByKey<ReadCampaign>({
  name: 'campaignsOfAgency',
  columns: [...CAMPAIGN_COLUMNS, 'namesViewer'],
  read: (keys, page, _filter, scope) => {
    const { where, order } = keyset([{ sql: sql`c.id`, type: 'uuid' }], 'desc', page);
    return scope.sql.rows(sql<ReadCampaign>`
      select ${select('t', CAMPAIGN_COLUMNS)}, ${namesViewer(scope, 't')} as "namesViewer"
      from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select c.* from recruiting_campaign c
        where c.agency_id = k.id and ${where} and ((c.access = 'ALL' and ${isSignedIn(scope.actor)}) or ${isOperator(scope.actor)}
          or c.agency_id = any(${partyIds(scope.actor)}::uuid[]) or ${namesViewer(scope, 'c')})
        order by ${order} limit ${page.first + 1}) t
      order by t.id desc`);
  },
  keyOf: (row) => row.agencyId,
  cursorOf: (row) => [row.id],
});

/** An enrolment as it is read: with the terms in force, and what of its campaign decides who sees it. */
export type ReadEnrolment = EnrolmentRow & {
  readonly commissionBp: number | null;
  readonly serviceFeeBp: number | null;
  readonly open: boolean;
};

const ENROLMENT_COLUMNS = [
  'id',
  'campaignId',
  'agencyId',
  'brandId',
  'productId',
  'parentId',
  'state',
  'note',
  'createdAt',
] as const;
const READ_COLUMNS = [...ENROLMENT_COLUMNS, 'commissionBp', 'serviceFeeBp', 'open'];

const enrolmentsWhere = (condition: RawBuilder<unknown>, scope: ReadScope) => sql<ReadEnrolment>`
  select ${select('t', ENROLMENT_COLUMNS)}, m.commission_bp as "commissionBp", m.service_fee_bp as "serviceFeeBp",
    (g.access <> 'NAMED_CREATORS' or ${namesViewer(scope, 'g')}) as open
  from enrolment t
  join recruiting_campaign g on g.id = t.campaign_id
  left join enrolment_terms m on m.enrolment_id = t.id
    and tstzrange(m.valid_from, m.valid_to) @> ${scope.now}::timestamptz
  where ${condition} order by t.id desc`;

export const enrolmentById = oneByKey<ReadEnrolment>({
  name: 'enrolmentById',
  columns: READ_COLUMNS,
  read: (ids, scope) => scope.sql.rows(enrolmentsWhere(sql`t.id = any(${ids}::uuid[])`, scope)),
  keyOf: (row) => row.id,
});

/** The approved enrolments of a product in campaigns that are running and open to the caller: a few at most. */
export const enrolmentsOfProduct = manyByKey<ReadEnrolment>({
  name: 'enrolmentsOfProduct',
  columns: READ_COLUMNS,
  read: (ids, scope) =>
    scope.sql.rows(
      enrolmentsWhere(
        sql`t.product_id = any(${ids}::uuid[]) and t.state = 'APPROVED'
          and tstzrange(g.opens_at, g.closes_at) @> ${scope.now}::timestamptz
          and (g.access <> 'NAMED_CREATORS' or ${namesViewer(scope, 'g')} or ${isOperator(scope.actor)}
            or t.brand_id = any(${partyIds(scope.actor)}::uuid[]) or t.agency_id = any(${partyIds(scope.actor)}::uuid[]))`,
        scope,
      ),
    ),
  keyOf: (row) => row.productId,
});

/** All enrolments in a campaign, for its agency, newest first. */
export const enrolmentsOfCampaign = pageByKey<ReadEnrolment>({
  name: 'enrolmentsOfCampaign',
  columns: READ_COLUMNS,
  read: (keys, page, _filter, scope) => {
    const { where, order } = keyset([{ sql: sql`e.id`, type: 'uuid' }], 'desc', page);
    const picked = sql`t.id in (select r.id from unnest(${keys}::uuid[]) k (id)
      cross join lateral (select e.id from enrolment e where e.campaign_id = k.id and ${where}
        order by ${order} limit ${page.first + 1}) r)`;
    return scope.sql.rows(enrolmentsWhere(picked, scope));
  },
  keyOf: (row) => row.campaignId,
  cursorOf: (row) => [row.id],
});
