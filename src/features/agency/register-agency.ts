import type { Tx } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { registerParty } from '../account/index.ts';
import { AgencyRow, type AgencyService } from './agency.entity.ts';
import { AgencyCertificateRow } from './certification.entity.ts';

export interface NewAgency {
  readonly id?: string;
  readonly name: string;
  readonly services: readonly AgencyService[];
  readonly city: string;
  readonly about: string;
  /** Certified until then; for all its services; without it, it has to apply. */
  readonly certifiedUntil?: Date;
}

/** Enters an agency; the person who calls becomes its owner. Gives its id. */
export async function registerAgency(
  tx: Tx,
  agency: NewAgency,
  actor: Actor | undefined,
  now: Date,
): Promise<string> {
  const id = await registerParty(tx, { id: agency.id, kind: 'AGENCY', name: agency.name }, actor, now);
  tx.em.create(AgencyRow, {
    id,
    services: [...agency.services],
    city: agency.city,
    about: agency.about,
  });
  await tx.em.flush();
  if (agency.certifiedUntil !== undefined) await certify(tx, id, agency.services, now, agency.certifiedUntil);
  return id;
}

/** What an alliance brings along when it is set up: certificates that nobody had to apply for. */
async function certify(tx: Tx, agencyId: string, services: readonly AgencyService[], from: Date, to: Date) {
  for (const service of services) {
    tx.em.create(AgencyCertificateRow, {
      id: newId(),
      agencyId,
      service,
      applicationId: null,
      validFrom: from,
      validTo: to,
      remindedDays: null,
      expirySeenAt: null,
    });
  }
  await tx.em.flush();
}
