import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import { PlanRow } from './plan.entity.ts';
import { refreshPool } from './refresh-pool.ts';

/** Ends a plan now. Orders placed under it keep their terms. Closing a plan that has ended is refused. */
export async function closePlan(tx: Tx, planId: string, now: Date): Promise<PlanRow> {
  const plan = await tx.em.findOne(PlanRow, { id: planId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (plan === null) throw unknown(['input', 'planId'], 'plan');
  if (plan.closesAt != null && plan.closesAt <= now) {
    throw wrongState(['input', 'planId'], 'CLOSED', 'The plan has already ended.');
  }
  const end = now > plan.opensAt ? now : plan.opensAt;
  plan.closesAt = end;
  await tx.em.flush();
  await tx.rows(sql`update plan_creator set closes_at = ${end} where plan_id = ${planId}`);
  await tx.rows(sql`
    update plan_terms set valid_to = ${end}
    where plan_id = ${planId} and valid_from <= ${end} and (valid_to is null or valid_to > ${end})`);
  if (plan.productId != null) await refreshPool(tx, [plan.productId], now);
  return plan;
}
