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
