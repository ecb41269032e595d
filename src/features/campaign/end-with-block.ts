import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';
import { endsWithBlock, type FreshBlock } from '../account/index.ts';
import { scheduleEnds } from './end-enrolments.ts';
import { moveEnrolments } from './move-enrolments.ts';

interface Touched {
  readonly id: string;
  readonly state: 'PENDING' | 'APPROVED';
  readonly brandId: string;
  readonly agencyId: string;
  readonly endsAt: Date;
}

/**
 * Enrolments between a brand and an agency, one of whom blocks the other: those that nobody has decided on are rejected
 * with the reason; approved ones end when the brand's commitment is over, and not before the block takes effect.
 */
export async function endEnrolmentsWithBlock(tx: Tx, block: FreshBlock, now: Date): Promise<void> {
  const { blockerId, blockedId, reason, takesEffectAt } = block;
  const touched = await tx.rows(sql<Touched>`
    select e.id, e.state, e.brand_id as "brandId", e.agency_id as "agencyId",
      greatest(e.committed_until, ${takesEffectAt}::timestamptz) as "endsAt"
    from enrolment e
    where e.state in ('PENDING', 'APPROVED') and (e.brand_id, e.agency_id) in
      ((${blockerId}::uuid, ${blockedId}::uuid), (${blockedId}::uuid, ${blockerId}::uuid))
    order by e.id for update`);
  const pending = touched.filter(({ state }) => state === 'PENDING');
  const ids = pending.map(({ id }) => id);
  await moveEnrolments(tx, { ids, from: ['PENDING'], to: 'REJECTED', at: now, note: reason });
  const rejected = pending.map(({ id, brandId, agencyId }) => ({
    kind: 'ENROLMENT_REJECTED' as const,
    subject: { type: 'Enrolment', id },
    to: [brandId, agencyId],
    data: { forGood: false },
  }));
  await announce(tx, rejected, now);
  const approved = touched.filter(({ state }) => state === 'APPROVED');
  await scheduleEnds(
    tx,
    approved.map(({ id, endsAt }) => ({ id, at: endsAt })),
    now,
    reason,
  );
}

endsWithBlock('campaign', endEnrolmentsWithBlock);
