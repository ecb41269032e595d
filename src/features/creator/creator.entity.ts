import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export type CreatorTier = 'ORDINARY' | 'WAIST' | 'HEAD';

/** What a creator is beside being a party; the name is the party's. The tier is worked out from figures. */
export const CreatorRow = defineEntity({
  name: 'Creator',
  tableName: 'creator',
  properties: {
    id: p.uuid().primary(),
    tier: p.text().$type<CreatorTier>(),
    city: p.text(),
    about: p.text(),
    followers: p.bigint('bigint'),
  },
});
export type CreatorRow = InferEntity<typeof CreatorRow>;
