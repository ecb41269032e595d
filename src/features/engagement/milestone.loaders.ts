import { type RawBuilder, sql } from 'kysely';
import { manyByKey, oneByKey, type ReadScope, select } from '../../graphql/loaders.ts';
import type { DeliveryRow, MilestoneRow } from './engagement.entity.ts';
import type { MoneyEntry } from './milestone-money.ts';
import { MILESTONE_COLUMNS } from './move-milestones.ts';

/** A milestone as it is read: with the two sides and the currency of its engagement, and whether it is late now. */
export type ReadMilestone = MilestoneRow & {
  readonly brandId: string;
  readonly providerId: string;
  readonly currency: string;
  readonly overdue: boolean;
};

const READ_COLUMNS = [...MILESTONE_COLUMNS, 'brandId', 'providerId', 'currency', 'overdue'];

const milestonesWhere = (condition: RawBuilder<unknown>, { now }: ReadScope) => sql<ReadMilestone>`
  select ${select('t', MILESTONE_COLUMNS)}, e.brand_id as "brandId", e.provider_id as "providerId", e.currency,
    t.state = 'ACCEPTED' and t.due_at <= ${now} as overdue
  from engagement_milestone t join engagement e on e.id = t.engagement_id
  where ${condition} order by t.no`;

export const milestoneById = oneByKey<ReadMilestone>({
  name: 'milestoneById',
  columns: READ_COLUMNS,
  read: (ids, scope) => scope.sql.rows(milestonesWhere(sql`t.id = any(${ids}::uuid[])`, scope)),
  keyOf: (row) => row.id,
});

/** The milestones of an engagement in their order: 20 at most. */
export const milestonesOfEngagement = manyByKey<ReadMilestone>({
  name: 'milestonesOfEngagement',
  columns: READ_COLUMNS,
  read: (ids, scope) => scope.sql.rows(milestonesWhere(sql`t.engagement_id = any(${ids}::uuid[])`, scope)),
  keyOf: (row) => row.engagementId,
});

const DELIVERY_COLUMNS = [
  'milestoneId',
  'round',
  'note',
  'links',
  'deliveredAt',
  'changesNote',
  'changesAskedAt',
] as const;

/** What was handed in for a milestone, in its order: six times at most. */
export const deliveriesOfMilestone = manyByKey<DeliveryRow>({
  name: 'deliveriesOfMilestone',
  columns: DELIVERY_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(sql<DeliveryRow>`
      select ${select('t', DELIVERY_COLUMNS)} from engagement_delivery t
      where t.milestone_id = any(${ids}::uuid[]) order by t.round`),
  keyOf: (row) => row.milestoneId,
});

/** An entry as it is read: with the milestone and the currency. */
export type ReadEntry = MoneyEntry & {
  readonly milestoneId: string;
  readonly at: Date;
  readonly currency: string;
};

const ENTRY_COLUMNS = [
  'milestoneId',
  'no',
  'kind',
  'amountMinor',
  'heldBeforeMinor',
  'heldAfterMinor',
  'at',
] as const;

/** What happened to the money of a milestone, in its order: three entries at most. */
export const entriesOfMilestone = manyByKey<ReadEntry>({
  name: 'entriesOfMilestone',
  columns: [...ENTRY_COLUMNS, 'currency'],
  read: (ids, { sql: db }) =>
    db.rows(sql<ReadEntry>`
      select ${select('t', ENTRY_COLUMNS)}, e.currency from engagement_entry t
      join engagement_milestone m on m.id = t.milestone_id join engagement e on e.id = m.engagement_id
      where t.milestone_id = any(${ids}::uuid[]) order by t.no`),
  keyOf: (row) => row.milestoneId,
});
