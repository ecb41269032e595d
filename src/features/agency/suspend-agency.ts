import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import { newId } from '../../kernel/ids.ts';
import { AgencySuspensionRow } from './certification.entity.ts';
import { lockAgency } from './lock-agency.ts';

export interface NewSuspension {
  readonly id?: string;
  readonly agencyId: string;
  readonly reason: string;
  /** Open-ended without. */
  readonly endsAt: Date | null;
}

/** Suspends an agency from now: it begins nothing new, what runs goes on. One suspension at a time. Gives its id. */
export async function suspendAgency(tx: Tx, suspension: NewSuspension, now: Date): Promise<string> {
  const id = suspension.id ?? newId();
  await lockAgency(tx, suspension.agencyId);
  const span = { suspendedAt: now, reinstatedAt: null, endSeenAt: null };
  tx.em.create(AgencySuspensionRow, { ...suspension, ...span, id });
  await tx.em.flush();
  await tell(tx, 'AGENCY_SUSPENDED', suspension.agencyId, now);
  return id;
}

/** Lifts the suspension that is running. Refused with the state NOT_SUSPENDED when there is none. Gives its id. */
export async function reinstateAgency(tx: Tx, agencyId: string, now: Date): Promise<string> {
  const [lifted] = await tx.rows(sql<{ id: string }>`
    update agency_suspension set reinstated_at = ${now}, end_seen_at = ${now}
    where agency_id = ${agencyId} and tstzrange(suspended_at, least(ends_at, reinstated_at)) @> ${now}::timestamptz
    returning id`);
  if (lifted === undefined) {
    throw wrongState(['input', 'agencyId'], 'NOT_SUSPENDED', 'The agency is not suspended now.');
  }
  await tell(tx, 'AGENCY_REINSTATED', agencyId, now);
  return lifted.id;
}

const tell = (tx: Tx, kind: 'AGENCY_SUSPENDED' | 'AGENCY_REINSTATED', id: string, now: Date) =>
  announce(tx, [{ kind, subject: { type: 'Agency', id }, to: [id] }], now);
