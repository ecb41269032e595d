import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { newId } from '../../kernel/ids.ts';
import { endOfDayMonthsAfter } from '../../kernel/local-time.ts';
import { rulesAt } from '../account/index.ts';
import type { AgencyService } from './agency.entity.ts';
import { AgencyCertificateRow } from './certification.entity.ts';
import { type DecidedApplication, decideApplication } from './decide-application.ts';
import { lockAgency } from './lock-agency.ts';

/**
 * Approves an application: the agency is certified for its services until the end of the day so many months later in the
 * alliance's zone. A certificate that still holds stays as it is, and the new one follows it.
 */
export async function approveApplication(
  tx: Tx,
  application: Pick<DecidedApplication, 'id' | 'agencyId'>,
  now: Date,
): Promise<void> {
  await lockAgency(tx, application.agencyId);
  const decided = await decideApplication(tx, application.id, 'APPROVED', [], now);
  const { timeZone } = await rulesAt(tx, now);
  const held = await heldUntil(tx, decided, now);
  for (const service of decided.services) {
    const last = held.get(service);
    // The end is the first moment after the last day: counted from it, each renewal would gain a day.
    const day = last === undefined ? now : new Date(last.getTime() - 1);
    tx.em.create(AgencyCertificateRow, {
      id: newId(),
      agencyId: decided.agencyId,
      service,
      applicationId: decided.id,
      validFrom: last ?? now,
      validTo: endOfDayMonthsAfter(day, decided.certificateMonths, timeZone),
      remindedDays: null,
      expirySeenAt: null,
    });
  }
  await tx.em.flush();
  await tell(tx, 'CERTIFICATION_APPROVED', decided, now);
}

/** Rejects an application with its reasons, at least one. The agency may apply anew. */
export async function rejectApplication(
  tx: Tx,
  application: Pick<DecidedApplication, 'id'>,
  reasons: readonly string[],
  now: Date,
): Promise<void> {
  const decided = await decideApplication(tx, application.id, 'REJECTED', reasons, now);
  await tell(tx, 'CERTIFICATION_REJECTED', decided, now);
}

/** Until when certificates hold that have not ended, by service. */
async function heldUntil(tx: Tx, { agencyId, services }: DecidedApplication, now: Date) {
  const rows = await tx.rows(sql<{ service: AgencyService; until: Date }>`
    select service, max(valid_to) as until from agency_certificate
    where agency_id = ${agencyId} and service = any(${services}::text[]) and valid_to > ${now} group by service`);
  return new Map(rows.map(({ service, until }) => [service, until]));
}

async function tell(
  tx: Tx,
  kind: 'CERTIFICATION_APPROVED' | 'CERTIFICATION_REJECTED',
  { id, agencyId }: DecidedApplication,
  now: Date,
): Promise<void> {
  await announce(tx, [{ kind, subject: { type: 'CertificationApplication', id }, to: [agencyId] }], now);
}
