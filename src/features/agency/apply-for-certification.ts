import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { invalid, Refusal, wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { findAlliance } from '../account/index.ts';
import type { AgencyRow, AgencyService } from './agency.entity.ts';
import { CertificationApplicationRow } from './certification.entity.ts';
import type { ReadWindow } from './certification.loaders.ts';
import { lockAgency } from './lock-agency.ts';
import { type Claims, unmetRequirements } from './unmet-requirements.ts';

/** So many days before the end of a certificate the agency may apply for the next, and is first reminded of it. */
export const RENEWAL_DAYS = 60;
const DAY_MS = 86_400_000;

export interface NewApplication extends Claims {
  readonly id?: string;
  readonly services: readonly AgencyService[];
  readonly statement: string;
}

/**
 * Hands in an application for a certificate. Refused at once, with all that is missing, when a requirement of the window
 * is not met; an agency has one undecided application, which the database itself holds. Gives its id.
 */
export async function applyForCertification(
  tx: Tx,
  agency: Pick<AgencyRow, 'id' | 'services'>,
  window: ReadWindow,
  application: NewApplication,
  now: Date,
): Promise<string> {
  if (window.state !== 'OPEN') {
    throw wrongState(['input', 'windowId'], window.state, 'The window is not open for applications now.');
  }
  refuseOtherServices(agency, window, application.services);
  const unmet = unmetRequirements(window, application);
  if (unmet.length > 0) {
    const message = 'The agency does not meet every requirement of the window.';
    throw new Refusal([{ __typename: 'RequirementsNotMet', message, path: ['input'], unmet }]);
  }
  await lockAgency(tx, agency.id);
  await refuseEarlyRenewal(tx, agency.id, application.services, now);
  const id = application.id ?? newId();
  tx.em.create(CertificationApplicationRow, {
    ...application,
    id,
    windowId: window.id,
    agencyId: agency.id,
    services: [...application.services],
    state: 'APPLIED',
    appliedAt: now,
    decidedAt: null,
    reasons: [],
  });
  await tx.em.flush();
  const to = [(await findAlliance(tx))?.id ?? ''].filter(Boolean);
  const subject = { type: 'CertificationApplication', id };
  await announce(tx, [{ kind: 'CERTIFICATION_APPLIED', subject, to }], now);
  return id;
}

function refuseOtherServices(
  agency: Pick<AgencyRow, 'services'>,
  window: ReadWindow,
  services: readonly AgencyService[],
) {
  const fits = (service: AgencyService) =>
    agency.services.includes(service) && window.services.includes(service);
  if (services.length > 0 && services.every(fits) && new Set(services).size === services.length) return;
  const message = 'At least one service, each once, that the window is for and that the agency offers.';
  throw new Refusal([invalid(['input', 'services'], message)]);
}

async function refuseEarlyRenewal(
  tx: Tx,
  agencyId: string,
  services: readonly AgencyService[],
  now: Date,
): Promise<void> {
  const renewable = new Date(now.getTime() + RENEWAL_DAYS * DAY_MS);
  const [held] = await tx.rows(sql<{ service: string }>`
    select service from agency_certificate
    where agency_id = ${agencyId} and service = any(${[...services]}::text[]) and valid_to > ${renewable}
    order by service limit 1`);
  if (held === undefined) return;
  const message = `The certificate for ${held.service} can be renewed in the last ${RENEWAL_DAYS} days before it ends.`;
  throw wrongState(['input', 'services'], 'CERTIFIED', message);
}
