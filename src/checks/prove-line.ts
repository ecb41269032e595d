import { divide, type PayeeRole, type RoledNode } from '../features/commission/index.ts';
import {
  commissionBase,
  goodsPaid,
  type LineRow,
  type OrderEvent,
  remainingBase,
} from '../features/order/index.ts';
import { baseLeft, NOTHING_YET, refundedOf, stateOf, takeEvents } from '../features/order/line-life.ts';
import { partOf, rateOf } from '../features/plan/index.ts';

/** What is kept of one step of a line's commission. */
export interface KeptStep {
  readonly stepNo: number;
  readonly kind: 'ACCRUAL' | 'REFUND' | 'CANCELLATION';
  readonly eventId: string;
  readonly occurredAt: Date;
  readonly refundedMinor: bigint;
  readonly refundedQuantity: bigint;
  readonly remainingBaseMinor: bigint;
  /** What it posted, by the number of the node. */
  readonly entries: readonly (bigint | undefined)[];
}

export type KeptNode = RoledNode & { readonly grossMinor: bigint; readonly netMinor: bigint };

/** The rates of the versions that were frozen; null where the line has none such. */
export interface FrozenRates {
  readonly platformDiscountInBase: boolean;
  readonly creatorDiscountInBase: boolean;
  readonly technicalFeeBp: number;
  readonly commissionBp: number | null;
  readonly boostBp: number | null;
  readonly tierAfter: readonly number[];
  readonly tierBp: readonly number[];
  /** The count that the tiers went by. */
  readonly settledLines: number;
  /** The creator's part of a SPREAD campaign's rate. */
  readonly creatorPartBp: number | null;
  readonly contractShareBp: number | null;
  readonly serviceFeeBp: number | null;
  readonly secondFeeBp: number | null;
}

/** All that is kept of a line: the inputs of its proof and what came out. */
export interface KeptLine {
  readonly line: LineRow;
  readonly frozen: FrozenRates | undefined;
  readonly nodes: readonly KeptNode[];
  readonly steps: readonly KeptStep[];
  readonly events: readonly OrderEvent[];
}

/** The parts of a proof, each a check by itself. */
export const PROOFS = ['proof-base', 'proof-rates', 'proof-life', 'proof-steps', 'proof-division'] as const;
export type Proof = (typeof PROOFS)[number];

/** A figure that is not what it is kept as. */
export interface Mismatch {
  readonly proof: Proof;
  readonly figure: string;
}

/**
 * Works a line out again from what its proof starts from (money.md, "Explain"): its parts, the frozen terms and its
 * events; gives every figure that is kept as something else. Pure.
 */
export function proveLine(kept: KeptLine): Mismatch[] {
  const mismatches: Mismatch[] = [];
  const report = (proof: Proof) => (figure: string, stored: unknown, worked: unknown) => {
    const same =
      stored instanceof Date ? stored.getTime() === (worked as Date | null)?.getTime() : stored === worked;
    if (!same) mismatches.push({ proof, figure: `${figure} is ${text(stored)}, worked out ${text(worked)}` });
  };
  proveBase(kept, report('proof-base'));
  proveRates(kept, report('proof-rates'));
  proveLife(kept, report('proof-life'));
  if (kept.line.creatorId !== null) {
    proveSteps(kept, report('proof-steps'));
    proveDivision(kept, report('proof-division'));
  }
  return mismatches;
}

type Compare = (figure: string, stored: unknown, worked: unknown) => void;

const text = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

function proveBase({ line, frozen }: KeptLine, compare: Compare): void {
  compare('frozen terms', frozen === undefined ? 'missing' : 'kept', 'kept');
  if (frozen !== undefined) compare('base', line.baseMinor, commissionBase(line, frozen));
  compare('goods paid', line.goodsPaidMinor, goodsPaid(line));
}

/** The nodes carry the rates of the frozen versions, which nothing may have changed since. */
function proveRates({ line, frozen, nodes }: KeptLine, compare: Compare): void {
  if (frozen === undefined) return;
  const rates = frozenRates(frozen, line.boosted);
  for (const { nodeNo, role, rateBp, payeeId } of nodes) {
    compare(`rate of node ${nodeNo}`, rateBp, rates[role]);
    if (role === 'CREATOR') compare(`payee of node ${nodeNo}`, payeeId, line.creatorId);
  }
}

