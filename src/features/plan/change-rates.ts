import type { Tx } from '../../db/database.ts';
import { Checks } from '../../graphql/checks.ts';
import { type Changing, refuseClosing } from './lock-plan.ts';
import { checkRates, directionOf, type Rates, toTerms } from './plan-rates.ts';
import { addVersion, emptyVersion, endVersion, readVersions } from './plan-versions.ts';
import type { RateTerms } from './rate-of.ts';
import { takesEffectAt } from './take-effect.ts';

/** A change of rates that was made: the commission before and after, and from when. */
export interface RateChange {
  readonly rateBefore: number;
  readonly rateAfter: number;
  readonly at: Date;
}

/**
 * Gives a plan new rates where any are given: the others stay as they are in force now. A version that was scheduled is
 * taken back, also by a change to what is in force. Gives null when nothing changes.
 */
export async function changeRates(
  tx: Tx,
  changing: Changing,
  given: Partial<Rates>,
): Promise<RateChange | null> {
  if ([given.commissionBp, given.boostBp, given.tiers].every((value) => value === undefined)) return null;
  const { plan, rules, now } = changing;
  const { current, next } = await readVersions(tx, plan.id, now);
  const after = merge(current, given);
  const checks = new Checks();
  checkRates(checks, after);
  checks.done();
  const direction = directionOf(current, after);
  if (direction === null && next === null) return null;
  if (next !== null) await emptyVersion(tx, next.id);
  const rateBefore = (next ?? current).commissionBp;
  if (direction === null) {
    await endVersion(tx, current.id, plan.closesAt ?? null);
    return { rateBefore, rateAfter: current.commissionBp, at: now };
  }
  const isOpen = plan.opensAt <= now;
  const at = isOpen ? takesEffectAt(direction, now, rules.timeZone, ['input']) : plan.opensAt;
  refuseClosing(plan, at);
  await endVersion(tx, current.id, at);
  await addVersion(tx, plan.id, after, at, plan.closesAt ?? null);
  return { rateBefore: current.commissionBp, rateAfter: after.commissionBp, at };
}

function merge(current: RateTerms, { commissionBp, boostBp, tiers }: Partial<Rates>): RateTerms {
  const given = toTerms({ commissionBp: commissionBp ?? current.commissionBp, boostBp, tiers });
  const { commissionBp: rate } = given;
  const kept = boostBp === undefined ? current.boostBp : given.boostBp;
  const tiered = tiers === undefined ? current : given;
  return { commissionBp: rate, boostBp: kept ?? null, tierAfter: tiered.tierAfter, tierBp: tiered.tierBp };
}
