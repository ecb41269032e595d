import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

export type AgencyService = 'RECRUITING' | 'CREATOR_MANAGEMENT' | 'CONTENT' | 'BELT_BASE';

/** What an agency is beside being a party; its name is the party's. */
export const AgencyRow = defineEntity({
  name: 'Agency',
  tableName: 'agency',
  properties: {
    id: p.uuid().primary(),
    services: p.array().columnType('text[]').$type<AgencyService[]>(),
    city: p.text(),
    about: p.text(),
  },
});
export type AgencyRow = InferEntity<typeof AgencyRow>;

/** A regional cluster of brands 产业带, run by an agency. */
export const BeltRow = defineEntity({
  name: 'IndustrialBelt',
  tableName: 'industrial_belt',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    region: p.text(),
    agencyId: () => p.manyToOne(AgencyRow).mapToPk().fieldName('agency_id'),
    about: p.text(),
  },
});
export type BeltRow = InferEntity<typeof BeltRow>;
