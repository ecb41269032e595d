import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { EnrolmentState } from './enrolment-state.ts';

export type CampaignAccess = 'ALL' | 'NAMED_SHOPS' | 'NAMED_CREATORS';
/** What a brand pays in a campaign: a fee beside the commission, or one rate that the agency shares with creators. */
export type CampaignPays = 'SERVICE_FEE' | 'SPREAD';

/** An agency's call for products 招商活动. */
export const CampaignRow = defineEntity({
  name: 'RecruitingCampaign',
  tableName: 'recruiting_campaign',
  properties: {
    id: p.uuid().primary(),
    agencyId: p.uuid(),
    title: p.text(),
    about: p.text(),
    access: p.text().$type<CampaignAccess>(),
    pays: p.text().$type<CampaignPays>(),
    minServiceFeeBp: p.integer(),
    commitmentDays: p.integer(),
    places: p.integer().nullable(),
    placesTaken: p.integer(),
    secondLevelOpen: p.boolean(),
    opensAt: p.datetime(),
    closesAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
export type CampaignRow = InferEntity<typeof CampaignRow>;

/** A category that a campaign calls for, with the lowest commission for it. */
export const CampaignCategoryRow = defineEntity({
  name: 'CampaignCategory',
  tableName: 'campaign_category',
  properties: {
    campaignId: () => p.manyToOne(CampaignRow).mapToPk().fieldName('campaign_id').primary(),
    categoryId: p.uuid().primary(),
    minCommissionBp: p.integer(),
  },
});
export type CampaignCategoryRow = InferEntity<typeof CampaignCategoryRow>;

/** A brand or creator that a campaign with narrow access names. */
export const CampaignPartyRow = defineEntity({
  name: 'CampaignParty',
  tableName: 'campaign_party',
  properties: {
    campaignId: () => p.manyToOne(CampaignRow).mapToPk().fieldName('campaign_id').primary(),
    partyId: p.uuid().primary(),
  },
});

/** A product in a campaign. A second-level agency's enrolment has the first agency's as its parent. */
export const EnrolmentRow = defineEntity({
  name: 'Enrolment',
  tableName: 'enrolment',
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(CampaignRow).mapToPk().fieldName('campaign_id'),
    agencyId: p.uuid(),
    brandId: p.uuid(),
    productId: p.uuid(),
    parentId: p.uuid().nullable(),
    state: p.text().$type<EnrolmentState>(),
    note: p.text().nullable(),
    createdAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
    committedUntil: p.datetime().nullable(),
    leaveAskedBy: p.uuid().nullable(),
    leaveAskedAt: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
  },
});
export type EnrolmentRow = InferEntity<typeof EnrolmentRow>;

/**
 * One version of what an enrolment pays the creator and the agency, over a half-open interval. A second-level agency's
 * has no commission, which is the first one's; in a SPREAD campaign the commission is all that the brand pays.
 */
export const EnrolmentTermsRow = defineEntity({
  name: 'EnrolmentTerms',
  tableName: 'enrolment_terms',
  properties: {
    id: p.uuid().primary(),
    enrolmentId: () => p.manyToOne(EnrolmentRow).mapToPk().fieldName('enrolment_id'),
    version: p.integer(),
    commissionBp: p.integer().nullable(),
    serviceFeeBp: p.integer(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});
export type EnrolmentTermsRow = InferEntity<typeof EnrolmentTermsRow>;
