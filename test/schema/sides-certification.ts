import { sql } from 'kysely';
import { openWindow, suspendAgency } from '../../src/features/agency/index.ts';
import { newId, toGlobalId } from '../../src/kernel/ids.ts';
import { EARLY, type World } from '../kit/world.ts';
import type { Objects } from './sides.ts';

/** A window, and of the agency an approved application, its certificate, and a suspension that is over. */
export async function makeCertification(world: World, agencyId: string): Promise<Objects> {
  const window = {
    title: 'Window',
    about: '',
    services: ['RECRUITING'],
    opensAt: EARLY,
    closesAt: new Date('2026-02-01T00:00:00Z'),
    minStaff: 20,
    minFinishedCases: 10,
    foundedBefore: '2020-01-01',
    officeNeeded: true,
    certificateMonths: 12,
  } as const;
  const applicationId = newId();
  return world.tx(async (tx) => {
    const windowId = await openWindow(tx, window, EARLY);
    await tx.rows(sql`
      insert into certification_application (id, window_id, agency_id, services, staff, finished_cases, founded_on,
        office_address, statement, state, applied_at, decided_at, reasons)
      values (${applicationId}, ${windowId}, ${agencyId}, '{RECRUITING}', 30, 12, '2015-05-01', 'Office', '', 'APPROVED',
        ${EARLY}, ${EARLY}, '{}')`);
    const [certificate] = await tx.rows(sql<{ id: string }>`
      update agency_certificate set application_id = ${applicationId}
      where agency_id = ${agencyId} and service = 'RECRUITING' returning id`);
    const endsAt = new Date('2026-01-02T00:00:00Z');
    const suspensionId = await suspendAgency(tx, { agencyId, reason: 'Between us', endsAt }, EARLY);
    return {
      CertificationWindow: toGlobalId('CertificationWindow', windowId),
      CertificationApplication: toGlobalId('CertificationApplication', applicationId),
      AgencyCertificate: toGlobalId('AgencyCertificate', certificate?.id ?? ''),
      AgencySuspension: toGlobalId('AgencySuspension', suspensionId),
    };
  });
}
