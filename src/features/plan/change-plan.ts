import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { invalid, Refusal } from '../../graphql/user-errors.ts';
import { rulesAt } from '../account/index.ts';
import { announcePlan } from './announce-plan.ts';
import { changeRates, type RateChange } from './change-rates.ts';
import { refuseConflicts } from './find-conflicts.ts';
import { type Changing, lockPlan, windowOf } from './lock-plan.ts';
import { nameCreators, namedBy } from './name-creators.ts';
import type { PlanRow } from './plan.entity.ts';
import type { Rates } from './plan-rates.ts';
import { endsEarly, lockScheduled, moveEnd, readVersions, type Versions } from './plan-versions.ts';
import { refreshPool } from './refresh-pool.ts';
import { takesEffectAt } from './take-effect.ts';

/** What is to be different; what is left out stays as it is in force now. */
export interface PlanChange extends Partial<Rates> {
  readonly planId: string;
  readonly title?: string | null;
  readonly addCreatorIds: readonly string[];
  readonly removeCreatorIds: readonly string[];
  /** Null for no end. */
  readonly closesAt?: Date | null;
}

/** A plan that was changed, and when all of the change holds. */
export interface ChangedPlan {
  readonly plan: PlanRow;
  readonly takesEffectAt: Date;
}

/**
 * Changes a plan under its lock. Rates that only rise take effect at once; where anything is lowered, all of the change
 * waits for the next midnight, and so does the end of a naming. Whatever was scheduled before and is changed again never
 * comes into force.
 */
export async function changePlan(tx: Tx, change: PlanChange, now: Date): Promise<ChangedPlan> {
  check(change);
  const plan = await lockPlan(tx, change.planId, now);
  const changing = { plan, rules: await rulesAt(tx, now), now };
  const before = await readVersions(tx, plan.id, now);
  if (change.title != null) plan.title = change.title;
  await tx.em.flush();
  const ends = await changeEnd(tx, changing, change.closesAt);
  const rates = await changeRates(tx, changing, change);
  await tell(tx, changing, ends, rates, before);
  const goneAt = await nameCreators(tx, changing, change);
  await lockScheduled(tx, plan, changing.rules, now);
  if (plan.productId != null) await refreshPool(tx, [plan.productId], now);
  const moments = [plan.opensAt, now, ends, rates?.at, goneAt].map((at) => at?.getTime() ?? 0);
  return { plan, takesEffectAt: new Date(Math.max(...moments)) };
}

function check(change: PlanChange): void {
  const { planId: _plan, addCreatorIds, removeCreatorIds, ...rest } = change;
  const named = [...addCreatorIds, ...removeCreatorIds];
  const isEmpty = named.length === 0 && Object.values(rest).every((value) => value === undefined);
  if (isEmpty) throw new Refusal([invalid(['input'], 'Say what is to be changed.')]);
  new Checks().text(change.title ?? '-', 'title', 1, 100).done();
}

/** Moves the end where one is given: later at once, sooner as a cut. Gives it when it has moved. */
async function changeEnd(
  tx: Tx,
  changing: Changing,
  end: Date | null | undefined,
): Promise<Date | null | undefined> {
  const { plan, rules, now } = changing;
  const before = plan.closesAt ?? null;
  if (end === undefined || end?.getTime() === before?.getTime()) return undefined;
  const isSooner = end !== null && (before === null || end < before);
  const path = ['input', 'closesAt'];
  if (isSooner) {
    const isOpen = plan.opensAt <= now;
    const earliest = isOpen ? takesEffectAt('CUT', now, rules.timeZone, path) : plan.opensAt;
    if (end < earliest || end <= plan.opensAt) {
      throw new Refusal([invalid(path, `This plan can end at ${earliest.toISOString()} at the soonest.`)]);
    }
  } else {
    const creatorIds = await namedBy(tx, plan, now);
    await refuseConflicts(tx, { ...windowOf(changing), creatorIds, closesAt: end });
    const announced = plan.announcedClosesAt ?? null;
    if (announced !== null && (end === null || end > announced)) plan.announcedClosesAt = end;
  }
  await moveEnd(tx, plan, end, now);
  return end;
}

/** Tells what has changed: new rates, another title or a later end; and an end that comes sooner. */
async function tell(
  tx: Tx,
  { plan, now }: Changing,
  ends: Date | null | undefined,
  rates: RateChange | null,
  { current }: Versions,
): Promise<void> {
  const closesAt = plan.closesAt ?? null;
  const same = {
    takesEffectAt: now,
    rateBefore: current.commissionBp,
    rateAfter: current.commissionBp,
    closesAt,
  };
  if (ends !== undefined) {
    const isEnd = ends !== null && endsEarly(plan);
    const news = isEnd ? { ...same, takesEffectAt: ends, rateAfter: null } : same;
    await announcePlan(tx, isEnd ? 'PLAN_CLOSED' : 'PLAN_CHANGED', plan, news, null, now);
  }
  if (rates === null) return;
  const news = { ...rates, takesEffectAt: rates.at, closesAt };
  await announcePlan(tx, 'PLAN_CHANGED', plan, news, null, now);
}
