import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { findAlliance } from '../account/index.ts';
import { decideApplication } from './decide-application.ts';

/** Takes an application back before it is decided. The agency may apply anew. */
export async function withdrawApplication(tx: Tx, id: string, now: Date): Promise<void> {
  await decideApplication(tx, id, 'WITHDRAWN', [], now);
  const to = [(await findAlliance(tx))?.id ?? ''].filter(Boolean);
  const subject = { type: 'CertificationApplication', id };
  await announce(tx, [{ kind: 'CERTIFICATION_WITHDRAWN', subject, to }], now);
}
