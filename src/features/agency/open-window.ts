import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { newId } from '../../kernel/ids.ts';
import type { AgencyService } from './agency.entity.ts';
import { CertificationWindowRow } from './certification.entity.ts';

export interface NewWindow {
  readonly id?: string;
  readonly title: string;
  /** Further requirements, in words. */
  readonly about: string;
  readonly services: readonly AgencyService[];
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly minStaff: number;
  readonly minFinishedCases: number;
  /** A date such as 2015-01-01: who was founded on it is too young. */
  readonly foundedBefore: string | null;
  readonly officeNeeded: boolean;
  /** How long a certificate of this window holds. */
  readonly certificateMonths: number;
}

/** Opens a window for applications and tells the agencies that offer one of its services. Gives its id. */
export async function openWindow(tx: Tx, window: NewWindow, now: Date): Promise<string> {
  const id = window.id ?? newId();
  tx.em.create(CertificationWindowRow, { ...window, id, services: [...window.services] });
  await tx.em.flush();
  const agencies = await tx.rows(sql<{ id: string }>`
    select id from agency where services && ${[...window.services]}::text[] order by id`);
  const data = { opensAt: window.opensAt.toISOString(), closesAt: window.closesAt.toISOString() };
  const subject = { type: 'CertificationWindow', id };
  const to = agencies.map((agency) => agency.id);
  await announce(tx, [{ kind: 'CERTIFICATION_WINDOW_OPENED', subject, to, data }], now);
  return id;
}
