import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { mayMove } from '../../kernel/transitions.ts';
import type { AgencyService } from './agency.entity.ts';
import { APPLICATION_STATES, type ApplicationState } from './application-state.ts';

/** What is needed of an application to act on a decision. */
export interface DecidedApplication {
  readonly id: string;
  readonly agencyId: string;
  readonly services: AgencyService[];
  readonly certificateMonths: number;
}

/** Moves an application to its end under a row lock; the only place that assigns its state. */
export async function decideApplication(
  tx: Tx,
  id: string,
  to: Exclude<ApplicationState, 'APPLIED'>,
  reasons: readonly string[],
  now: Date,
): Promise<DecidedApplication> {
  const [row] = await tx.rows(sql<DecidedApplication & { state: ApplicationState }>`
    select a.id, a.agency_id as "agencyId", a.services, a.state, w.certificate_months as "certificateMonths"
    from certification_application a join certification_window w on w.id = a.window_id
    where a.id = ${id} for update of a`);
  if (row === undefined) throw unknown(['input', 'applicationId'], 'certification application');
  if (!mayMove(APPLICATION_STATES, row.state, to)) {
    throw wrongState(['input', 'applicationId'], row.state, `The application has already been ${row.state}.`);
  }
  await tx.rows(sql`
    update certification_application set state = ${to}, reasons = ${[...reasons]}::text[], decided_at = ${now}
    where id = ${id}`);
  return row;
}
