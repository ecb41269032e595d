import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export type PlanKind = 'OPEN' | 'TARGETED' | 'SHOP_TARGETED' | 'EXCLUSIVE';

/** The offer of a brand on a product, or for SHOP_TARGETED on all its products; what it offers stands in its terms. */
export const PlanRow = defineEntity({
  name: 'Plan',
  tableName: 'plan',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid(),
    productId: p.uuid().nullable(),
    kind: p.text().$type<PlanKind>(),
    title: p.text(),
    opensAt: p.datetime(),
    closesAt: p.datetime().nullable(),
    /** The end that was announced first, or later put off to; one that comes sooner leaves a rate lock. */
    announcedClosesAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
export type PlanRow = InferEntity<typeof PlanRow>;

/** A creator whom a plan names, from when until when. Kind and goods stand here too, so that the database can refuse overlaps. */
export const PlanCreatorRow = defineEntity({
  name: 'PlanCreator',
  tableName: 'plan_creator',
  properties: {
    planId: () => p.manyToOne(PlanRow).mapToPk().fieldName('plan_id').primary(),
    creatorId: p.uuid().primary(),
    brandId: p.uuid(),
    productId: p.uuid().nullable(),
    kind: p.text().$type<PlanKind>(),
    opensAt: p.datetime().primary(),
    closesAt: p.datetime().nullable(),
    /** Whether it ends by itself, and not with the plan. */
    dropped: p.boolean(),
  },
});
export type PlanCreatorRow = InferEntity<typeof PlanCreatorRow>;

/** One version of a plan's rates, in force over a half-open interval; an empty one was taken back before it came into force. */
export const PlanTermsRow = defineEntity({
  name: 'PlanTerms',
  tableName: 'plan_terms',
  properties: {
    id: p.uuid().primary(),
    planId: () => p.manyToOne(PlanRow).mapToPk().fieldName('plan_id'),
    version: p.integer(),
    commissionBp: p.integer(),
    boostBp: p.integer().nullable(),
    tierAfter: p.array(Number).columnType('int[]').$type<readonly number[]>(),
    tierBp: p.array(Number).columnType('int[]').$type<readonly number[]>(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});
export type PlanTermsRow = InferEntity<typeof PlanTermsRow>;
