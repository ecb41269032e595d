import { sql } from 'kysely';
import type { Sql } from '../../db/database.ts';
import { newId } from '../../kernel/ids.ts';
import type { Answer, Batch } from './enrolment.types.ts';

/** How many items a bulk call on enrolments takes. */
export const MAX_ITEMS = 500;

/** Keeps what a bulk call answers, so that repeating the call gives the same answers. */
export async function keepBatch(
  tx: Sql,
  campaignId: string,
  answers: readonly Answer[],
  now: Date,
): Promise<Batch> {
  const id = newId();
  await tx.rows(sql`
    insert into enrolment_batch (id, campaign_id, answers, created_at)
    values (${id}, ${campaignId}, ${JSON.stringify(answers)}::jsonb, ${now})`);
  return { id, answers };
}

export async function findBatch(tx: Sql, id: string): Promise<Batch | undefined> {
  const [batch] = await tx.rows(sql<Batch>`select id, answers from enrolment_batch where id = ${id}`);
  return batch;
}
