import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { AgencyRow } from './agency.entity.ts';
import type { BeltJoinState } from './belt-join-state.ts';

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

/** A brand's request to join a belt, and what its agency answered. */
export const BeltJoinRow = defineEntity({
  name: 'BeltJoin',
  tableName: 'belt_join',
  properties: {
    id: p.uuid().primary(),
    beltId: () => p.manyToOne(BeltRow).mapToPk().fieldName('belt_id'),
    brandId: p.uuid(),
    state: p.text().$type<BeltJoinState>(),
    message: p.text(),
    reason: p.text().nullable(),
    askedAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
  },
});
export type BeltJoinRow = InferEntity<typeof BeltJoinRow>;

export type LiveBaseState = 'OPEN' | 'CLOSED';

/** A live base 直播基地 of a belt: rooms in which creators sell what the belt makes. */
export const LiveBaseRow = defineEntity({
  name: 'LiveBase',
  tableName: 'live_base',
  properties: {
    id: p.uuid().primary(),
    beltId: () => p.manyToOne(BeltRow).mapToPk().fieldName('belt_id'),
    name: p.text(),
    city: p.text(),
    address: p.text(),
    rooms: p.integer(),
    state: p.text().$type<LiveBaseState>(),
    openedAt: p.datetime(),
    closedAt: p.datetime().nullable(),
  },
});
export type LiveBaseRow = InferEntity<typeof LiveBaseRow>;