/** The rate of each role by the frozen versions. */
function frozenRates(frozen: FrozenRates, boosted: boolean): Record<PayeeRole, number | null> {
  const { commissionBp, creatorPartBp, settledLines, serviceFeeBp } = frozen;
  const isSpread = creatorPartBp !== null;
  const creator = (bp: number) =>
    isSpread
      ? partOf(bp, creatorPartBp)
      : rateOf({ ...frozen, commissionBp: bp }, { settledLines, boosted }).commissionBp;
  return {
    CREATOR: commissionBp === null ? null : creator(commissionBp),
    MCN: frozen.contractShareBp,
    RECRUITER: isSpread ? commissionBp : serviceFeeBp,
    SECOND_RECRUITER: frozen.secondFeeBp,
    TECHNICAL_FEE: frozen.technicalFeeBp,
  };
}

/** The line stands where its events have brought it. */
function proveLife({ line, events }: KeptLine, compare: Compare): void {
  const { facts } = takeEvents(NOTHING_YET, line, events);
  for (const name of ['paidAt', 'shippedAt', 'receivedAt', 'cancelledAt'] as const) {
    compare(name, line[name], facts[name]);
  }
  compare('refunds reported', line.refundReportedMinor, facts.refundReportedMinor);
  compare('pieces refunded', line.refundReportedQuantity, facts.refundReportedQuantity);
  compare('state', line.state, stateOf(facts));
  compare('refunded', line.refundedMinor, refundedOf(facts, line));
  compare('base left', line.remainingBaseMinor, baseLeft(facts, line));
}

/** Each step left the base that its own refunds leave, and the last one what all events leave. */
function proveSteps({ line, steps, events }: KeptLine, compare: Compare): void {
  const known = new Map(events.map((event) => [event.eventId, event]));
  for (const { stepNo, kind, eventId, occurredAt, remainingBaseMinor, ...refunded } of steps) {
    const place = `step ${stepNo}`;
    compare(`${place}: its event's time`, occurredAt, known.get(eventId)?.occurredAt ?? null);
    compare(`${place}: whether it accrues`, kind === 'ACCRUAL', stepNo === 1);
    const { refundedMinor, refundedQuantity } = refunded;
    const amounts = { ...line, refundedMinor, refundedQuantity: Number(refundedQuantity) };
    compare(`${place}: base left`, remainingBaseMinor, kind === 'CANCELLATION' ? 0n : remainingBase(amounts));
  }
  if (line.paidAt === null) return;
  const last = steps.at(-1);
  compare('base left by the last step', last?.remainingBaseMinor ?? null, line.remainingBaseMinor);
  // A cancellation leaves nothing, and only a report that comes later may tell whether the goods had been shipped and
  // paid back: of what was refunded its step says what was known.
  if (last?.kind === 'CANCELLATION') return;
  compare('refunded by the last step', last?.refundedMinor ?? null, line.refundedMinor);
}

/** Each step posted the difference between two divisions, and the last division is what the nodes have. */
function proveDivision({ nodes, steps }: KeptLine, compare: Compare): void {
  let posted: readonly bigint[] = nodes.map(() => 0n);
  let gross = posted;
  for (const step of steps) {
    const target = divide(step.remainingBaseMinor, nodes);
    for (const { nodeNo } of nodes) {
      const due = (target.netMinor[nodeNo] ?? 0n) - (posted[nodeNo] ?? 0n);
      compare(`step ${step.stepNo}, node ${nodeNo}`, step.entries[nodeNo], due);
    }
    posted = target.netMinor;
    gross = target.grossMinor;
  }
  for (const { nodeNo, grossMinor, netMinor } of nodes) {
    compare(`gross of node ${nodeNo}`, grossMinor, gross[nodeNo]);
    compare(`net of node ${nodeNo}`, netMinor, posted[nodeNo]);
  }
}
