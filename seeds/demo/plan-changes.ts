import { changePolicy } from '../../src/features/account/index.ts';
import { changePlan, closePlan, type PlanChange, refreshDuePool } from '../../src/features/plan/index.ts';
import { isInGuardWindow } from '../../src/kernel/local-time.ts';
import type { PlanKey } from './content/index.ts';
import { demoId } from './ids.ts';
import { ago, forEachItem, type Seeding } from './seeding.ts';

const TIME_ZONE = 'Asia/Shanghai';
const LOCK_DAYS = 7;
/** From then on the alliance of the demo lets creators keep a rate that is cut. */
const LOCKS_SINCE_DAYS = 30;

interface Step {
  readonly plan: PlanKey;
  readonly days: number;
  /** What changes; nothing for an end. */
  readonly change?: Omit<PlanChange, 'planId' | 'addCreatorIds' | 'removeCreatorIds'>;
}

/** What one brand has done with its plans lately: each step shows one state of a plan. */
const STEPS: readonly Step[] = [
  {
    plan: 'plan:open/hebai-tea-mask',
    days: 9,
    change: {
      tiers: [
        { afterLines: 10, commissionBp: 2600 },
        { afterLines: 100, commissionBp: 2900 },
      ],
    },
  },
  { plan: 'plan:open/hebai-matte-lip', days: 8, change: { boostBp: 1800 } },
  { plan: 'plan:open/hebai-eye-cream', days: 6, change: { commissionBp: 2400 } },
  { plan: 'plan:open/hebai-laundry-liquid', days: 3, change: { commissionBp: 1500 } },
  { plan: 'plan:targeted/hebai-enzyme-powder', days: 1 },
  { plan: 'plan:open/hebai-ha-mask', days: 0, change: { commissionBp: 3300 } },
];

/** From when the alliance has lock days. Before the plans are changed, and before the orders are placed. */
export const seedLockDays = (seeding: Seeding): Promise<unknown> =>
  changePolicy(seeding.tx, { rateLockDays: LOCK_DAYS }, ago(seeding, LOCKS_SINCE_DAYS));

/** Tiers, a rate for boosted orders, a raise, a cut that some need not take, an end, and a cut that comes at midnight. */
export async function seedPlanChanges(seeding: Seeding): Promise<void> {
  const { tx } = seeding;
  await forEachItem(seeding, 'Changes of plans', STEPS, ({ plan, days, change }) => {
    const at = beforeGuard(ago(seeding, days));
    const planId = demoId(plan);
    if (change === undefined) return closePlan(tx, planId, at);
    return changePlan(tx, { planId, addCreatorIds: [], removeCreatorIds: [], ...change }, at);
  });
  await refreshDuePool(tx, seeding.now);
}

/** The demo can be seeded at any time; in the last minutes before midnight no cut could be made. */
export const beforeGuard = (at: Date): Date =>
  isInGuardWindow(at, TIME_ZONE) ? new Date(at.getTime() - 11 * 60_000) : at;
