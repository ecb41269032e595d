import type { Tx } from '../../db/database.ts';
import type { Actor } from '../../graphql/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { registerParty } from '../account/index.ts';
import { AgencyRow, type AgencyService, BeltRow } from './agency.entity.ts';

export interface NewAgency {
  readonly id?: string;
  readonly name: string;
  readonly services: readonly AgencyService[];
  readonly city: string;
  readonly about: string;
  /** Certified until then; without it the agency has only applied. */
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
    certification: agency.certifiedUntil === undefined ? 'APPLIED' : 'APPROVED',
    certifiedUntil: agency.certifiedUntil ?? null,
    city: agency.city,
    about: agency.about,
  });
  await tx.em.flush();
  return id;
}

export interface NewBelt {
  readonly id?: string;
  readonly name: string;
  readonly region: string;
  readonly agencyId: string;
  readonly about: string;
}

/** Enters an industrial belt that an agency runs. Gives its id. */
export async function foundBelt(tx: Tx, belt: NewBelt): Promise<string> {
  const row = tx.em.create(BeltRow, { ...belt, id: belt.id ?? newId() });
  await tx.em.flush();
  return row.id;
}
