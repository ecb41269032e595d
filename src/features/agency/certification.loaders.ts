import { type RawBuilder, sql } from 'kysely';
import { oneByKey, select } from '../../graphql/loaders.ts';
import { newestOf, rowById } from '../../graphql/table-loaders.ts';
import type {
  AgencyCertificateRow,
  AgencySuspensionRow,
  CertificationApplicationRow,
  CertificationWindowRow,
} from './certification.entity.ts';
import { type WindowState, windowState } from './window-state.ts';

/** A window as it is read: with its state at the moment. Dates are texts such as 2015-01-01. */
export type ReadWindow = CertificationWindowRow & { readonly state: WindowState };

const WINDOW_COLUMNS = [
  'id',
  'title',
  'about',
  'services',
  'opensAt',
  'closesAt',
  'minStaff',
  'minFinishedCases',
  'officeNeeded',
  'certificateMonths',
] as const;

/** Selects windows by a condition on `t`. */
export const windowsWhere = (condition: RawBuilder<unknown>, now: Date) => sql<ReadWindow>`
  select ${select('t', WINDOW_COLUMNS)}, t.founded_before::text as "foundedBefore", ${windowState(now)} as state
  from certification_window t where ${condition}`;

export const windowById = oneByKey<ReadWindow>({
  name: 'certificationWindowById',
  columns: [...WINDOW_COLUMNS, 'foundedBefore', 'state'],
  read: (ids, { sql: db, now }) => db.rows(windowsWhere(sql`t.id = any(${ids}::uuid[])`, now)),
  keyOf: (row) => row.id,
});

const APPLICATION_COLUMNS = [
  'id',
  'windowId',
  'agencyId',
  'services',
  'staff',
  'finishedCases',
  'officeAddress',
  'statement',
  'state',
  'appliedAt',
  'decidedAt',
  'reasons',
] as const;

const APPLICATION = sql`${select('t', APPLICATION_COLUMNS)}, t.founded_on::text as "foundedOn"`;

/** Selects applications by a condition on `t`. */
export const applicationsWhere = (condition: RawBuilder<unknown>) => sql<CertificationApplicationRow>`
  select ${APPLICATION} from certification_application t where ${condition}`;

export const applicationById = oneByKey<CertificationApplicationRow>({
  name: 'certificationApplicationById',
  columns: [...APPLICATION_COLUMNS, 'foundedOn'],
  read: (ids, { sql: db }) => db.rows(applicationsWhere(sql`t.id = any(${ids}::uuid[])`)),
  keyOf: (row) => row.id,
});

const applicationPage = (name: string, key: 'agencyId' | 'windowId') =>
  newestOf<CertificationApplicationRow>({
    name,
    table: 'certification_application',
    key,
    columns: applicationById.columns,
    shown: APPLICATION,
  });

export const applicationsOfAgency = applicationPage('applicationsOfAgency', 'agencyId');
export const applicationsOfWindow = applicationPage('applicationsOfWindow', 'windowId');

/** A certificate as it is shown. */
export type ShownCertificate = Omit<AgencyCertificateRow, 'remindedDays' | 'expirySeenAt'>;

const CERTIFICATE_COLUMNS = ['id', 'agencyId', 'service', 'applicationId', 'validFrom', 'validTo'] as const;

export const certificateById = rowById<ShownCertificate>({
  name: 'agencyCertificateById',
  table: 'agency_certificate',
  columns: CERTIFICATE_COLUMNS,
});

export const certificatesOfAgency = newestOf<ShownCertificate>({
  name: 'certificatesOfAgency',
  table: 'agency_certificate',
  key: 'agencyId',
  columns: CERTIFICATE_COLUMNS,
});

/** A suspension as it is shown. */
export type ShownSuspension = Omit<AgencySuspensionRow, 'endSeenAt'>;

const SUSPENSION_COLUMNS = ['id', 'agencyId', 'reason', 'suspendedAt', 'endsAt', 'reinstatedAt'] as const;

export const suspensionById = rowById<ShownSuspension>({
  name: 'agencySuspensionById',
  table: 'agency_suspension',
  columns: SUSPENSION_COLUMNS,
});

export const suspensionsOfAgency = newestOf<ShownSuspension>({
  name: 'suspensionsOfAgency',
  table: 'agency_suspension',
  key: 'agencyId',
  columns: SUSPENSION_COLUMNS,
});
