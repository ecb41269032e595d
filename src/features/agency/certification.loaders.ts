import { type RawBuilder, sql } from 'kysely';
import { oneByKey, pageByKey, select } from '../../graphql/loaders.ts';
import type {
  AgencyCertificateRow,
  AgencySuspensionRow,
  CertificationApplicationRow,
  CertificationWindowRow,
} from './certification.entity.ts';
import { newestOf } from './newest-of.ts';
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

const applicationPage = (name: string, key: 'agency_id' | 'window_id') =>
  pageByKey<CertificationApplicationRow>({
    name,
    columns: applicationById.columns,
    read: (keys, page, _filter, { sql: db }) => {
      const table = { name: 'certification_application', key, columns: APPLICATION };
      return db.rows(newestOf<CertificationApplicationRow>(keys, page, table));
    },
    keyOf: (row) => (key === 'agency_id' ? row.agencyId : row.windowId),
    cursorOf: (row) => [row.id],
  });

export const applicationsOfAgency = applicationPage('applicationsOfAgency', 'agency_id');
export const applicationsOfWindow = applicationPage('applicationsOfWindow', 'window_id');

/** A certificate as it is shown. */
export type ShownCertificate = Omit<AgencyCertificateRow, 'remindedDays' | 'expirySeenAt'>;

const CERTIFICATE_COLUMNS = ['id', 'agencyId', 'service', 'applicationId', 'validFrom', 'validTo'] as const;

export const certificateById = oneByKey<ShownCertificate>({
  name: 'agencyCertificateById',
  columns: CERTIFICATE_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(sql<ShownCertificate>`
      select ${select('t', CERTIFICATE_COLUMNS)} from agency_certificate t where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

export const certificatesOfAgency = pageByKey<ShownCertificate>({
  name: 'certificatesOfAgency',
  columns: CERTIFICATE_COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const columns = select('t', CERTIFICATE_COLUMNS);
    const table = { name: 'agency_certificate', key: 'agency_id', columns };
    return db.rows(newestOf<ShownCertificate>(keys, page, table));
  },
  keyOf: (row) => row.agencyId,
  cursorOf: (row) => [row.id],
});

/** A suspension as it is shown. */
export type ShownSuspension = Omit<AgencySuspensionRow, 'endSeenAt'>;

const SUSPENSION_COLUMNS = ['id', 'agencyId', 'reason', 'suspendedAt', 'endsAt', 'reinstatedAt'] as const;

export const suspensionById = oneByKey<ShownSuspension>({
  name: 'agencySuspensionById',
  columns: SUSPENSION_COLUMNS,
  read: (ids, { sql: db }) =>
    db.rows(sql<ShownSuspension>`
      select ${select('t', SUSPENSION_COLUMNS)} from agency_suspension t where t.id = any(${ids}::uuid[])`),
  keyOf: (row) => row.id,
});

export const suspensionsOfAgency = pageByKey<ShownSuspension>({
  name: 'suspensionsOfAgency',
  columns: SUSPENSION_COLUMNS,
  read: (keys, page, _filter, { sql: db }) => {
    const columns = select('t', SUSPENSION_COLUMNS);
    const table = { name: 'agency_suspension', key: 'agency_id', columns };
    return db.rows(newestOf<ShownSuspension>(keys, page, table));
  },
  keyOf: (row) => row.agencyId,
  cursorOf: (row) => [row.id],
});
