import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { wrongState } from '../../graphql/user-errors.ts';
import type { ReadEnrolment } from './enrolment.loaders.ts';
import { moveEnrolments } from './move-enrolments.ts';

/** Takes back an enrolment that the agency has not decided on; the product may be enrolled again. */
export async function withdrawEnrolment(tx: Tx, { id, agencyId }: ReadEnrolment, now: Date): Promise<void> {
  const moved = await moveEnrolments(tx, { ids: [id], to: 'WITHDRAWN', at: now });
  if (moved.length === 0) {
    const message = 'Only what the agency has not decided on can be withdrawn.';
    throw wrongState(['input', 'enrolmentId'], 'DECIDED', message);
  }
  const subject = { type: 'Enrolment', id };
  await announce(tx, [{ kind: 'ENROLMENT_WITHDRAWN', subject, to: [agencyId] }], now);
}
