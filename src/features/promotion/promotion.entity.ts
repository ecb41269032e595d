import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** A product that a creator has picked 橱窗, from a recruiting campaign or not. */
export const ShowcaseItemRow = defineEntity({
  name: 'ShowcaseItem',
  tableName: 'showcase_item',
  properties: {
    id: p.uuid().primary(),
    creatorId: p.uuid(),
    productId: p.uuid(),
    brandId: p.uuid(),
    enrolmentId: p.uuid().nullable(),
    pickedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
  },
});
export type ShowcaseItemRow = InferEntity<typeof ShowcaseItemRow>;

/** A tracking code 推广链接 of one creator and one product. */
export const PromotionLinkRow = defineEntity({
  name: 'PromotionLink',
  tableName: 'promotion_link',
  properties: {
    id: p.uuid().primary(),
    code: p.text(),
    creatorId: p.uuid(),
    productId: p.uuid(),
    brandId: p.uuid(),
    enrolmentId: p.uuid().nullable(),
    /** In a SPREAD campaign, the creator's part of the rate that the brand pays. */
    creatorPartBp: p.integer().nullable(),
    createdAt: p.datetime(),
  },
});
export type PromotionLinkRow = InferEntity<typeof PromotionLinkRow>;

export const LiveSessionRow = defineEntity({
  name: 'LiveSession',
  tableName: 'live_session',
  properties: {
    id: p.uuid().primary(),
    creatorId: p.uuid(),
    title: p.text(),
    startedAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});
export type LiveSessionRow = InferEntity<typeof LiveSessionRow>;
