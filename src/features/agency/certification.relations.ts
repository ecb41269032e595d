import { operatorsOnly, selfAndOperators } from '../../graphql/access.ts';
import { relate, toOne, toOneOrNone } from '../../graphql/relation.ts';
import { membersOf } from '../account/index.ts';
import type { NamedAgency } from './agency.loaders.ts';
import { toAgency } from './agency.relations.ts';
import { Agency } from './agency.types.ts';
import { CertificationApplication } from './application.types.ts';
import { AgencyCertificate, AgencySuspension } from './certificate.types.ts';
import type { CertificationApplicationRow } from './certification.entity.ts';
import {
  applicationById,
  applicationsOfAgency,
  applicationsOfWindow,
  certificatesOfAgency,
  type ReadWindow,
  type ShownCertificate,
  type ShownSuspension,
  suspensionsOfAgency,
  windowById,
} from './certification.loaders.ts';
import { AgencyFigures } from './directory.types.ts';
import { figuresOfAgency } from './figures.loaders.ts';
import { CertificationWindow } from './window.types.ts';

export const certificationRelations = [
  ...relate<NamedAgency>(Agency, {
    members: membersOf(),
    figures: {
      kind: 'one',
      type: () => AgencyFigures,
      description:
        'Its figures, as the directory shows them; null while it is not certified or not yet counted.',
      key: ({ id, certification }) => (certification === 'CERTIFIED' ? id : null),
      load: figuresOfAgency,
      nullable: true,
    },
    certificates: {
      kind: 'page',
      type: () => AgencyCertificate,
      description: 'Its certificates, also those that are over, newest first.',
      key: ({ id }) => id,
      load: certificatesOfAgency,
      access: selfAndOperators,
    },
    certificationApplications: {
      kind: 'page',
      type: () => CertificationApplication,
      description: 'Its applications for a certificate, newest first.',
      key: ({ id }) => id,
      load: applicationsOfAgency,
      access: selfAndOperators,
    },
    suspensions: {
      kind: 'page',
      type: () => AgencySuspension,
      description: 'Its suspensions, also those that are over, newest first.',
      key: ({ id }) => id,
      load: suspensionsOfAgency,
      access: selfAndOperators,
    },
  }),
  ...relate<ReadWindow>(CertificationWindow, {
    applications: {
      kind: 'page',
      type: () => CertificationApplication,
      description: 'What was applied for in it, newest first.',
      key: ({ id }) => id,
      load: applicationsOfWindow,
      access: operatorsOnly,
    },
  }),
  ...relate<CertificationApplicationRow>(CertificationApplication, {
    agency: toAgency('The agency that applies.'),
    window: toOne(() => CertificationWindow, windowById, 'windowId', 'The window that it was handed in to.'),
  }),
  ...relate<ShownCertificate>(AgencyCertificate, {
    agency: toAgency('The agency that is certified.'),
    application: toOneOrNone(
      () => CertificationApplication,
      applicationById,
      'applicationId',
      'The application that it was granted on; null when the operator entered it without one.',
    ),
  }),
  ...relate<ShownSuspension>(AgencySuspension, { agency: toAgency('The agency that is suspended.') }),
];
