import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { PartyKind, Role } from '../../graphql/actor.ts';
import type { PayoutSchedule } from './policy-presets.ts';

/** Everybody who can be paid or pay: the alliance itself, brands, agencies, creators. */
export const PartyRow = defineEntity({
  name: 'Party',
  tableName: 'party',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<PartyKind>(),
    name: p.text(),
    createdAt: p.datetime(),
  },
});
export type PartyRow = InferEntity<typeof PartyRow>;

export const UserRow = defineEntity({
  name: 'AppUser',
  tableName: 'app_user',
  properties: {
    id: p.uuid().primary(),
    issuer: p.text(),
    subject: p.text(),
    name: p.text(),
    createdAt: p.datetime(),
  },
});
export type UserRow = InferEntity<typeof UserRow>;

export const MembershipRow = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(UserRow).mapToPk().fieldName('user_id'),
    partyId: () => p.manyToOne(PartyRow).mapToPk().fieldName('party_id'),
    role: p.text().$type<Role>(),
    createdAt: p.datetime(),
  },
});
export type MembershipRow = InferEntity<typeof MembershipRow>;

export const ApiKeyRow = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.uuid().primary(),
    partyId: () => p.manyToOne(PartyRow).mapToPk().fieldName('party_id'),
    name: p.text(),
    secretHash: p.blob(),
    scopes: p.array().columnType('text[]').$type<string[]>(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    expiresAt: p.datetime().nullable(),
    /** The key whose place it takes. */
    replacesId: p.uuid().nullable(),
  },
});
export type ApiKeyRow = InferEntity<typeof ApiKeyRow>;

/** The deployment itself; there is one. Its id is that of its party, which the technical fee is paid to. */
export const AllianceRow = defineEntity({
  name: 'Alliance',
  tableName: 'alliance',
  properties: {
    id: () => p.oneToOne(PartyRow).primary().owner().mapToPk().fieldName('id'),
    timeZone: p.text(),
    currency: p.text(),
    createdAt: p.datetime(),
  },
});
export type AllianceRow = InferEntity<typeof AllianceRow>;

/** One version of the alliance's rules, in force over a half-open interval and never edited. */
export const PolicyRow = defineEntity({
  name: 'AlliancePolicy',
  tableName: 'alliance_policy',
  properties: {
    id: p.uuid().primary(),
    version: p.integer(),
    preset: p.text(),
    platformDiscountInBase: p.boolean(),
    creatorDiscountInBase: p.boolean(),
    technicalFeeBp: p.integer(),
    holdingDays: p.integer(),
    rateLockDays: p.integer(),
    attributionWindowDays: p.integer(),
    reserveBp: p.integer(),
    reserveDays: p.integer(),
    recoveryBp: p.integer(),
    payoutSchedule: p.text().$type<PayoutSchedule>(),
    payoutMinimumMinor: p.bigint(),
    withholdingCreatorBp: p.integer(),
    withholdingAgencyBp: p.integer(),
    validFrom: p.datetime(),
    validTo: p.datetime().nullable(),
  },
});
export type PolicyRow = InferEntity<typeof PolicyRow>;
