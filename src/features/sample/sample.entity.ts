import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SampleState } from './sample-state.ts';

/** Who lets a creator have a sample: the rule at once, or the brand by hand. */
export type SampleApproval = 'AUTOMATIC' | 'MANUAL';
/** What becomes of a creator who does not meet the requirements: the brand decides by hand, or the answer is no. */
export type ShortFalls = 'REVIEWED' | 'REFUSED';
export type ContentWanted = 'VIDEO' | 'LIVE' | 'ANY';
/** A requirement that a creator may fall short of. */
export type SampleRequirement = 'FOLLOWERS' | 'GMV' | 'COMPLETED_ORDERS';

/**
 * Under what a brand gives samples of a product. Never edited but for `taken`: a change closes the rule and opens
 * another, so that a request keeps what it was made under.
 */
export const SampleRuleRow = defineEntity({
  name: 'SampleRule',
  tableName: 'sample_rule',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    productId: p.uuid(),
    approval: p.text().$type<SampleApproval>(),
    shortFalls: p.text().$type<ShortFalls>(),
    minFollowers: p.bigint('bigint'),
    /** Of all that the creator sold in the brand's currency in 30 days. */
    minGmvMinor: p.bigint('bigint'),
    /** Orders of 30 days that their buyers have received. */
    minOrders: p.integer(),
    /** A dearer SKU is not given. */
    priceCapMinor: p.bigint('bigint').nullable(),
    currency: p.text(),
    /** How many samples are given under the rule at most, ever. */
    quota: p.integer(),
    /** How many are given or promised; the database keeps it within the quota. */
    taken: p.integer().default(0),
    perCreator: p.integer(),
    shipDays: p.integer(),
    contentDays: p.integer(),
    contentWanted: p.text().$type<ContentWanted>(),
    createdAt: p.datetime(),
    closedAt: p.datetime().nullable(),
  },
});
export type SampleRuleRow = InferEntity<typeof SampleRuleRow>;

/** A creator's request for a sample 申样, with what was agreed, the figures of the creator then, and its life. */
export const SampleRequestRow = defineEntity({
  name: 'SampleRequest',
  tableName: 'sample_request',
  properties: {
    id: p.uuid().primary(),
    ruleId: p.uuid(),
    brandId: p.uuid(),
    productId: p.uuid(),
    skuId: p.uuid(),
    creatorId: p.uuid(),
    state: p.text().$type<SampleState>(),
    message: p.text(),
    /** The how manieth sample of the product for the creator it is, of `perCreator` at most. */
    place: p.integer(),
    perCreator: p.integer(),
    shipDays: p.integer(),
    contentDays: p.integer(),
    contentWanted: p.text().$type<ContentWanted>(),
    followers: p.bigint('bigint'),
    gmvMinor: p.bigint('bigint'),
    currency: p.text(),
    completedOrders: p.integer(),
    overdueSamples: p.integer(),
    shortOf: p.array().columnType('text[]').$type<SampleRequirement[]>(),
    askedAt: p.datetime(),
    answerDueAt: p.datetime(),
    approvedAt: p.datetime().nullable(),
    automatic: p.boolean().default(false),
    shipDueAt: p.datetime().nullable(),
    shippedAt: p.datetime().nullable(),
    carrier: p.text().nullable(),
    trackingNumber: p.text().nullable(),
    /** From then on the parcel counts as arrived. */
    arrivalDueAt: p.datetime().nullable(),
    arrivedAt: p.datetime().nullable(),
    contentDueAt: p.datetime().nullable(),
    overdueAt: p.datetime().nullable(),
    fulfilledAt: p.datetime().nullable(),
    fulfilledBy: p.text().$type<'CONTENT' | 'ORDER'>().nullable(),
    contentTitle: p.text().nullable(),
    contentUrl: p.text().nullable(),
    liveSessionId: p.uuid().nullable(),
    orderLineId: p.uuid().nullable(),
    /** When it was rejected, withdrawn or given up. */
    endedAt: p.datetime().nullable(),
    reason: p.text().nullable(),
    /** When time alone next does something to it: a reminder, or the end of a limit. */
    wakeAt: p.datetime().nullable(),
  },
});
export type SampleRequestRow = Readonly<InferEntity<typeof SampleRequestRow>>;

/** Where a sample is sent. Personal data, and therefore by itself. */
export const SampleAddressRow = defineEntity({
  name: 'SampleAddress',
  tableName: 'sample_address',
  properties: {
    requestId: p.uuid().primary(),
    recipient: p.text(),
    phone: p.text(),
    region: p.text(),
    lines: p.array().columnType('text[]').$type<string[]>(),
  },
});
export type SampleAddressRow = InferEntity<typeof SampleAddressRow>;
