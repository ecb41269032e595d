import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

const uuids = () => p.array().columnType('uuid[]').$type<string[]>();
const texts = () => p.array().columnType('text[]').$type<string[]>();

export const AppUser = defineEntity({
  name: 'AppUser',
  tableName: 'app_user',
  properties: { id: p.uuid().primary(), issuer: p.text(), subject: p.text(), name: p.text() },
});

export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: { id: p.uuid().primary(), userId: p.uuid(), partyId: p.uuid(), createdAt: p.datetime() },
});

export const Party = defineEntity({
  name: 'Party',
  tableName: 'party',
  properties: { id: p.uuid().primary(), kind: p.text(), name: p.text() },
});

export const Brand = defineEntity({
  name: 'Brand',
  tableName: 'brand',
  properties: { id: p.uuid().primary(), kind: p.text(), city: p.text(), about: p.text() },
});

export const Product = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    categoryId: p.uuid(),
    title: p.text(),
    description: p.text(),
    state: p.text(),
    listedAt: p.datetime().nullable(),
  },
});

export const PoolEntry = defineEntity({
  name: 'PoolEntry',
  tableName: 'pool_entry',
  properties: {
    productId: p.uuid().primary(),
    categoryPath: uuids(),
    commissionBp: p.integer(),
    sales: p.bigint('bigint'),
    score: p.bigint('bigint'),
    listedAt: p.datetime(),
  },
});

export const Plan = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    productId: p.uuid().nullable(),
    kind: p.text(),
    title: p.text(),
    opensAt: p.datetime(),
    closesAt: p.datetime().nullable(),
  },
});

export const PlanTerms = defineEntity({
  name: 'PlanTerms',
  tableName: 'plan_terms',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    commissionBp: p.integer(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});

export const PlanCreator = defineEntity({
  name: 'PlanCreator',
  tableName: 'plan_creator',
  properties: {
    planId: p.uuid().primary(),
    creatorId: p.uuid().primary(),
    opensAt: p.datetime().primary(),
    closesAt: p.datetime().nullable(),
    dropped: p.boolean(),
  },
});

export const Campaign = defineEntity({
  name: 'Campaign',
  tableName: 'recruiting_campaign',
  properties: {
    id: p.uuid().primary(),
    agencyId: p.uuid(),
    title: p.text(),
    access: p.text(),
    pays: p.text(),
    opensAt: p.datetime(),
    closesAt: p.datetime().nullable(),
  },
});

export const CampaignParty = defineEntity({
  name: 'CampaignParty',
  tableName: 'campaign_party',
  properties: { campaignId: p.uuid().primary(), partyId: p.uuid().primary() },
});

export const Enrolment = defineEntity({
  name: 'Enrolment',
  tableName: 'enrolment',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    agencyId: p.uuid(),
    brandId: p.uuid(),
    productId: p.uuid(),
    parentId: p.uuid().nullable(),
    state: p.text(),
    committedUntil: p.datetime().nullable(),
    endsAt: p.datetime().nullable(),
  },
});

export const EnrolmentTerms = defineEntity({
  name: 'EnrolmentTerms',
  tableName: 'enrolment_terms',
  properties: {
    id: p.uuid().primary(),
    enrolmentId: p.uuid(),
    commissionBp: p.integer().nullable(),
    serviceFeeBp: p.integer(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});

export const OrderLine = defineEntity({
  name: 'OrderLine',
  tableName: 'order_line',
  properties: {
    brandId: p.uuid().primary(),
    id: p.uuid().primary(),
    orderNo: p.text(),
    productId: p.uuid(),
    creatorId: p.uuid().nullable(),
    state: p.text(),
    currency: p.text(),
    goodsPaidMinor: p.bigint('bigint'),
    placedAt: p.datetime(),
  },
});

export const WaterfallNode = defineEntity({
  name: 'WaterfallNode',
  tableName: 'waterfall_node',
  properties: {
    brandId: p.uuid().primary(),
    lineId: p.uuid().primary(),
    nodeNo: p.integer().primary(),
    parentNo: p.integer().nullable(),
    payeeId: p.uuid(),
    role: p.text(),
    rateBp: p.integer(),
    grossMinor: p.bigint('bigint'),
    netMinor: p.bigint('bigint'),
  },
});

export const ContractTerms = defineEntity({
  name: 'ContractTerms',
  tableName: 'contract_terms',
  properties: {
    id: p.uuid().primary(),
    contractId: p.uuid(),
    agencyId: p.uuid(),
    creatorId: p.uuid(),
    visibility: texts(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});

export const ShowcaseItem = defineEntity({
  name: 'ShowcaseItem',
  tableName: 'showcase_item',
  properties: {
    id: p.uuid().primary(),
    creatorId: p.uuid(),
    productId: p.uuid(),
    brandId: p.uuid(),
    enrolmentId: p.uuid().nullable(),
    removedAt: p.datetime().nullable(),
  },
});

export const PartyBlock = defineEntity({
  name: 'PartyBlock',
  tableName: 'party_block',
  properties: {
    id: p.uuid().primary(),
    blockerId: p.uuid(),
    blockedId: p.uuid(),
    takesEffectAt: p.datetime(),
    liftedAt: p.datetime().nullable(),
  },
});

export type PartyEntity = InferEntity<typeof Party>;
export type BrandEntity = InferEntity<typeof Brand>;
export type ProductEntity = InferEntity<typeof Product>;
export type PoolEntryEntity = InferEntity<typeof PoolEntry>;
export type PlanEntity = InferEntity<typeof Plan>;
export type PlanTermsEntity = InferEntity<typeof PlanTerms>;
export type EnrolmentEntity = InferEntity<typeof Enrolment>;
export type EnrolmentTermsEntity = InferEntity<typeof EnrolmentTerms>;
export type CampaignEntity = InferEntity<typeof Campaign>;
export type OrderLineEntity = InferEntity<typeof OrderLine>;
export type WaterfallNodeEntity = InferEntity<typeof WaterfallNode>;
export type ContractTermsEntity = InferEntity<typeof ContractTerms>;
export type ShowcaseItemEntity = InferEntity<typeof ShowcaseItem>;

export const plainEntities = [
  AppUser,
  Membership,
  Party,
  Brand,
  Product,
  PoolEntry,
  Plan,
  PlanTerms,
  PlanCreator,
  Campaign,
  CampaignParty,
  Enrolment,
  EnrolmentTerms,
  OrderLine,
  WaterfallNode,
  ContractTerms,
  ShowcaseItem,
  PartyBlock,
];
