import { type RawBuilder, sql } from 'kysely';
import { isOperator, partyIds } from '../../graphql/actor.ts';
import { keyset, limitOf, type Page } from '../../graphql/connection.ts';
import { type Key, manyByKey, oneByKey, pageByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import { newestOf } from '../../graphql/table-loaders.ts';
import { namesViewer } from './campaign.access.ts';
import type { EnrolmentRow, EnrolmentTermsRow } from './campaign.entity.ts';
import type { EnrolmentState } from './enrolment-state.ts';
import { enrolmentEnd, enrolmentTables, isInForce, stateAt } from './in-force.ts';
import { categoryMinimum, type Fault, productFaults } from './product-faults.ts';

/** An enrolment as it is read: its terms, and what of its campaign and of others decides who sees it. */
export type ReadEnrolment = EnrolmentRow & {
  /** For a second-level agency's, the commission of the first one. */
  readonly commissionBp: number | null;
  readonly serviceFeeBp: number | null;
  readonly open: boolean;
  /** The agency whose enrolment a second-level one stands below. */
  readonly firstAgencyId: string | null;
  /** Whether an agency of the caller has taken it into a campaign of its own. */
  readonly isBelowViewer: boolean;
};

const PLAIN_COLUMNS = [
  'id',
  'campaignId',
  'agencyId',
  'brandId',
  'productId',
  'parentId',
  'note',
  'createdAt',
  'decidedAt',
  'committedUntil',
  'leaveAskedBy',
  'leaveAskedAt',
] as const;
const READ_COLUMNS = [
  ...PLAIN_COLUMNS,
  'state',
  'endsAt',
  'commissionBp',
  'serviceFeeBp',
  'open',
  'firstAgencyId',
  'isBelowViewer',
];

/** The terms of an enrolment that hold at a moment, or held last; versions that a later change took back never did. */
export const termsAt = (
  enrolment: string,
  alias: string,
  at: Date | RawBuilder<unknown>,
) => sql`left join lateral (
  select v.* from enrolment_terms v
  where v.enrolment_id = ${sql.ref(`${enrolment}.id`)} and v.valid_from <= ${at}
    and (v.valid_to is null or v.valid_to > v.valid_from)
  order by v.valid_from desc limit 1) ${sql.ref(alias)} on true`;

/** SQL: that a version of terms is in force or still to come. */
export const termsHoldOrWill = (alias: string, now: Date) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<boolean>`(${column('valid_to')} is null
    or ${column('valid_to')} > greatest(${column('valid_from')}, ${now}::timestamptz))`;
};

const enrolmentsWhere = (condition: RawBuilder<unknown>, { actor, now }: ReadScope) => sql<ReadEnrolment>`
  select ${select('e', PLAIN_COLUMNS)}, ${stateAt(now)} as state, ${enrolmentEnd} as "endsAt",
    coalesce(m.commission_bp, fm.commission_bp) as "commissionBp", m.service_fee_bp as "serviceFeeBp",
    (g.access <> 'NAMED_CREATORS' or ${namesViewer(actor, 'g')}) as open, f.agency_id as "firstAgencyId",
    exists (select from enrolment below
      where below.parent_id = e.id and below.agency_id = any(${partyIds(actor)}::uuid[])) as "isBelowViewer"
  from ${enrolmentTables} ${termsAt('e', 'm', now)} ${termsAt('f', 'fm', now)}
  where ${condition} order by e.id desc`;

export const enrolmentById = oneByKey<ReadEnrolment>({
  name: 'enrolmentById',
  columns: READ_COLUMNS,
  read: (ids, scope) => scope.sql.rows(enrolmentsWhere(sql`e.id = any(${ids}::uuid[])`, scope)),
  keyOf: (row) => row.id,
});

