import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { MilestoneState } from './milestone-state.ts';

export type ProviderKind = 'CREATOR' | 'AGENCY';
export type EngagementSide = 'BRAND' | 'PROVIDER';

export type TaskKind = 'PLANNING' | 'SCRIPT' | 'SHOOTING' | 'PRODUCT_SELECTION' | 'LIVE_MONITORING' | 'OTHER';

/** Tasks that a brand orders from a creator or an agency 磁力聚星. Its state follows from those of its milestones. */
export const EngagementRow = defineEntity({
  name: 'Engagement',
  tableName: 'engagement',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    providerId: p.uuid(),
    providerKind: p.text().$type<ProviderKind>(),
    title: p.text(),
    brief: p.text(),
    currency: p.text(),
    /** Days after which delivered work that the brand does not answer counts as accepted. */
    reviewDays: p.integer(),
    /** How many times the brand may ask for changes of a milestone. */
    changeRounds: p.integer(),
    offeredAt: p.datetime(),
    lapsesAt: p.datetime(),
    /** When the offer was accepted, declined, withdrawn, or lapsed. */
    answeredAt: p.datetime().nullable(),
    note: p.text().nullable(),
  },
});
export type EngagementRow = InferEntity<typeof EngagementRow>;

export const EngagementProductRow = defineEntity({
  name: 'EngagementProduct',
  tableName: 'engagement_product',
  properties: {
    engagementId: () => p.manyToOne(EngagementRow).mapToPk().fieldName('engagement_id').primary(),
    productId: p.uuid().primary(),
  },
});

/** One task with its own price, due date and state. */
export const MilestoneRow = defineEntity({
  name: 'EngagementMilestone',
  tableName: 'engagement_milestone',
  properties: {
    id: p.uuid().primary(),
    engagementId: () => p.manyToOne(EngagementRow).mapToPk().fieldName('engagement_id'),
    no: p.integer(),
    kind: p.text().$type<TaskKind>(),
    title: p.text(),
    priceMinor: p.bigint('bigint'),
    dueAt: p.datetime(),
    state: p.text().$type<MilestoneState>(),
    since: p.datetime(),
    answerDueAt: p.datetime().nullable(),
    changesAsked: p.integer().default(0),
    cancelAskedBy: p.text().$type<EngagementSide>().nullable(),
    cancelReason: p.text().nullable(),
    disputeReason: p.text().nullable(),
    toProviderMinor: p.bigint('bigint').nullable(),
    resolution: p.text().nullable(),
  },
});
export type MilestoneRow = InferEntity<typeof MilestoneRow>;

/** What was handed in, each time, and what the brand asked to change of it. */
export const DeliveryRow = defineEntity({
  name: 'EngagementDelivery',
  tableName: 'engagement_delivery',
  properties: {
    milestoneId: () => p.manyToOne(MilestoneRow).mapToPk().fieldName('milestone_id').primary(),
    round: p.integer().primary(),
    note: p.text(),
    links: p.array().columnType('text[]').$type<string[]>(),
    deliveredAt: p.datetime(),
    changesNote: p.text().nullable(),
    changesAskedAt: p.datetime().nullable(),
  },
});
export type DeliveryRow = InferEntity<typeof DeliveryRow>;
