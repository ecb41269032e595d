import type { Transitions } from '../../kernel/transitions.ts';

/** Where a task of an engagement stands. */
export const MILESTONE_STATES = [
  'OFFERED',
  'DECLINED',
  'WITHDRAWN',
  'LAPSED',
  'ACCEPTED',
  'DELIVERED',
  'DISPUTED',
  'CANCELLED',
  'ACCEPTED_BY_BRAND',
  'RESOLVED',
  'PAID',
] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];

/**
 * The life of a milestone (domain.md, "Agencies"; the task orders of Kuaishou's 磁力聚星 run the same way). Changes asked
 * for lead from DELIVERED back to ACCEPTED. What was released is paid by the ledger.
 */
export const MILESTONE_MACHINE: Transitions<MilestoneState> = {
  OFFERED: ['ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LAPSED'],
  DECLINED: [],
  WITHDRAWN: [],
  LAPSED: [],
  ACCEPTED: ['DELIVERED', 'CANCELLED'],
  DELIVERED: ['ACCEPTED_BY_BRAND', 'DISPUTED', 'ACCEPTED'],
  DISPUTED: ['RESOLVED'],
  CANCELLED: [],
  ACCEPTED_BY_BRAND: ['PAID'],
  RESOLVED: ['PAID'],
  PAID: [],
};

/** Where an engagement as a whole stands; it follows from its milestones and is kept nowhere. */
export type EngagementState =
  | 'OFFERED'
  | 'DECLINED'
  | 'WITHDRAWN'
  | 'LAPSED'
  | 'RUNNING'
  | 'DISPUTED'
  | 'COMPLETED'
  | 'CANCELLED';

/** An offer is answered as a whole, so that one milestone in such a state speaks for all. */
const ANSWERS: readonly MilestoneState[] = ['OFFERED', 'DECLINED', 'WITHDRAWN', 'LAPSED'];

/** The state of an engagement, from those of its milestones: a dispute shows first, then what is still being done. */
export function engagementStateOf(milestones: readonly MilestoneState[]): EngagementState {
  const has = (...states: MilestoneState[]) => milestones.some((state) => states.includes(state));
  const answer = milestones.find((state) => ANSWERS.includes(state));
  if (answer !== undefined) return answer as EngagementState;
  if (has('DISPUTED')) return 'DISPUTED';
  if (has('ACCEPTED', 'DELIVERED')) return 'RUNNING';
  return has('ACCEPTED_BY_BRAND', 'RESOLVED', 'PAID') ? 'COMPLETED' : 'CANCELLED';
}
