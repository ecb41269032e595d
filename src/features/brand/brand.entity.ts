import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export type BrandKind = 'BRAND' | 'FACTORY' | 'ORIGIN' | 'BELT_MERCHANT';

/** What a brand is beside being a party; its name is the party's. */
export const BrandRow = defineEntity({
  name: 'Brand',
  tableName: 'brand',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<BrandKind>(),
    currency: p.text(),
    city: p.text(),
    about: p.text(),
    beltId: p.uuid().nullable(),
    restricted: p.boolean().default(false),
  },
});
export type BrandRow = InferEntity<typeof BrandRow>;
