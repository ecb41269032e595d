import type { Tx } from '../../db/database.ts';
import { rulesAt } from '../account/index.ts';
import { announcePlan } from './announce-plan.ts';
import { lockPlan, refuseClosing } from './lock-plan.ts';
import type { PlanRow } from './plan.entity.ts';
import { lockScheduled, moveEnd, readVersions } from './plan-versions.ts';
import { refreshPool } from './refresh-pool.ts';
import { takesEffectAt } from './take-effect.ts';

/**
 * Ends a plan at the next midnight, since it is a cut to nothing; who promotes the product may keep the rate for the
 * alliance's lock days. A plan that has not opened is dropped at once. Orders placed under it keep their terms.
 */
export async function closePlan(tx: Tx, planId: string, now: Date): Promise<PlanRow> {
  const plan = await lockPlan(tx, planId, now);
  const rules = await rulesAt(tx, now);
  const end =
    plan.opensAt > now ? plan.opensAt : takesEffectAt('CUT', now, rules.timeZone, ['input', 'planId']);
  if (end > plan.opensAt) refuseClosing(plan, end);
  const { current } = await readVersions(tx, planId, now);
  // Before the namings end, since those of a plan that is dropped end with it.
  const news = { takesEffectAt: end, rateBefore: current.commissionBp, rateAfter: null, closesAt: end };
  await announcePlan(tx, 'PLAN_CLOSED', plan, news, null, now);
  await moveEnd(tx, plan, end, now);
  await lockScheduled(tx, plan, rules, now);
  if (plan.productId != null) await refreshPool(tx, [plan.productId], now);
  return plan;
}
