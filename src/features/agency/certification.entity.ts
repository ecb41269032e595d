import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { AgencyRow, type AgencyService } from './agency.entity.ts';
import type { ApplicationState } from './application-state.ts';

/** A window in which agencies may apply for a certificate, with what is asked of them. Half-open, like every interval. */
export const CertificationWindowRow = defineEntity({
  name: 'CertificationWindow',
  tableName: 'certification_window',
  properties: {
    id: p.uuid().primary(),
    title: p.text(),
    about: p.text(),
    services: p.array().columnType('text[]').$type<AgencyService[]>(),
    opensAt: p.datetime(),
    closesAt: p.datetime(),
    minStaff: p.integer(),
    minFinishedCases: p.integer(),
    foundedBefore: p.date().nullable(),
    officeNeeded: p.boolean(),
    certificateMonths: p.integer(),
  },
});
export type CertificationWindowRow = InferEntity<typeof CertificationWindowRow>;

/** What an agency says of itself to be certified, and what became of it. */
export const CertificationApplicationRow = defineEntity({
  name: 'CertificationApplication',
  tableName: 'certification_application',
  properties: {
    id: p.uuid().primary(),
    windowId: () => p.manyToOne(CertificationWindowRow).mapToPk().fieldName('window_id'),
    agencyId: () => p.manyToOne(AgencyRow).mapToPk().fieldName('agency_id'),
    services: p.array().columnType('text[]').$type<AgencyService[]>(),
    staff: p.integer(),
    finishedCases: p.integer(),
    foundedOn: p.date(),
    officeAddress: p.text().nullable(),
    statement: p.text(),
    state: p.text().$type<ApplicationState>(),
    appliedAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
    reasons: p.array().columnType('text[]').$type<string[]>(),
  },
});
export type CertificationApplicationRow = InferEntity<typeof CertificationApplicationRow>;

/** That an agency is certified for a service over a half-open interval. The database lets no two of them overlap. */
export const AgencyCertificateRow = defineEntity({
  name: 'AgencyCertificate',
  tableName: 'agency_certificate',
  properties: {
    id: p.uuid().primary(),
    agencyId: () => p.manyToOne(AgencyRow).mapToPk().fieldName('agency_id'),
    service: p.text().$type<AgencyService>(),
    applicationId: p.uuid().nullable(),
    validFrom: p.datetime(),
    validTo: p.datetime(),
    remindedDays: p.integer().nullable(),
    expirySeenAt: p.datetime().nullable(),
  },
});
export type AgencyCertificateRow = InferEntity<typeof AgencyCertificateRow>;

/** That an agency begins nothing new, whatever its certificates say, until it ends or is lifted. */
export const AgencySuspensionRow = defineEntity({
  name: 'AgencySuspension',
  tableName: 'agency_suspension',
  properties: {
    id: p.uuid().primary(),
    agencyId: () => p.manyToOne(AgencyRow).mapToPk().fieldName('agency_id'),
    reason: p.text(),
    suspendedAt: p.datetime(),
    endsAt: p.datetime().nullable(),
    reinstatedAt: p.datetime().nullable(),
    endSeenAt: p.datetime().nullable(),
  },
});
export type AgencySuspensionRow = InferEntity<typeof AgencySuspensionRow>;
