import { sql } from 'kysely';
import type { Database, Sql } from '../../db/database.ts';
import { announce } from '../../db/outbox.ts';

/** Tells both sides of the contracts that are over, each with the exact moment, however late this runs. A chore. */
export const finishContracts = (database: Database, now: Date): Promise<void> =>
  database.transaction(async (tx) => {
    const due = await tx.rows(sql<{ id: string }>`
      select c.id from creator_contract c where c.ended_at is null and exists (select from (
        select valid_to from contract_terms where contract_id = c.id order by version desc limit 1) v
        where v.valid_to <= ${now})
      order by c.id for update skip locked`);
    if (due.length > 0)
      await stampEnd(
        tx,
        due.map(({ id }) => id),
        now,
      );
  });

interface Ended {
  readonly id: string;
  readonly agencyId: string;
  readonly creatorId: string;
  readonly endedAt: Date;
}

/**
 * Stamps locked contracts with their end, where that has come, and tells both sides. A statement of its own, so that
 * it sees what was changed before the lock was had. What never began has ended now.
 */
export async function stampEnd(tx: Sql, ids: readonly string[], now: Date): Promise<void> {
  const ended = await tx.rows(sql<Ended>`
    update creator_contract c set ended_at = least(v.valid_to, ${now}::timestamptz)
    from (select distinct on (contract_id) contract_id, valid_from, valid_to from contract_terms
      where contract_id = any(${ids}::uuid[]) order by contract_id, version desc) v
    where v.contract_id = c.id and c.ended_at is null and (v.valid_to <= ${now} or v.valid_to = v.valid_from)
    returning c.id, c.agency_id as "agencyId", c.creator_id as "creatorId", c.ended_at as "endedAt"`);
  const news = ended.map(({ id, agencyId, creatorId, endedAt }) => ({
    kind: 'CONTRACT_ENDED' as const,
    subject: { type: 'CreatorContract', id },
    to: [agencyId, creatorId],
    data: { endedAt: endedAt.toISOString() },
  }));
  await announce(tx, news, now);
}