/** The enrolments of a product that are in force and open to the caller: a few at most. */
export const enrolmentsOfProduct = manyByKey<ReadEnrolment>({
  name: 'enrolmentsOfProduct',
  columns: READ_COLUMNS,
  read: (ids, scope) => {
    const mine = sql`any(${partyIds(scope.actor)}::uuid[])`;
    const open = sql`(g.access <> 'NAMED_CREATORS' or ${namesViewer(scope.actor, 'g')} or ${isOperator(scope.actor)}
      or e.brand_id = ${mine} or e.agency_id = ${mine})`;
    const condition = sql`e.product_id = any(${ids}::uuid[]) and ${isInForce(scope.now)} and ${open}`;
    return scope.sql.rows(enrolmentsWhere(condition, scope));
  },
  keyOf: (row) => row.productId,
});

/** What narrows a list of enrolments. */
export interface EnrolmentFilter {
  readonly state?: EnrolmentState | null;
  readonly invalidOnly?: boolean | null;
}

/** SQL: what is wrong with enrolment `e` now; nothing with one that is not, or no longer, in its campaign. */
export const faultsNow = (now: Date) => sql<Fault[]>`(
  select case when ${stateAt(now)} not in ('PENDING', 'APPROVED') then '{}' else ${productFaults({
    commission: sql`m.commission_bp`,
    serviceFee: sql`m.service_fee_bp`,
    hasMinima: sql<boolean>`e.parent_id is null`,
    now,
  })} || case when e.state = 'PENDING' and (g.closed_at is not null or g.closes_at <= ${now})
    then array['WINDOW_OVER'] else '{}' end end
  from product p join brand b on b.id = p.brand_id ${categoryMinimum} ${termsAt('e', 'm', now)}
  where p.id = e.product_id)`;

const matches = (filter: EnrolmentFilter, now: Date): RawBuilder<unknown> => {
  const conditions = [sql`true`];
  if (filter.state != null) conditions.push(sql`${stateAt(now)} = ${filter.state}`);
  if (filter.invalidOnly) conditions.push(sql`${faultsNow(now)} <> '{}'`);
  return sql.join(conditions, sql` and `);
};

const enrolmentsOf = (name: string, column: 'campaignId' | 'brandId' | 'parentId') =>
  pageByKey<ReadEnrolment, EnrolmentFilter>({
    name,
    columns: READ_COLUMNS,
    read: (keys: readonly Key[], page: Page, filter, scope) => {
      const { where, order } = keyset([{ sql: sql`e.id`, type: 'uuid' }], 'desc', page);
      const on = { campaignId: sql`e.campaign_id`, brandId: sql`e.brand_id`, parentId: sql`e.parent_id` }[
        column
      ];
      const picked = sql`e.id in (select r.id from unnest(${keys}::uuid[]) k (id)
        cross join lateral (select e.id from ${enrolmentTables}
          where ${on} = k.id and ${where} and ${matches(filter, scope.now)}
          order by ${order} ${limitOf(page)}) r)`;
      return scope.sql.rows(enrolmentsWhere(picked, scope));
    },
    keyOf: (row) => row[column] ?? '',
    cursorOf: (row) => [row.id],
  });

/** All enrolments in a campaign, for its agency, newest first. */
export const enrolmentsOfCampaign = enrolmentsOf('enrolmentsOfCampaign', 'campaignId');
/** All enrolments of a brand's products, for the brand, newest first. */
export const enrolmentsOfBrand = enrolmentsOf('enrolmentsOfBrand', 'brandId');
/** What second-level agencies made of an enrolment, for its sides, newest first. */
export const enrolmentsBelow = enrolmentsOf('enrolmentsBelow', 'parentId');

interface Faults {
  readonly id: string;
  readonly because: readonly Fault[];
}

/** What is wrong with each enrolment now. */
export const faultsOfEnrolment = oneByKey<Faults>({
  name: 'faultsOfEnrolment',
  columns: ['id', 'because'],
  read: (ids, { sql: db, now }) =>
    db.rows(sql<Faults>`
      select e.id, ${faultsNow(now)} as because from ${enrolmentTables} where e.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

/** The versions of an enrolment's terms, newest first. */
export const termsOfEnrolment = newestOf<EnrolmentTermsRow>({
  name: 'termsOfEnrolment',
  table: 'enrolment_terms',
  key: 'enrolmentId',
  columns: ['id', 'enrolmentId', 'version', 'commissionBp', 'serviceFeeBp', 'validFrom', 'validTo'],
  by: 'version',
});
