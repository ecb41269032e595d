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
    createdAt: p.datetime(),
  },
});
export type PlanRow = InferEntity<typeof PlanRow>;

/** A creator that a plan names. The times of the plan stand here too, so that the database can refuse overlaps. */
export const PlanCreatorRow = defineEntity({
  name: 'PlanCreator',
  tableName: 'plan_creator',
  properties: {
    planId: () => p.manyToOne(PlanRow).mapToPk().fieldName('plan_id').primary(),
    creatorId: p.uuid().primary(),
    brandId: p.uuid(),
    productId: p.uuid().nullable(),
    kind: p.text().$type<PlanKind>(),
    opensAt: p.datetime(),
    closesAt: p.datetime().nullable(),
  },
});
export type PlanCreatorRow = InferEntity<typeof PlanCreatorRow>;

/** One version of a plan's rates, in force over a half-open interval and never edited. */
export const PlanTermsRow = defineEntity({
  name: 'PlanTerms',
  tableName: 'plan_terms',
  properties: {
    id: p.uuid().primary(),
    planId: () => p.manyToOne(PlanRow).mapToPk().fieldName('plan_id'),
    version: p.integer(),
    commissionBp: p.integer(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});
export type PlanTermsRow = InferEntity<typeof PlanTermsRow>;
