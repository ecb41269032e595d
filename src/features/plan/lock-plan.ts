import { LockMode } from '@mikro-orm/core';
import type { Tx } from '../../db/database.ts';
import { unknown, wrongState } from '../../graphql/user-errors.ts';
import type { AllianceRules } from '../account/index.ts';
import type { PlanWindow } from './find-conflicts.ts';
import { PlanRow } from './plan.entity.ts';

/** A plan that is being changed: locked, at a moment, under the alliance's rules. */
export interface Changing {
  readonly plan: PlanRow;
  readonly rules: AllianceRules;
  readonly now: Date;
}

const PATH = ['input', 'planId'];

/** Locks a plan for a change until the transaction ends. One that has ended, or was dropped before it opened, is refused. */
export async function lockPlan(tx: Tx, planId: string, now: Date): Promise<PlanRow> {
  const plan = await tx.em.findOne(PlanRow, { id: planId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (plan === null) throw unknown(PATH, 'plan');
  const { opensAt, closesAt } = plan;
  if (closesAt != null && (closesAt <= now || closesAt <= opensAt)) {
    throw wrongState(PATH, 'CLOSED', 'The plan has already ended.');
  }
  return plan;
}

/** Refuses what would take effect only when the plan is over. */
export function refuseClosing({ closesAt }: PlanRow, at: Date): void {
  if (closesAt == null || closesAt > at) return;
  const message = `The plan ends at ${closesAt.toISOString()}, before this would take effect.`;
  throw wrongState(PATH, 'CLOSING', message);
}

/** What the plan takes up from now on, beside the creators whom it names. */
export const windowOf = ({ plan, now }: Changing): Omit<PlanWindow, 'creatorIds'> => ({
  planId: plan.id,
  brandId: plan.brandId,
  productId: plan.productId ?? null,
  kind: plan.kind,
  opensAt: plan.opensAt > now ? plan.opensAt : now,
  closesAt: plan.closesAt ?? null,
});
